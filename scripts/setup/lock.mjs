import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { unlessMissing } from "./unlessMissing.mjs";

const beatInMs = 2_000;
const staleAfterInMs = 15_000;

/**
 * Runs `work` while holding the lock file, waiting for another process that holds it.
 *
 * The holder touches the file every 2 s; a file untouched for 15 s was left by a killed process and is taken over.
 * `onWait` is called once when there is something to wait for.
 */
export async function withLock(file, { onWait = () => {} }, work) {
  await mkdir(dirname(file), { recursive: true });
  const owner = `${process.pid}.${process.hrtime.bigint()}`;
  for (let waited = false; !(await acquire(file, owner)); waited = true) {
    if (!waited) onWait();
    await delay(500);
  }
  const beat = setInterval(() => touch(file), beatInMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await release(file, owner);
  }
}

async function acquire(file, owner) {
  try {
    await writeFile(file, owner, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (await isStale(file)) await discard(file, owner);
  return false;
}

async function isStale(file) {
  const status = await unlessMissing(stat(file));
  return status !== undefined && Date.now() - status.mtimeMs > staleAfterInMs;
}

// Renamed first: of several waiters only one moves the dead lock away, and none deletes a lock just taken.
async function discard(file, owner) {
  const aside = `${file}.${owner}`;
  await unlessMissing(rename(file, aside));
  await rm(aside, { force: true });
}

async function release(file, owner) {
  const holder = await unlessMissing(readFile(file, "utf8"));
  if (holder === owner) await rm(file, { force: true });
}

async function touch(file) {
  const now = new Date();
  await unlessMissing(utimes(file, now, now));
}
