import { DECIMAL_OF_PARTS } from "../domain/decimalParts.ts";
import { STAGED_COLUMNS, STAGED_FORM } from "../domain/stagedRows.ts";
import { quoted, quotedList } from "./engine.ts";

/** The columns of a segment in their order; `hub` and `usage_date` are the names of its folders. */
export const SEGMENT_COLUMNS = [
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

/** The longest row, in bytes: a page that DuckDB reads line by line. */
const LONGEST_ROW = 8_388_608;

/** Reads staged files into the table `staged`; how many rows of each window there are has to be compared with the list. */
export function loadStaged(files: readonly string[]): string {
  const columns = Object.entries(STAGED_COLUMNS).map(([name, type]) => `${name}: '${type}'`);
  const { delimiter, quote } = STAGED_FORM;
  const source =
    files.length === 0
      ? `(SELECT ${Object.entries(STAGED_COLUMNS)
          .map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`)
          .join(", ")} WHERE false)`
      : `read_csv(${quotedList(files)}, columns = {${columns.join(", ")}}, auto_detect = false, header = false,
          delim = '${delimiter}', quote = '${quote}', escape = '${quote}', comment = '', nullstr = '', strict_mode = true,
          max_line_size = ${LONGEST_ROW})`;
  return `CREATE OR REPLACE TEMP TABLE staged AS
    SELECT * EXCLUDE (whole, upper, lower, resource_id),
      coalesce(resource_id, '') AS resource_id, ${DECIMAL_OF_PARTS} AS quantity, CAST(usage_start AS DATE) AS usage_date
    FROM ${source}`;
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

/** Whether a key comes more than once in a window; a hash of the keys is enough to say that none does. */
export const FIND_REPEATED = `CREATE OR REPLACE TEMP TABLE repeated AS
  SELECT w, key FROM (
    SELECT w, hash(subscription_id, meter_id, usage_start, resource_id) AS key FROM staged WHERE refused IS NULL)
  GROUP BY w, key HAVING count(*) > 1`;

/** Every further row of a key in a window, with the first one's quantity: of those, the first in the Hub's order counts. */
export const FIND_SURPLUS = `CREATE OR REPLACE TEMP TABLE surplus AS
  SELECT w, seq, quantity <> kept AS is_conflict, kept_text FROM (
    SELECT w, seq, quantity, first_value(quantity) OVER same AS kept, first_value(quantity_text) OVER same AS kept_text,
      row_number() OVER same AS place
    FROM staged JOIN repeated ON repeated.w = staged.w
      AND repeated.key = hash(staged.subscription_id, staged.meter_id, staged.usage_start, staged.resource_id)
    WHERE refused IS NULL
    WINDOW same AS (PARTITION BY staged.w, subscription_id, meter_id, usage_start, resource_id ORDER BY seq))
  WHERE place > 1`;

/** What is kept as text alone: what has no place among decimals, and what contradicts a row before it. */
export const SET_ASIDE = `SELECT w, seq, coalesce(refused, 'conflict') AS cause, CAST(usage_date AS VARCHAR) AS usage_date,
    quantity_text, kept_text, subscription_id, meter_id, CAST(usage_start AS VARCHAR) AS usage_start,
    CAST(usage_end AS VARCHAR) AS usage_end, resource_id, resource_uri, location, tags, additional_info
  FROM staged LEFT JOIN surplus USING (w, seq) WHERE refused IS NOT NULL OR surplus.is_conflict ORDER BY w, seq`;

/** Leaves in `staged` the rows that count. */
export const DROP_SURPLUS = "DELETE FROM staged USING surplus WHERE staged.w = surplus.w AND staged.seq = surplus.seq";

/** Leaves in `staged` what fits into a decimal. */
export const DROP_REFUSED = "DELETE FROM staged WHERE refused IS NOT NULL";

/** How many rows of which window belong to which day. */
export const COUNT_DAYS = `SELECT CAST(usage_date AS VARCHAR) AS usage_date, w, CAST(count(*) AS INTEGER) AS rows
  FROM staged GROUP BY ALL ORDER BY ALL`;

/** What a segment is made of. */
export interface SegmentSources {
  readonly day: string;
  readonly granularity: string;
  /** Live files whose rows go over into it. */
  readonly files: readonly string[];
  /** Starts of windows whose rows do not. */
  readonly without: readonly string[];
}

/** Writes the rows of a day as Parquet; gives how many there are. */
export function writeSegment({ day, granularity, files, without }: SegmentSources, draft: string): string {
  const columns = SEGMENT_COLUMNS.join(", ");
  const fresh = `SELECT *, ${quoted(granularity)} AS granularity FROM staged JOIN batch USING (w)
    WHERE usage_date = DATE ${quoted(day)}`;
  const kept =
    files.length === 0
      ? ""
      : `UNION ALL SELECT ${columns} FROM read_parquet(${quotedList(files)}, hive_partitioning = false)
          ${without.length === 0 ? "" : `WHERE reported_start NOT IN (${without.map(timestamp).join(", ")})`}`;
  return `COPY (SELECT ${columns} FROM (SELECT ${columns} FROM (${fresh}) ${kept}) ORDER BY ${ORDER})
    TO ${quoted(draft)} (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)`;
}

/** An instant of the store as DuckDB's naive UTC. */
function timestamp(instant: string): string {
  return `TIMESTAMP ${quoted(instant.replace("Z", ""))}`;
}
