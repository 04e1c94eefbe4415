import { randomUUID } from "node:crypto";
import { appendFileSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDead, isSeen, type Machine, type ProcessIdentity, thisMachine } from "../processes/machine.ts";
import { systemCodeOf, writeWhole } from "../processes/wholeFile.ts";
import { type IntendedWrite, JOURNAL_HEADER, writeKey } from "./intendedWrite.ts";
import { createLines } from "./lines.ts";

/** The variable that tells a dynamic host the folder in which it notes itself; `reconcile` sets it for its updates. */
export const HOST_RECORDS = "AZURESTACK_CSP_HOST_RECORDS";

const EXTENSION = ".jsonl";

/** What a dynamic host has left. */
export interface HostJournal {
  readonly file: string;
  readonly host: ProcessIdentity;
  /** What it was about to write, and neither took back nor anybody found in a state. */
  readonly writes: readonly IntendedWrite[];
  /** When the engine, which writes its state only after that, had no more work for it; in ISO 8601. */
  readonly endedAt: string | undefined;
}

/** A line behind the header that is no write. */
interface Mark {
  /** The `writeKey` of a write that was not carried out, or that a state holds. */
  readonly forget?: string;
  readonly ended?: string;
}

/** The journal that a dynamic host writes. */
export interface OpenHostJournal {
  readonly file: string;
  /** Puts a write on the disk; several that come at once go there together. */
  add(write: IntendedWrite): Promise<void>;
  /** Takes a write back; where that line is lost, a later run only asks Azure once more. */
  forget(key: string): void;
  /** Notes, at once, that the engine had no more work. */
  end(now: Date): void;
  /** Removes it, at once. */
  remove(): void;
}

/**
 * Begins the journal of this process, by which a later one can tell whether it lives: the header says who it is.
 *
 * @throws the system's error, as `ENOSPC`
 */
export async function openHostJournal(
  folder: string,
  { self }: Pick<Machine, "self"> = thisMachine(),
): Promise<OpenHostJournal> {
  const file = join(folder, `${randomUUID()}${EXTENSION}`);
  await writeWhole(file, lineOf({ ...JOURNAL_HEADER, host: self }));
  const lines = createLines(file);
  return {
    file,
    add: async (write) => await lines.append(lineOf(write), { isKept: true }),
    forget(key) {
      lines.append(lineOf({ forget: key }), { isKept: false }).catch(() => undefined);
    },
    remove: () => rmSync(file, { force: true }),
    end: (now) => appendFileSync(file, `\n${lineOf({ ended: now.toISOString() })}`),
  };
}

/**
 * What dynamic hosts have left in a folder; nothing where it is not there.
 *
 * @throws the system's error where the folder or a journal cannot be read
 */
export async function readHostJournals(folder: string): Promise<readonly HostJournal[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCodeOf(error) === "ENOENT") return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith(EXTENSION)).map((name) => join(folder, name));
  return (await Promise.all(files.map(readHostJournal))).flat();
}

/** Whether the host is known to live; what it writes, its engine is about to write down. */
export function isAtWork({ host }: HostJournal, machine: Machine = thisMachine()): boolean {
  return isSeen(host, machine) && !isDead(host, machine);
}

/**
 * Strikes out of a journal whose host has ended what a state holds, and removes it once nothing is left. What cannot be
 * struck out is found again by the next run.
 */
export function createStriker({ file, writes }: HostJournal): (key: string) => void {
  const open = new Set(writes.map(writeKey));
  return (key) => {
    if (!open.delete(key)) return;
    try {
      if (open.size > 0) appendFileSync(file, `\n${lineOf({ forget: key })}`);
      else rmSync(file, { force: true });
    } catch {
      // The file is another user's, perhaps.
    }
  };
}

function lineOf(line: object): string {
  return `${JSON.stringify(line)}\n`;
}

async function readHostJournal(file: string): Promise<readonly HostJournal[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    // Another run has struck out the last of it.
    if (systemCodeOf(error) === "ENOENT") return "";
    throw error;
  });
  const [header, ...lines] = text.split("\n").flatMap(parseLine);
  const host = identityIn(header);
  if (!host) return [];
  const writes = new Map<string, IntendedWrite>();
  let endedAt: string | undefined;
  for (const line of lines) {
    const { forget, ended } = line as Mark;
    if (forget !== undefined) writes.delete(forget);
    else if (ended !== undefined) endedAt = ended;
    else writes.set(writeKey(line as unknown as IntendedWrite), line as unknown as IntendedWrite);
  }
  return [{ file, host, writes: [...writes.values()], endedAt }];
}

/** What stands behind a write is sent only once its line is whole. */
function parseLine(text: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    return [JSON.parse(text) as Record<string, unknown>];
  } catch {
    return [];
  }
}

function identityIn(header: Readonly<Record<string, unknown>> | undefined): ProcessIdentity | undefined {
  if (header?.version !== JOURNAL_HEADER.version) return undefined;
  const { pid, host, ...identity } = (header.host ?? {}) as Partial<ProcessIdentity>;
  return typeof pid === "number" && typeof host === "string" ? { ...identity, pid, host } : undefined;
}
