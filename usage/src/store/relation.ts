import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quotedList, startEngine } from "./engine.ts";
import { queryFailure } from "./storeFailure.ts";

/** The columns of no file, for a store without usage. */
const NO_USAGE = `SELECT NULL::VARCHAR AS hub, NULL::DATE AS usage_date, NULL::VARCHAR AS subscription_id,
  NULL::VARCHAR AS meter_id, NULL::TIMESTAMP AS usage_start, NULL::TIMESTAMP AS usage_end, NULL::VARCHAR AS granularity,
  NULL::DECIMAL(38,20) AS quantity, NULL::VARCHAR AS quantity_text, NULL::VARCHAR AS resource_id,
  NULL::VARCHAR AS resource_uri, NULL::VARCHAR AS location, NULL::VARCHAR AS tags, NULL::VARCHAR AS additional_info,
  NULL::TIMESTAMP AS reported_start, NULL::TIMESTAMP AS fetched_at WHERE false`;

/** SQL for the rows of files; the folders that they lie in may be called whatever their owner likes. */
export function relationOf(files: readonly string[]): string {
  return files.length === 0 ? NO_USAGE : `SELECT * FROM read_parquet(${quotedList(files)}, hive_partitioning = false)`;
}

/**
 * Runs a query in which `usage` is a relation; whatever it spills lies in a temporary folder of its own, since a store may be
 * read by who must not write there, and by several at one time.
 *
 * @throws ProviderError `CSP_STORE_QUERY`
 */
export async function queryUsage<Row>(relation: string, sql: string): Promise<readonly Row[]> {
  const spill = mkdtempSync(join(tmpdir(), "azurestack-csp-usage-"));
  try {
    const engine = await startEngine({ spill, failure: queryFailure });
    try {
      await engine.run("name the usage", `CREATE VIEW usage AS ${relation}`);
      return await engine.rows<Row>("answer the query", sql);
    } finally {
      engine.close();
    }
  } finally {
    rmSync(spill, { recursive: true, force: true });
  }
}
