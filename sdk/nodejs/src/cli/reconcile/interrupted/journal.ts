import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import { writeWhole } from "../../../processes/wholeFile.ts";
import { messageOf } from "../../console/failures.ts";
import { reconcileErrors } from "../../errors/reconcileErrors.ts";
import type { Stack } from "../../stacks/stack.ts";

/** A mapping that a run is about to write, and that no state holds yet. */
export interface IntendedWrite {
  /** ARM id of the customer subscription. */
  readonly id: string;
  readonly urn: string;
  /** URN of the parent; empty where there is none. */
  readonly parent: string;
  /** The checked inputs, with the text that names the provider. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The resource options that forbid or spare a removal, as far as they are set. */
  readonly options?: Readonly<Partial<Record<"protect" | "retainOnDelete", true>>>;
}

/** The options that forbid or spare a removal, as far as they are set; of a resource in a state or of an engine's step. */
export function optionsOf({ protect, retainOnDelete }: Readonly<Record<string, unknown>>): IntendedWrite["options"] {
  if (!protect && !retainOnDelete) return undefined;
  return { ...(protect ? { protect: true } : {}), ...(retainOnDelete ? { retainOnDelete: true } : {}) };
}

/** One key for a write: its ARM id and its tenant, in lower case. */
export function writeKey({ id, inputs }: Pick<IntendedWrite, "id" | "inputs">): string {
  return `${id} ${String(inputs.tenantId)}`.toLowerCase();
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

/** The journal of a stack, wherever its project keeps them. */
export async function openJournal(stack: Pick<Stack, "name" | "journalFolder">): Promise<Journal> {
  return journalOf(await stack.journalFolder(), stack.name);
}

/** The first line of a journal. */
const HEADER = { journal: "azurestack-csp", version: 1 };

/**
 * Opens the journal in a file of JSON Lines: a header with the format's version, then one intended write a line.
 */
export function createJournal(file: string): Journal {
  return {
    async read() {
      const text = await readFile(file, "utf8").catch((error: unknown) => {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw failure("CSP_RECONCILE_JOURNAL_UNREADABLE", file, error);
      });
      return text === undefined ? undefined : parse(file, text);
    },
    async write(writes) {
      const lines = [HEADER, ...writes].map((line) => `${JSON.stringify(line)}\n`);
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
    if (header?.version !== HEADER.version) throw new Error(`its version is ${String(header?.version)}`);
    return writes as unknown as readonly IntendedWrite[];
  } catch (error) {
    throw failure("CSP_RECONCILE_JOURNAL_UNREADABLE", file, error);
  }
}

type JournalError =
  | "CSP_RECONCILE_JOURNAL_UNREADABLE"
  | "CSP_RECONCILE_JOURNAL_UNWRITABLE"
  | "CSP_RECONCILE_JOURNAL_STAYS";

function failure(code: JournalError, file: string, cause: unknown): ProviderError {
  return new ProviderError(reconcileErrors[code], { file, reason: messageOf(cause) }, { cause });
}
