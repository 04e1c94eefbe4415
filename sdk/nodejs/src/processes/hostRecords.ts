import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Machine, type ProcessIdentity, thisMachine } from "./machine.ts";
import { systemCodeOf, writeWhole } from "./wholeFile.ts";

/** The variable that tells a dynamic host the folder in which it notes itself; `reconcile` sets it for its updates. */
export const HOST_RECORDS = "AZURESTACK_CSP_HOST_RECORDS";

/**
 * Notes this process in a folder, so that a later one can tell whether it lives.
 *
 * @throws the system's error, as `ENOSPC`
 */
export async function recordHost(folder: string, { self }: Machine = thisMachine()): Promise<void> {
  await writeWhole(join(folder, `${randomUUID()}.json`), `${JSON.stringify(self)}\n`);
}

/**
 * The processes that have noted themselves in a folder; none where it is not there.
 *
 * @throws the system's error where the folder or a note cannot be read
 */
export async function readHosts(folder: string): Promise<readonly ProcessIdentity[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCodeOf(error) === "ENOENT") return [];
    throw error;
  });
  const notes = names.filter((name) => name.endsWith(".json"));
  const texts = await Promise.all(notes.map(async (name) => await readFile(join(folder, name), "utf8")));
  return texts.flatMap(parseIdentity);
}

/** A note is written whole; what is none was not written by a host. */
function parseIdentity(text: string): readonly ProcessIdentity[] {
  try {
    const identity = JSON.parse(text) as Partial<ProcessIdentity>;
    const { pid, host } = identity;
    return typeof pid === "number" && typeof host === "string" ? [{ ...identity, pid, host }] : [];
  } catch {
    return [];
  }
}
