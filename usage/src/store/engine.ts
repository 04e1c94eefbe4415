import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** DuckDB in this process: one connection, over files that are named to it. */
export interface Engine {
  /** Runs a statement; `action` says in errors what it was for. */
  run(action: string, sql: string): Promise<void>;
  /** The rows of a query; decimals, large numbers and times as texts. */
  rows<Row>(action: string, sql: string): Promise<readonly Row[]>;
  close(): void;
}

/** What the engine may use of the machine; the process takes half a gigabyte more. */
const LIMITS = { memory_limit: "300MB", threads: "2", preserve_insertion_order: "false" } as const;

/** What the engine is started with. */
export interface EngineOptions {
  /** Where it puts what does not fit into its memory. */
  readonly spill: string;
  /** The error that is thrown for one of DuckDB's; `action` says what it was at. */
  readonly failure: (cause: unknown, action: string) => unknown;
}

/** Starts DuckDB. */
export async function startEngine({ spill, failure }: EngineOptions): Promise<Engine> {
  const guarded = async <Result>(action: string, act: () => Promise<Result>): Promise<Result> => {
    try {
      return await act();
    } catch (error) {
      throw failure(error, action);
    }
  };
  return await guarded("start", async () => {
    const instance = await DuckDBInstance.create(":memory:", { ...LIMITS, temp_directory: spill });
    const connection: DuckDBConnection = await instance.connect();
    // Without the last one the allocator keeps what is freed, a third of the process in the lab.
    await connection.run(
      "SET TimeZone = 'UTC'; SET autoinstall_known_extensions = false; SET allocator_background_threads = true",
    );
    return {
      run: async (action, sql) => void (await guarded(action, async () => await connection.run(sql))),
      rows: async <Row>(action: string, sql: string) =>
        await guarded(action, async () => {
          const reader = await connection.runAndReadAll(sql);
          return reader.getRowObjectsJson() as unknown as readonly Row[];
        }),
      close: () => {
        connection.closeSync();
        instance.closeSync();
      },
    };
  });
}

/** A text as SQL has it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Texts as a list of SQL's. */
export function quotedList(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(", ")}]`;
}
