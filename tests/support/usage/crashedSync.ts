import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "@azurestack-csp/usage";
import { Crash, type CrashPoint, crashing } from "./crashes.ts";
import { hubDouble, type Report } from "./hubDouble.ts";
import { type KeySum, plainSums, storedSums, sync } from "./stores.ts";

/** Three windows with several pages, whose rows belong to two days. */
export const CRASHED: readonly Report[] = Array.from({ length: 15 }, (_, index) => ({
  reported: `2026-10-02T${String(index % 3).padStart(2, "0")}:30:00Z`,
  usageStart: index % 2 === 0 ? "2026-10-01T23:00:00Z" : "2026-10-02T00:00:00Z",
  subscription: "s",
  meter: "m",
  resource: `/r${index}`,
  quantity: `${index}.12345678901234567891`,
}));

/** The first two of them with other rows, as they are answered when they are asked for again. */
const CHANGED: readonly Report[] = CRASHED.map((each, index) =>
  each.reported < "2026-10-02T02" ? { ...each, quantity: `${index * 2}.5` } : each,
);

/** How the crashed syncs are asked; one window after the other, so that steps come in one order. */
export const CRASHED_OPTIONS = {
  stretch: { from: Date.parse("2026-10-02") },
  now: "2026-10-02T09:00:00Z",
  windowsAtOnce: 1,
} as const;

const AGAIN = { ...CRASHED_OPTIONS, again: { from: Date.parse("2026-10-02"), to: Date.parse("2026-10-02T02:00Z") } };
const SUMS = { granularity: "hourly", before: CRASHED_OPTIONS.now } as const;

/** What a crash is tried on. */
interface CrashCase {
  /** How many steps there are. */
  steps(newFolder: () => string): Promise<number>;
  /** Crashes a sync at a point, goes on with it, and asserts what then has to be true. */
  tryAt(folder: string, point: CrashPoint): Promise<void>;
}

/** A first sync. */
export const firstSync: CrashCase = {
  async steps(newFolder) {
    const count = crashing(undefined);
    const options = { ...CRASHED_OPTIONS, files: count.files };
    await count.run(async () => await sync(newFolder(), count.source(hubDouble({ reports: CRASHED })), options));
    return count.steps();
  },
  async tryAt(folder, point) {
    const hub = hubDouble({ reports: CRASHED });
    const crash = crashing(point);
    const options = { ...CRASHED_OPTIONS, files: crash.files };
    await assert.rejects(
      crash.run(async () => await sync(folder, crash.source(hub), options)),
      Crash,
    );

    const [outcome] = await sync(folder, hub, CRASHED_OPTIONS);

    const at = textOf(point);
    assert.deepEqual(outcome?.problems, []);
    assert.deepEqual(await storedSums(folder), await plainSums(CRASHED, SUMS), at);
    const asked = hub.asked.map(({ start, link }) => `${start} ${link}`);
    assert.ok(asked.length - new Set(asked).size <= 1, `${at}: ${asked.join("\n")}`);
    assert.deepEqual(readdirSync(join(folder, "staging")), [], at);
    const store = openStore(folder);
    assert.deepEqual(filesIn(join(folder, "data")).toSorted(), store.liveFiles().toSorted(), at);
    store.close();
  },
};

/** A sync that replaces windows: there are the old rows or the new ones, never both. */
export const syncAgain: CrashCase = {
  async steps(newFolder) {
    const folder = newFolder();
    await sync(folder, hubDouble({ reports: CRASHED }), CRASHED_OPTIONS);
    const count = crashing(undefined);
    const options = { ...AGAIN, files: count.files };
    await count.run(async () => await sync(folder, count.source(hubDouble({ reports: CHANGED })), options));
    return count.steps();
  },
  async tryAt(folder, point) {
    await sync(folder, hubDouble({ reports: CRASHED }), CRASHED_OPTIONS);
    const [before, after] = [await plainSums(CRASHED, SUMS), await plainSums(CHANGED, SUMS)];
    const hub = hubDouble({ reports: CHANGED });
    const crash = crashing(point);
    const options = { ...AGAIN, files: crash.files };
    await assert.rejects(
      crash.run(async () => await sync(folder, crash.source(hub), options)),
      Crash,
    );
    const at = textOf(point);
    const isBegun = hub.asked.length > 0;
    assertOneOf(await storedSums(folder), [before, after], at);

    await sync(folder, hub, CRASHED_OPTIONS);
    assertOneOf(await storedSums(folder), isBegun ? [after] : [before, after], at);

    await sync(folder, hub, AGAIN);
    assert.deepEqual(await storedSums(folder), after, at);
  },
};

function assertOneOf(sums: readonly KeySum[], allowed: readonly (readonly KeySum[])[], at: string): void {
  const text = JSON.stringify(sums);
  assert.ok(
    allowed.some((each) => JSON.stringify(each) === text),
    `${at}: ${text}`,
  );
}

function textOf({ step, when }: CrashPoint): string {
  return `${when} step ${step}`;
}

/** The files below a folder. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
