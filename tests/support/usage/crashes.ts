import { DatabaseSync } from "node:sqlite";
import type { UsageSource } from "@azurestack-csp/usage";
import { type StoreFiles, systemFiles } from "../../../usage/src/store/storeFiles.ts";

/** What a sync ends with that was to crash. */
export class Crash extends Error {}

/** Where a sync is ended: before or after so many changes to files, commits of SQLite's, or answers of the Hub. */
export interface CrashPoint {
  readonly step: number;
  readonly when: "before" | "after";
}

/** Ends a sync at a point; without one it counts the steps that there are. */
export function crashing(point: CrashPoint | undefined, end: () => never = throwCrash) {
  let steps = 0;
  const step = <Result>(act: () => Result): Result => {
    const isHere = point?.step === steps;
    steps += 1;
    if (isHere && point.when === "before") end();
    const result = act();
    if (isHere && point.when === "after") end();
    return result;
  };
  const files: StoreFiles = {
    ...systemFiles,
    writeAt: (...args) => step(() => systemFiles.writeAt(...args)),
    sync: (...args) => step(() => systemFiles.sync(...args)),
    publish: (...args) => step(() => systemFiles.publish(...args)),
    remove: (...args) => step(() => systemFiles.remove(...args)),
  };
  const source = (of: UsageSource): UsageSource => ({
    ...of,
    usagePage: async (...args) => {
      const answer = await of.usagePage(...args);
      return step(() => answer);
    },
  });
  /** Does something while commits are steps too; one that is ended before its commit is rolled back, as by a kill. */
  const run = async <Result>(act: () => Promise<Result>): Promise<Result> => {
    const { exec } = DatabaseSync.prototype;
    DatabaseSync.prototype.exec = function (sql) {
      if (sql.endsWith("COMMIT")) step(() => exec.call(this, sql));
      else exec.call(this, sql);
    };
    try {
      return await act();
    } finally {
      DatabaseSync.prototype.exec = exec;
    }
  };
  return { files, source, run, steps: () => steps };
}

function throwCrash(): never {
  throw new Crash();
}
