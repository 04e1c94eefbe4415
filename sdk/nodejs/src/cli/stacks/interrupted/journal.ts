import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import { type IntendedWrite, JOURNAL_HEADER } from "../../../journal/intendedWrite.ts";
import { writeWhole } from "../../../processes/wholeFile.ts";
import { messageOf } from "../../console/failures.ts";
import { reconcileErrors } from "../../errors/reconcileErrors.ts";
import type { Stack } from "../stack.ts";

/** The options that forbid or spare a removal, as far as they are set; of a resource in a state or of an engine's step. */
export function optionsOf({ protect, retainOnDelete }: Readonly<Record<string, unknown>>): IntendedWrite["options"] {
  if (!protect && !retainOnDelete) return undefined;
  return { ...(protect ? { protect: true } : {}), ...(retainOnDelete ? { retainOnDelete: true } : {}) };
}

/**
 * The journal of a run.
 *
 * A state holds a write only after it was answered; what a killed run had sent by then is known from here.
 */
export interface Journal {
  /** What an interrupted run was about to write; `undefined` where no run left a journal. */
  read(): Promise<readonly IntendedWrite[] | undefined>;
  /**
   * Puts the writes on the disk before the first of them is sent.
   *
   * @throws ProviderError `CSP_RECONCILE_JOURNAL_UNWRITABLE`
   */
  write(writes: readonly IntendedWrite[]): Promise<void>;
  /**
   * Forgets them, once the state holds what came of them.
   *
   * @throws ProviderError `CSP_RECONCILE_JOURNAL_STAYS`
   */
  clear(): Promise<void>;
}

/** The journal of a stack, in the folder of its runs. */
export function journalOf({ path }: { readonly path: string }, stack: string): Journal {
  return createJournal(join(path, `${stack}.journal.jsonl`));
}

/** The journal of a stack, wherever its project keeps them; what its hosts have noted is forgotten with it. */
export async function openJournal(stack: Pick<Stack, "name" | "journalFolder" | "forgetHosts">): Promise<Journal> {
  const journal = journalOf(await stack.journalFolder(), stack.name);
  const clear = async () => {
    await journal.clear();
    await stack.forgetHosts();
  };
  return { ...journal, clear };
}

/**
 * Opens the journal in a file of JSON Lines: a header with the format's version, then one intended write a line.
 */
export function createJournal(file: string): Journal {
  return {
    async read() {
      const text = await readFile(file, "utf8").catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw unreadableJournal(file, error);
      });
      return text === undefined ? undefined : parse(file, text);
    },
    async write(writes) {
      const lines = [JOURNAL_HEADER, ...writes].map((line) => `${JSON.stringify(line)}\n`);
      // Until the new journal is whole, the old one tells what an interrupted run intended.
      await writeWhole(file, lines.join("")).catch((cause: unknown) => {
        throw failure("CSP_RECONCILE_JOURNAL_UNWRITABLE", file, cause);
      });
    },
    clear: async () =>
      await rm(file, { force: true }).catch((cause: unknown) => {
        throw failure("CSP_RECONCILE_JOURNAL_STAYS", file, cause);
      }),
  };
}

function parse(file: string, text: string): readonly IntendedWrite[] {
  const lines = text.split("\n");
  // A run that died while it wrote the journal had sent nothing yet, and the last line is not whole.
  const whole = lines.slice(0, -1);
  if (whole.length === 0) return [];
  try {
    const [header, ...writes] = whole.map((line) => JSON.parse(line) as Record<string, unknown>);
    if (header?.version !== JOURNAL_HEADER.version) throw new Error(`its version is ${String(header?.version)}`);
    return writes as unknown as readonly IntendedWrite[];
  } catch (error) {
    throw unreadableJournal(file, error);
  }
}

/** The error `CSP_RECONCILE_JOURNAL_UNREADABLE`. */
export function unreadableJournal(file: string, cause: unknown): ProviderError {
  return failure("CSP_RECONCILE_JOURNAL_UNREADABLE", file, cause);
}

type JournalError =
  | "CSP_RECONCILE_JOURNAL_UNREADABLE"
  | "CSP_RECONCILE_JOURNAL_UNWRITABLE"
  | "CSP_RECONCILE_JOURNAL_STAYS";

function failure(code: JournalError, file: string, cause: unknown): ProviderError {
  return new ProviderError(reconcileErrors[code], { file, reason: messageOf(cause) }, { cause });
}
