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
 * known is null. Each line is one write in append mode, so that several runs can share a file.
 *
 * @param deps.path - absent: nothing is kept.
 * @throws ProviderError `CSP_CHANGE_LOG_UNWRITABLE` from `open`, `CSP_CHANGE_LOG_LINE_LOST` from `record`.
 */
export function createChangeLog(deps: { readonly path: string | undefined; readonly now: () => number }): ChangeLog {
  const { path, now } = deps;
  if (path === undefined) return { open: async () => {}, observe: () => {}, record: async () => {} };
  const observed = new Map<string, SentWrite>();
  let file: Promise<FileHandle> | undefined;
  let lost: string | undefined;

  async function handle(): Promise<FileHandle> {
    file ??= open(path ?? "", "a", 0o600);
    try {
      return await file;
    } catch (error) {
      file = undefined;
      throw error;
    }
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
        await (await handle()).appendFile(`${line}\n`);
      } catch (error) {
        lost = reasonOf(error);
        throw new ProviderError("CSP_CHANGE_LOG_LINE_LOST", { path, reason: lost, line }, { cause: error });
      }
    },
  };
}

function reasonOf(error: unknown): string {
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
