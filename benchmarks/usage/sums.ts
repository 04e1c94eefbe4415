import { DuckDBInstance } from "@duckdb/node-api";

/** What files hold, in figures that agree where the rows do. */
export interface Sums {
  readonly rows: number;
  /** Exact, over all meters. */
  readonly quantity: string;
  /** By meter, hour and resource. */
  readonly keys: string;
  readonly bytesARow: number;
}

/** Counts and sums the rows of Parquet files by DuckDB, whoever wrote them. */
export async function sumFiles(pattern: string): Promise<Sums> {
  const instance = await DuckDBInstance.create(":memory:", { memory_limit: "1GB" });
  const connection = await instance.connect();
  const files = `'${pattern.replaceAll("'", "''")}'`;
  const rows = await connection.runAndReadAll(`
    SELECT CAST(count(*) AS VARCHAR), CAST(sum(quantity) AS VARCHAR),
      CAST(bit_xor(hash(subscription_id, meter_id, resource_id, usage_start, quantity)) AS VARCHAR)
    FROM read_parquet(${files}, hive_partitioning = false)`);
  const sizes = await connection.runAndReadAll(`SELECT CAST(sum(size) AS VARCHAR) FROM read_blob(${files})`);
  const [count = "0", quantity = "0", keys = ""] = (rows.getRowsJson()[0] ?? []).map(String);
  const bytes = Number(sizes.getRowsJson()[0]?.[0]);
  connection.closeSync();
  instance.closeSync();
  return { rows: Number(count), quantity, keys, bytesARow: bytes / Number(count) };
}
