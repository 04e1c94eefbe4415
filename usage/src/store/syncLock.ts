import { hostname } from "node:os";
import { DatabaseSync } from "node:sqlite";
import { hasCode, ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import type { Layout } from "./layout.ts";
import { isLocked, storeFailure } from "./storeFailure.ts";
import { openListToRead, type StoreList } from "./storeList.ts";

/** A lock that is held; the operating system takes it back from a process that ends without releasing it. */
export interface SyncLock {
  release(): void;
}

/**
 * Takes the lock of a store for the whole of a sync, before its list is opened.
 *
 * It is SQLite's lock on a file of its own, so that a killed process holds nothing, in whatever container it ran.
 *
 * @returns `undefined` where another process has it
 * @throws ProviderError `CSP_STORE_UNWRITABLE`
 */
export function takeLock({ folder, lock }: Layout): SyncLock | undefined {
  let database: DatabaseSync | undefined;
  try {
    const held = new DatabaseSync(lock);
    database = held;
    held.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    if (isLocked(error)) return undefined;
    throw storeFailure(error, { store: folder, file: lock });
  }
}

/** Who holds the lock, as the list says; one that is being made does not say it yet. */
export function busyError(layout: Layout): ProviderError {
  const { pid = "unknown", host = "an unknown machine", started: since = "a moment ago" } = latestRun(layout) ?? {};
  return new ProviderError(usageErrors.CSP_STORE_BUSY, { store: layout.folder, pid: String(pid), host, since });
}

interface RunRow {
  readonly pid: number;
  readonly host: string;
  readonly started: string;
}

function latestRun(layout: Layout): RunRow | undefined {
  let list: StoreList | undefined;
  try {
    list = openListToRead(layout);
    return list.get<RunRow>("SELECT pid, host, started FROM run WHERE ended IS NULL ORDER BY id DESC LIMIT 1");
  } catch (error) {
    if (hasCode(error, usageErrors.CSP_STORE_MISSING)) return undefined;
    throw error;
  } finally {
    list?.close();
  }
}

/** Notes this process as the one at work, and what a killed one left unended as ended. */
export function beginRun(list: StoreList, now: string): number {
  return list.transaction("published", () => {
    list.run("UPDATE run SET ended = ? WHERE ended IS NULL", now);
    return list.run("INSERT INTO run (pid, host, started) VALUES (?, ?, ?)", process.pid, hostname(), now);
  });
}

/** Notes that a run has come to its end. */
export function endRun(list: StoreList, { run, now }: { readonly run: number; readonly now: string }): void {
  list.transaction("published", () => list.run("UPDATE run SET ended = ? WHERE id = ?", now, run));
}
