import { type FileHandle, open } from "node:fs/promises";
import { ProviderError } from "../../domain/errors/providerError.ts";
import { formatRegistrationId } from "../../domain/ids.ts";
import type { SentWrite } from "../registrations/armRegistrationsClient.ts";

/** A change of a mapping, as the one who made it knows it. */
export interface ChangeLogEntry {
  readonly operation: "put" | "delete";
  /** ARM id of the registration. */
  readonly registration: string;
  readonly customerSubscriptionId: string;
  readonly oldTenantId: string | undefined;
  readonly newTenantId: string | undefined;
  /** The subscription that the tenant was mapped to before, where it was another one. */
  readonly oldCustomerSubscriptionId: string | undefined;
  /** `unknown` where no usable answer came. */
  readonly outcome: "done" | "unknown";
}

/** Answers, from a file, since when which tenant has been billed to whom. */
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
 * A line holds `time` (UTC), `principal`, `correlationId`, `operation`, `registration`, `customerSubscriptionId`,
 * `oldTenantId`, `newTenantId`, `oldCustomerSubscriptionId` and `outcome`; what is not known is null. Each line is one
 * write in append mode, so that several runs can share a file.
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

  const handle = async (): Promise<FileHandle> => {
    file ??= open(path, "a", 0o600);
    try {
      return await file;
    } catch (error) {
      file = undefined;
      throw error;
    }
  };

  return {
    async open() {
      if (lost !== undefined) throw new ProviderError("CSP_CHANGE_LOG_UNWRITABLE", { path, reason: lost });
      try {
        await handle();
      } catch (error) {
        throw new ProviderError("CSP_CHANGE_LOG_UNWRITABLE", { path, reason: reasonOf(error) }, { cause: error });
      }
    },
    observe: (write) =>
      void observed.set(keyOf(formatRegistrationId(write.id.registration), write.id.customerSubscriptionId), write),
    async record(entry) {
      const key = keyOf(entry.registration, entry.customerSubscriptionId);
      const write = observed.get(key);
      observed.delete(key);
      const line = lineOf(entry, { time: new Date(now()).toISOString(), write });
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

function keyOf(registration: string, customerSubscriptionId: string): string {
  return `${registration}/${customerSubscriptionId}`.toLowerCase();
}

function lineOf(
  entry: ChangeLogEntry,
  facts: { readonly time: string; readonly write: SentWrite | undefined },
): string {
  const line = {
    time: facts.time,
    principal: facts.write?.principal ?? null,
    correlationId: facts.write?.correlationId ?? null,
    operation: entry.operation,
    registration: entry.registration,
    customerSubscriptionId: entry.customerSubscriptionId,
    oldTenantId: entry.oldTenantId ?? null,
    newTenantId: entry.newTenantId ?? null,
    oldCustomerSubscriptionId: entry.oldCustomerSubscriptionId ?? null,
    outcome: entry.outcome,
  };
  return JSON.stringify(line);
}
