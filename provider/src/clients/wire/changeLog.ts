import { type FileHandle, open } from "node:fs/promises";
import { ProviderError } from "../../domain/errors/providerError.ts";

/** A write as the wire knows it. */
export interface SentWrite {
  /** What was written, by the name that its entry has. */
  readonly resource: string;
  readonly correlationId: string | undefined;
  /** The client or object id in the token it was sent with. */
  readonly principal: string | undefined;
}

/** A change, as the one who made it knows it. */
export interface ChangeLogEntry {
  /** What was written, in any letter case; joins the entry with its write, and is not part of the line. */
  readonly resource: string;
  readonly operation: "put" | "post" | "patch" | "delete";
  /** What changed, in the words of its kind and in the order that the line has; what is `undefined` is written as null. */
  readonly facts: Readonly<Record<string, string | undefined>>;
  /** `unknown` where no usable answer came. */
  readonly outcome: "done" | "unknown";
}

/** Answers, from a file, who changed what, and since when which tenant has been billed to whom. */
export interface ChangeLog {
  /** Makes sure that the file can be written, before anything is sent; nothing is once it has lost a line. */
  open(): Promise<void>;
  /** Keeps what the wire knows of a write until the change is recorded. */
  observe(write: SentWrite): void;
  /** Appends one line. */
  record(entry: ChangeLogEntry): Promise<void>;
}

/**
 * Makes the change log: JSON Lines, appended to a file that is made if need be, readable by its owner alone.
 *
 * A line holds `time` (UTC), `principal`, `correlationId`, `operation`, the facts of the entry and `outcome`; what is not
 * known is null. Each line is one write in append mode, so that several runs can share a file, and a line that a full disk has
 * cut off stands by itself: the next one begins anew.
 *
 * @param deps.path - absent: nothing is kept.
 * @throws ProviderError `CSP_CHANGE_LOG_UNWRITABLE` from `open`, `CSP_CHANGE_LOG_LINE_LOST` from `record`.
 */
export function createChangeLog(deps: { readonly path: string | undefined; readonly now: () => number }): ChangeLog {
  const { path, now } = deps;
  if (path === undefined) return { open: async () => {}, observe: () => {}, record: async () => {} };
  const observed = new Map<string, SentWrite>();
  let file: Promise<LogFile> | undefined;
  let lost: string | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function handle(): Promise<LogFile> {
    file ??= openLog(path ?? "");
    try {
      return await file;
    } catch (error) {
      file = undefined;
      throw error;
    }
  }

  /** Appends after the lines before, so that none is taken for one that was cut off. */
  async function append(line: string): Promise<void> {
    const appended = last.then(async () => await appendLine(await handle(), line));
    last = appended.catch(() => undefined);
    await appended;
  }

  return {
    async open() {
      if (lost !== undefined) throw new ProviderError("CSP_CHANGE_LOG_UNWRITABLE", { path, reason: lost });
      try {
        await handle();
      } catch (error) {
        throw new ProviderError("CSP_CHANGE_LOG_UNWRITABLE", { path, reason: reasonOf(error) }, { cause: error });
      }
    },
    observe: (write) => void observed.set(write.resource.toLowerCase(), write),
    async record(entry) {
      const key = entry.resource.toLowerCase();
      const line = lineOf(entry, { time: new Date(now()).toISOString(), write: observed.get(key) });
      observed.delete(key);
      try {
        await append(line);
      } catch (error) {
        lost = reasonOf(error);
        throw new ProviderError("CSP_CHANGE_LOG_LINE_LOST", { path, reason: lost, line }, { cause: error });
      }
    },
  };
}

interface LogFile {
  readonly writer: FileHandle;
  /** Whether the file may end in the middle of a line. */
  isCutOff(): Promise<boolean>;
}

async function openLog(path: string): Promise<LogFile> {
  const writer = await open(path, "a", 0o600);
  // A pipe keeps nothing of what was written, and reading from it would wait.
  if (!(await writer.stat()).isFile()) return { writer, isCutOff: async () => false };
  const reader = await open(path, "r").catch(() => undefined);
  // Of a file that can only be written nobody knows how it ends.
  if (!reader) return { writer, isCutOff: async () => true };
  // Asked twice, for another run may be writing its line just now.
  return { writer, isCutOff: async () => (await endsInLine(reader)) && (await endsInLine(reader)) };
}

/** A line that fits only in part is not continued: another run's line may stand behind that part by then. */
async function appendLine({ writer, isCutOff }: LogFile, line: string): Promise<void> {
  const bytes = Buffer.from(`${(await isCutOff()) ? "\n" : ""}${line}\n`);
  const { bytesWritten } = await writer.write(bytes);
  if (bytesWritten < bytes.length) throw new ShortWrite(bytesWritten, bytes.length);
}

const NEWLINE = 0x0a;

async function endsInLine(reader: FileHandle): Promise<boolean> {
  const { size } = await reader.stat();
  if (size === 0) return false;
  const { buffer, bytesRead } = await reader.read(Buffer.alloc(1), 0, 1, size - 1);
  return bytesRead === 1 && buffer[0] !== NEWLINE;
}

class ShortWrite extends Error {
  constructor(written: number, length: number) {
    super(`only ${written} of ${length} bytes were written`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ShortWrite) return error.message;
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

function lineOf(
  { operation, facts, outcome }: ChangeLogEntry,
  { time, write }: { readonly time: string; readonly write: SentWrite | undefined },
): string {
  const told = Object.entries(facts).map(([name, value]) => [name, value ?? null]);
  return JSON.stringify({
    time,
    principal: write?.principal ?? null,
    correlationId: write?.correlationId ?? null,
    operation,
    ...Object.fromEntries(told),
    outcome,
  });
}
