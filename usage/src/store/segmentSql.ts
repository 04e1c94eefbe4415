import { DECIMAL_OF_PARTS } from "../domain/decimalParts.ts";
import { LONGEST_STAGED_ROW, STAGED_COLUMNS, STAGED_FORM } from "../domain/stagedRows.ts";
import { quoted, quotedList } from "./engine.ts";

/** The columns of a segment in their order; its folders are named after the first two, and nothing is read from their names. */
const SEGMENT_COLUMNS = [
  "hub",
  "usage_date",
  "subscription_id",
  "meter_id",
  "usage_start",
  "usage_end",
  "granularity",
  "quantity",
  "quantity_text",
  "resource_id",
  "resource_uri",
  "location",
  "tags",
  "additional_info",
  "reported_start",
  "fetched_at",
] as const;

/** Rows of one resource stand together, which is what makes a segment small. */
const ORDER = "subscription_id, meter_id, resource_id, usage_start, reported_start";

/** The longest row that DuckDB is prepared for, in bytes; a character has four at most. */
const LONGEST_ROW = 4 * LONGEST_STAGED_ROW;

/** A relation of what is staged in files; it is read anew whenever it is named, since it is wide and seldom needed whole. */
function stagedRows(files: readonly string[]): string {
  const columns = Object.entries(STAGED_COLUMNS).map(([name, type]) => `${name}: '${type}'`);
  const { delimiter, quote } = STAGED_FORM;
  return `(SELECT * EXCLUDE (whole, upper, lower, resource_id), coalesce(resource_id, '') AS resource_id,
      ${DECIMAL_OF_PARTS} AS quantity, CAST(usage_start AS DATE) AS usage_date
    FROM read_csv(${quotedList(files)}, columns = {${columns.join(", ")}}, auto_detect = false, header = false,
      delim = '${delimiter}', quote = '${quote}', escape = '${quote}', comment = '', nullstr = '', strict_mode = true, hive_partitioning = false,
      max_line_size = ${LONGEST_ROW}, buffer_size = ${2 * LONGEST_ROW}))`;
}

/** The place of each staged row, its day, and a hash of what tells it from others of its window. */
export function loadPlaces(files: readonly string[]): string {
  return `CREATE OR REPLACE TEMP TABLE places AS SELECT w, seq, usage_date, refused, subscription_id,
    hash(subscription_id, meter_id, usage_start, resource_id) AS key FROM ${stagedRows(files)}`;
}

/** The windows of the batch, by number. */
export function loadWindows(
  windows: readonly { readonly id: number; readonly start: string; readonly fetchedAt: string }[],
): string {
  const values = windows.map(({ id, start, fetchedAt }) => `(${id}, ${timestamp(start)}, ${timestamp(fetchedAt)})`);
  const source =
    values.length === 0
      ? "(SELECT 0, TIMESTAMP '1970-01-01', TIMESTAMP '1970-01-01' WHERE false)"
      : `(VALUES ${values.join(", ")})`;
  return `CREATE OR REPLACE TEMP TABLE batch AS SELECT * FROM ${source} AS given (w, reported_start, fetched_at)`;
}

/** How many rows of which window belong to which day, and how many of them need a second look. */
export const COUNT_DAYS = `SELECT CAST(usage_date AS VARCHAR) AS usage_date, w, CAST(count(*) AS INTEGER) AS rows,
    CAST(count(refused) AS INTEGER) AS refused
  FROM places GROUP BY ALL ORDER BY ALL`;

/** Whose usage it is. */
export const FIND_SUBSCRIBERS = "SELECT DISTINCT subscription_id AS id FROM places ORDER BY id";

/** Windows in which a key comes more than once, by its hash. */
export const FIND_REPEATED = `CREATE OR REPLACE TEMP TABLE repeated AS
  SELECT w, key FROM places WHERE refused IS NULL GROUP BY w, key HAVING count(*) > 1`;

/** How many keys come more than once. */
export const COUNT_REPEATED = "SELECT CAST(count(*) AS INTEGER) AS keys FROM repeated";

