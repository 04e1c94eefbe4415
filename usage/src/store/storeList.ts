import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import type { Layout } from "./layout.ts";
import { APPLICATION_ID, SCHEMA, SCHEMA_VERSION } from "./schema.ts";
import { type Attempt, storeFailure } from "./storeFailure.ts";
import { systemFiles } from "./storeFiles.ts";

/** A value that SQLite takes and gives. */
export type SqlValue = string | number | bigint | null;

/** How long one waits for another process that writes, in milliseconds; a transaction of ours takes a few. */
const PATIENCE_IN_MS = 10_000;

/** The list of a store: which windows were asked for, which files are live, and what was noted. */
export class StoreList {
  readonly #database: DatabaseSync;
  readonly #attempt: Attempt;
  readonly #statements = new Map<string, ReturnType<DatabaseSync["prepare"]>>();

  constructor(database: DatabaseSync, attempt: Attempt) {
    this.#database = database;
    this.#attempt = attempt;
  }

  /** All rows of a query. */
  all<Row>(sql: string, ...values: readonly SqlValue[]): readonly Row[] {
    return this.#guarded(() => this.#prepare(sql).all(...values) as unknown as Row[]);
  }

  /** The first row. */
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    return this.#guarded(() => this.#prepare(sql).get(...values) as Row | undefined);
  }

  /** Changes something; gives the id of the row that was put in last. */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#guarded(() => Number(this.#prepare(sql).run(...values).lastInsertRowid));
  }

  /**
   * Does all of it or nothing.
   *
   * What is staged may be lost to a power failure, for it is asked for again; what is published may not.
   */
  transaction<Result>(durability: "staged" | "published", act: () => Result): Result {
    return this.#guarded(() => {
      this.#database.exec(`PRAGMA synchronous = ${durability === "published" ? "FULL" : "NORMAL"}; BEGIN IMMEDIATE`);
      try {
        const result = act();
        this.#database.exec("COMMIT");
        return result;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    });
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string) {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #guarded<Result>(act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      throw storeFailure(error, this.#attempt);
    }
  }
}

/**
 * Opens the list for reading and writing, and makes it where it is not there.
 *
 * @throws ProviderError `CSP_STORE_NEWER`, `CSP_STORE_OLDER`, `CSP_STORE_UNREADABLE`, `CSP_STORE_FILE_SYSTEM`, `CSP_STORE_UNWRITABLE`
 */
export function openList(layout: Layout): StoreList {
  return opened(layout, { readOnly: false }, (database) => {
    const { journal_mode: mode } = database.prepare("PRAGMA journal_mode = WAL").get() as { journal_mode: string };
    if (mode !== "wal") {
      const reason = "SQLite keeps no write-ahead log there";
      throw new ProviderError(usageErrors.CSP_STORE_FILE_SYSTEM, { store: layout.folder, reason });
    }
    if (versionOf(database, layout) > 0) return;
    const beside = systemFiles.list(layout.data).length;
    if (beside > 0) {
      const reason = `it is new, and there are ${beside} files of usage beside it`;
      throw new ProviderError(usageErrors.CSP_STORE_UNREADABLE, { file: layout.list, reason });
    }
    database.exec(`BEGIN IMMEDIATE;${SCHEMA}COMMIT`);
  });
}

/**
 * Opens the list of a store that is there, for reading alone; a sync may go on meanwhile.
 *
 * @throws ProviderError `CSP_STORE_MISSING`, `CSP_STORE_NEWER`, `CSP_STORE_OLDER`, `CSP_STORE_UNREADABLE`,
 *   `CSP_STORE_READ_REFUSED`, `CSP_STORE_LOCKED`
 */
export function openListToRead(layout: Layout): StoreList {
  const missing = new ProviderError(usageErrors.CSP_STORE_MISSING, { store: layout.folder });
  if (!existsSync(layout.list)) throw missing;
  return opened(layout, { readOnly: true }, (database) => {
    if (versionOf(database, layout) === 0) throw missing;
  });
}

/**
 * Makes sure that a list is one of ours, or an empty one that a killed sync has left, and changes nothing.
 *
 * @throws ProviderError `CSP_STORE_NEWER`, `CSP_STORE_OLDER`, `CSP_STORE_UNREADABLE`
 */
export function requireOwnList(layout: Layout): void {
  opened(layout, { readOnly: true }, (database) => void versionOf(database, layout)).close();
}

function opened(
  layout: Layout,
  { readOnly }: { readonly readOnly: boolean },
  prepare: (database: DatabaseSync) => void,
): StoreList {
  const attempt = { store: layout.folder, file: layout.list, toRead: readOnly };
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(layout.list, { readOnly, timeout: PATIENCE_IN_MS });
    prepare(database);
    return new StoreList(database, attempt);
  } catch (error) {
    database?.close();
    throw storeFailure(error, attempt);
  }
}

/** 0 where the file is new. */
function versionOf(database: DatabaseSync, { folder, list }: Layout): number {
  const { application_id: id } = database.prepare("PRAGMA application_id").get() as { application_id: number };
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  const { tables } = database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get() as { tables: number };
  if (id !== APPLICATION_ID && tables > 0) {
    throw new ProviderError(usageErrors.CSP_STORE_UNREADABLE, { file: list, reason: "another program made it" });
  }
  if (version > SCHEMA_VERSION) {
    const details = { store: folder, version: String(version), known: String(SCHEMA_VERSION) };
    throw new ProviderError(usageErrors.CSP_STORE_NEWER, details);
  }
  if (id === APPLICATION_ID && version < SCHEMA_VERSION) {
    const details = { store: folder, version: String(version), known: String(SCHEMA_VERSION) };
    throw new ProviderError(usageErrors.CSP_STORE_OLDER, details);
  }
  return id === APPLICATION_ID ? version : 0;
}
