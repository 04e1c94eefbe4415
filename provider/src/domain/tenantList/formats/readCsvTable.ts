import { isGuid } from "../../ids.ts";
import { unknownKey } from "../nodeReader.ts";
import { formatPlace, type Place } from "../tenantList.ts";
import type { IssueCollector } from "../tenantListIssue.ts";
import type { ParseRequest } from "./parseYamlNode.ts";
import { type CsvCell, type CsvRow, readCsvRows } from "./readCsvRows.ts";
import { pathOf, placeWith } from "./sourceNode.ts";

/** What is said of a row that somebody meant as a comment. */
const COMMENT = " (it begins with `#`, and CSV has no comments)";

/** Which columns a CSV file has, and what its rows are. */
export interface CsvShape {
  /** The name under which the rows stand in the other formats, such as `tenants`. */
  readonly rows: string;
  /** What a row is, such as `a customer`. */
  readonly row: string;
  /** What the columns belong to, such as `a tenant's row`. */
  readonly of: string;
  readonly columns: readonly string[];
  readonly required: readonly string[];
  /** How the names of columns begin that anybody may add, such as `label:`. @default there are none */
  readonly prefix?: string;
  /** What is said of a column that is near none of them. @default nothing */
  readonly otherwise?: (column: string) => string;
}

/** A cell that holds something, in a column that the file may have. */
export interface NamedCell {
  /** The column; behind a prefix without white space around it. */
  readonly column: string;
  readonly cell: CsvCell;
}

/** A row of as many cells as the header. */
export interface CsvRecord {
  readonly place: Place;
  readonly cells: readonly NamedCell[];
}

/**
 * The rows of a CSV file by the columns that its first row names, or `undefined` with issues where there are none.
 *
 * Empty cells are values not given; empty rows are skipped.
 *
 * @param convert what a row becomes; called row by row, since all cells of a large list would take much memory at once.
 */
export function readCsvTable<Row>(
  request: ParseRequest,
  shape: CsvShape,
  convert: (record: CsvRecord) => Row,
): readonly Row[] | undefined {
  const rows = readCsvRows(request, shape.rows);
  if (!rows) return undefined;
  const { file, issues } = request;
  const [header, ...records] = rows;
  const root: Place = { file, line: 1, column: 1, path: "" };
  if (!header) {
    issues.error(root, "CSP_LIST_EMPTY_FILE", {});
    return undefined;
  }
  const missing = shape.required.filter((column) => !header.some((cell) => cell.text === column));
  const hint = missing.length > 0 ? headerHint(header, shape) : "";
  if (missing.length > 0) {
    const at = header[0] ? placeWith(header[0], header[0].path) : root;
    const columns = missing.map((column) => `\`${column}\``).join(" and no column ");
    issues.error({ ...at, row: 1, path: missing[0] ?? "" }, "CSP_LIST_COLUMN_MISSING", { columns, hint });
  } else if (records.length === 0) issues.error({ ...root, path: shape.rows }, "CSP_LIST_NO_ROWS", {});
  const columns = hint === "" ? readHeader(header, { shape, issues }) : [];
  // Without the required columns every row would only repeat what was said of the header.
  if (missing.length > 0 || records.length === 0) return undefined;
  const converted: Row[] = [];
  for (const row of records) {
    const record = toRecord(row, columns, issues);
    if (record) converted.push(convert(record));
  }
  return converted;
}

/** What the first row is more likely than a header, in words. */
function headerHint(header: CsvRow, { row }: CsvShape): string {
  const [first, ...rest] = header;
  if (first?.text.startsWith("#")) return COMMENT;
  if (header.some((cell) => isGuid(cell.text))) return ` (it looks like ${row}, so the header is missing)`;
  if (rest.length === 0 && first?.text.includes("|")) {
    return " (a comma, semicolon or tab separates cells; another sign takes a line `sep=|` above)";
  }
  return "";
}

/** The name of a column, nothing, or something that was reported already. */
type Column = { readonly column: string } | "unnamed" | "ignored";

interface Header {
  readonly shape: CsvShape;
  readonly issues: IssueCollector;
}

function readHeader(header: CsvRow, { shape, issues }: Header): readonly Column[] {
  const { prefix, of, otherwise } = shape;
  const known = prefix === undefined ? shape.columns : [...shape.columns, `${prefix}<name>`];
  const firsts = new Map<string, CsvCell>();
  return header.map((cell): Column => {
    if (cell.text === "") return "unnamed";
    const isAdded = prefix !== undefined && cell.text.startsWith(prefix);
    const column = isAdded ? `${prefix}${cell.text.slice(prefix.length).trim()}` : cell.text;
    const place = placeWith(cell, pathOf("", column));
    const first = firsts.get(column);
    if (first) {
      issues.error(place, "CSP_LIST_DUPLICATE_KEY", { key: column, first: formatPlace(first) });
      return "ignored";
    }
    firsts.set(column, cell);
    if (isAdded || known.includes(column)) return { column };
    issues.repeated(place, "CSP_LIST_UNKNOWN_KEY", column, () =>
      unknownKey(column, { known, of, otherwise: otherwise?.(column) ?? "" }),
    );
    return "ignored";
  });
}

function toRecord(record: CsvRow, columns: readonly Column[], issues: IssueCollector): CsvRecord | undefined {
  const [first] = record;
  if (!first) return undefined;
  const place = placeWith(first, first.path);
  if (record.length !== columns.length) {
    const hint = first.text.startsWith("#") ? COMMENT : "";
    const details = { given: String(record.length), expected: String(columns.length), hint };
    issues.error(place, "CSP_LIST_CELLS", details);
    return undefined;
  }
  const cells = record.flatMap((cell, index): readonly NamedCell[] => {
    const column = columns[index] ?? "unnamed";
    if (cell.text === "" || column === "ignored") return [];
    if (column !== "unnamed") return [{ ...column, cell }];
    issues.error(placeWith(cell, cell.path), "CSP_LIST_COLUMN_UNNAMED", { value: cell.text });
    return [];
  });
  return { place, cells };
}