/** No row is surplus. */
export const NO_SURPLUS = `CREATE OR REPLACE TEMP TABLE surplus AS
  SELECT 0 AS w, CAST(0 AS BIGINT) AS seq, DATE '1970-01-01' AS usage_date, false AS is_conflict, NULL::VARCHAR AS kept_text
  WHERE false`;

/** What a row says besides its key; a repeat is equal in all of it, digit by digit. */
const SAID = "(quantity_text, usage_end, resource_uri, location, tags, additional_info)";

/** Every further row of a key in a window, with the first one's quantity: of those, the first in the Hub's order counts. */
export function findSurplus(files: readonly string[]): string {
  return `CREATE OR REPLACE TEMP TABLE surplus AS
    SELECT w, seq, usage_date, said IS DISTINCT FROM kept AS is_conflict, kept_text FROM (
      SELECT w, seq, usage_date, ROW${SAID} AS said, first_value(ROW${SAID}) OVER same AS kept,
        first_value(quantity_text) OVER same AS kept_text, row_number() OVER same AS place
      FROM ${stagedRows(files)}
      WHERE refused IS NULL
        AND (w, hash(subscription_id, meter_id, usage_start, resource_id)) IN (SELECT w, key FROM repeated)
      WINDOW same AS (PARTITION BY w, subscription_id, meter_id, usage_start, resource_id ORDER BY seq))
    WHERE place > 1`;
}

/** How many rows of which window and day do not count since they come again. */
export const COUNT_SURPLUS = `SELECT CAST(usage_date AS VARCHAR) AS usage_date, w, CAST(count(*) AS INTEGER) AS rows,
    CAST(count(*) FILTER (WHERE is_conflict) AS INTEGER) AS conflicts
  FROM surplus GROUP BY ALL`;

/** What is kept as text alone: what has no place among decimals, and what contradicts a row before it. */
export function setAside(files: readonly string[]): string {
  return `SELECT w, seq, coalesce(refused, 'conflict') AS cause, CAST(usage_date AS VARCHAR) AS usage_date,
      quantity_text, kept_text, subscription_id, meter_id, CAST(usage_start AS VARCHAR) AS usage_start,
      CAST(usage_end AS VARCHAR) AS usage_end, resource_id, resource_uri, location, tags, additional_info
    FROM ${stagedRows(files)} LEFT JOIN (SELECT w, seq, is_conflict, kept_text FROM surplus) USING (w, seq)
    WHERE refused IS NOT NULL OR is_conflict ORDER BY w, seq`;
}

/** What a segment is made of. */
export interface SegmentSources {
  /** The cloud id of the Hub. */
  readonly hub: string;
  readonly day: string;
  readonly granularity: string;
  /** Staged files that have rows of the day. */
  readonly staged: readonly string[];
  /** Live files whose rows go over into it. */
  readonly files: readonly string[];
  /** Starts of windows whose rows do not. */
  readonly without: readonly string[];
}

/** Writes the rows of a day as Parquet; at least one file has to be named. */
export function writeSegment({ hub, day, granularity, staged, files, without }: SegmentSources, draft: string): string {
  const columns = SEGMENT_COLUMNS.join(", ");
  const fresh = `SELECT ${columns} FROM (SELECT *, ${quoted(hub)} AS hub, ${quoted(granularity)} AS granularity FROM ${stagedRows(staged)}
      JOIN batch USING (w) WHERE usage_date = DATE ${quoted(day)} AND refused IS NULL)
    WHERE (w, seq) NOT IN (SELECT (w, seq) FROM surplus)`;
  const kept = `SELECT ${columns} FROM read_parquet(${quotedList(files)}, hive_partitioning = false)
    ${without.length === 0 ? "" : `WHERE reported_start NOT IN (${without.map(timestamp).join(", ")})`}`;
  const rows = [...(staged.length > 0 ? [fresh] : []), ...(files.length > 0 ? [kept] : [])].join(" UNION ALL ");
  return `COPY (SELECT ${columns} FROM (${rows}) ORDER BY ${ORDER})
    TO ${quoted(draft)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`;
}

/** An instant of the store as DuckDB's naive UTC. */
function timestamp(instant: string): string {
  return `TIMESTAMP ${quoted(instant.replace("Z", ""))}`;
}
