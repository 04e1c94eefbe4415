import { statfsSync } from "node:fs";
import { isProviderError, ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";

/** What could not be done, and to which file of which store. */
export interface Attempt {
  readonly store: string;
  readonly file: string;
  /** Whether nothing was to be written. @default false */
  readonly toRead?: boolean;
}

const FULL: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html). */
const SQLITE = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** Below this, in bytes, a disk is taken for full where DuckDB failed, which tells no cause but in words. */
const NO_SPACE = 1_048_576;

/** What the system, SQLite or DuckDB refused, as an error of the family; any other error as it is. */
export function storeFailure(cause: unknown, { store, file, toRead = false }: Attempt): unknown {
  if (isProviderError(cause) || !(cause instanceof Error)) return cause;
  const reason = firstLine(cause.message);
  const options = { cause };
  const system = "syscall" in cause && "code" in cause ? String(cause.code) : undefined;
  const sqlite = sqliteCode(cause);
  if ((system !== undefined && FULL.has(system)) || sqlite === SQLITE.full)
    return new ProviderError(usageErrors.CSP_STORE_FULL, { store, reason }, options);
  if (sqlite === SQLITE.corrupt || sqlite === SQLITE.notADatabase)
    return new ProviderError(usageErrors.CSP_STORE_UNREADABLE, { file, reason }, options);
  if (sqlite === SQLITE.busy || sqlite === SQLITE.locked)
    return new ProviderError(usageErrors.CSP_STORE_LOCKED, { file, reason }, options);
  if (system !== undefined || sqlite === SQLITE.readOnly || sqlite === SQLITE.ioError || sqlite === SQLITE.cannotOpen)
    return toRead
      ? new ProviderError(usageErrors.CSP_STORE_READ_REFUSED, { file, reason }, options)
      : new ProviderError(usageErrors.CSP_STORE_UNWRITABLE, { file, reason }, options);
  return cause;
}

/** What DuckDB refused to somebody who reads. */
export function queryFailure(cause: unknown, action: string): unknown {
  if (isProviderError(cause) || !(cause instanceof Error)) return cause;
  return new ProviderError(usageErrors.CSP_STORE_QUERY, { action, reason: firstLine(cause.message) }, { cause });
}

/** What DuckDB refused to a sync; it has no code of its own. */
export function engineFailure(
  cause: unknown,
  { store, action }: { readonly store: string; readonly action: string },
): unknown {
  if (isProviderError(cause) || !(cause instanceof Error)) return cause;
  const reason = firstLine(cause.message);
  const { bavail, bsize } = statfsSync(store);
  return bavail * bsize < NO_SPACE
    ? new ProviderError(usageErrors.CSP_STORE_FULL, { store, reason }, { cause })
    : new ProviderError(usageErrors.CSP_STORE_ENGINE, { action, reason }, { cause });
}

/** Whether SQLite gave up since somebody else holds its lock. */
export function isLocked(error: unknown): boolean {
  return sqliteCode(error) === SQLITE.busy;
}

/** Extended codes hold the primary one in their lowest byte. */
function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode & 0xff
    : undefined;
}

/** DuckDB's further lines repeat the row that it met, which belongs to a customer. */
function firstLine(message: string): string {
  return message.split("\n", 1)[0]?.replace(/\.$/, "") ?? message;
}
