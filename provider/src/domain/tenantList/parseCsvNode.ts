import { CsvError, parse } from "csv-parse/sync";
import { LineCounter } from "yaml";
import { unknownKey } from "./nodeReader.ts";
import type { ParseRequest } from "./parseYamlNode.ts";
import { TENANT_KEYS } from "./readTenants.ts";
import type { MapEntry, SourceNode } from "./sourceNode.ts";
import { formatPlace, type Place } from "./tenantList.ts";

const LABEL = "label:";
const COLUMNS: readonly string[] = [...TENANT_KEYS.filter((key) => key !== "labels"), `${LABEL}<name>`];
const REQUIRED_COLUMNS = ["name", "tenantId"] as const;

/** A column whose name was reported already. */
const IGNORED = "";

interface Cell {
  readonly text: string;
  readonly place: Place;
}

interface RawRecord {
  readonly record: readonly string[];
  readonly raw: string;
}

/**
 * The rows of a CSV file as a map with `tenants`, or `undefined` with issues.
 *
 * The first row names the columns: the keys of a tenant, and `label:<name>` for each label. Comma, semicolon or tab
 * separates cells, whichever the first row has most of. Empty cells are values not given; empty rows are skipped.
 */
export function parseCsvNode(request: ParseRequest): SourceNode | undefined {
  const rows = readRows(request);
  if (!rows) return undefined;
  const { file, issues } = request;
  const [header, ...records] = rows;
  const root: Place = { file, line: 1, column: 1, path: "" };
  if (!header || records.length === 0) {
    issues.error(root, "CSP_LIST_EMPTY_FILE", {});
    return undefined;
  }
  const columns = knownColumns(request, header);
  if (!columns) return undefined;
  const items = records
    .filter((record) => fitsHeader(request, record, header))
    .map((record) => toTenantNode(request, record, columns));
  const place = { ...root, path: "tenants" };
  return { kind: "map", place: root, entries: [{ key: "tenants", place, value: { kind: "list", items, place } }] };
}

function readRows(request: ParseRequest): readonly (readonly Cell[])[] | undefined {
  const { file, issues } = request;
  const text = request.text.replaceAll(/\r\n?/g, "\n");
  const lines = lineCounterOf(text);
  const delimiter = detectDelimiter(text);
  const rows: (readonly Cell[])[] = [];
  let offset = 0;

  function addRow({ record, raw }: RawRecord): void {
    const row = rows.length + 1;
    const starts = cellStarts(raw, delimiter);
    const cells = record.map((cell, column): Cell => {
      const { line, col } = lines.linePos(offset + (starts[column] ?? 0));
      return { text: cell, place: { file, line, column: col, row, path: `tenants[${row - 2}]` } };
    });
    rows.push(cells);
    offset += raw.length;
  }

  try {
    const options = { delimiter, record_delimiter: "\n", relax_column_count: true, trim: true, raw: true };
    // With `raw` records come wrapped, which the types of the synchronous parser leave out.
    const records = parse(text, options) as unknown as readonly RawRecord[];
    for (const record of records) addRow(record);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const remedy = 'Put quotes around the whole cell, and double a quote inside it: "6"" rack".';
    const { line, col } = lines.linePos(recordStart(text, error));
    const place = { file, line, column: col, path: "" };
    issues.error(place, "CSP_LIST_SYNTAX", { format: "CSV", reason: error.message, remedy });
    return undefined;
  }
  return rows.filter((row) => row.some((cell) => cell.text !== ""));
}

function lineCounterOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/** Excel writes the list separator of the machine's region; what stands in quotes separates nothing. */
function detectDelimiter(text: string): string {
  const [header = ""] = /^\s*(?:[^"\n]+|"[^"]*")*/.exec(text) ?? [];
  const bare = header.replaceAll(/"[^"]*"/g, "");
  const count = (delimiter: string) => bare.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

function cellStarts(raw: string, delimiter: string): readonly number[] {
  const starts = [0];
  let quoted = false;
  for (let at = 0; at < raw.length; at += 1) {
    if (raw[at] === '"') quoted = !quoted;
    else if (raw[at] === delimiter && !quoted) starts.push(at + 1);
  }
  return starts;
}

/** The parser counts bytes up to the record that it could not read. */
function recordStart(text: string, error: CsvError): number {
  const bytes = typeof error.bytes === "number" ? error.bytes : 0;
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes)).length;
}

/**
 * Column names by position, `undefined` for one to be passed over; or no columns at all with issues, said once at the
 * header rather than in every row.
 */
function knownColumns(request: ParseRequest, header: readonly Cell[]): readonly (string | undefined)[] | undefined {
  const { file, issues } = request;
  const missing = REQUIRED_COLUMNS.filter((column) => !header.some((cell) => cell.text === column));
  for (const property of missing) {
    issues.error({ file, line: 1, column: 1, row: 1, path: property }, "CSP_INPUT_REQUIRED", { property });
  }
  const first = new Map<string, Cell>();
  const columns = header.map((cell) => {
    if (cell.text === "") return undefined;
    const place = { ...cell.place, path: cell.text };
    const namesake = first.get(cell.text);
    if (namesake) {
      issues.error(place, "CSP_LIST_DUPLICATE_KEY", { key: cell.text, first: formatPlace(namesake.place) });
      return IGNORED;
    }
    first.set(cell.text, cell);
    if (cell.text.startsWith(LABEL) || COLUMNS.includes(cell.text)) return cell.text;
    issues.error(place, "CSP_LIST_UNKNOWN_KEY", unknownKey(cell.text, { known: COLUMNS, of: "a tenant's row" }));
    return IGNORED;
  });
  return missing.length === 0 ? columns : undefined;
}

function fitsHeader(request: ParseRequest, record: readonly Cell[], header: readonly Cell[]): boolean {
  if (record.length === header.length) return true;
  const place = record[0]?.place;
  const details = { given: String(record.length), expected: String(header.length) };
  if (place) request.issues.error(place, "CSP_LIST_CELLS", details);
  return false;
}

function toTenantNode(
  request: ParseRequest,
  record: readonly Cell[],
  columns: readonly (string | undefined)[],
): SourceNode {
  const entries: MapEntry[] = [];
  const labels: MapEntry[] = [];
  record.forEach((cell, index) => {
    const column = columns[index];
    if (cell.text === "") return;
    if (column === IGNORED) return;
    if (column === undefined) request.issues.error(cell.place, "CSP_LIST_COLUMN_UNNAMED", { value: cell.text });
    else if (column.startsWith(LABEL)) labels.push(toEntry(column.slice(LABEL.length), cell, "labels."));
    else entries.push(toEntry(column, cell, ""));
  });
  const [first] = record;
  const place = first?.place ?? { file: request.file, line: 1, column: 1, path: "tenants" };
  const labelsPlace = { ...place, path: `${place.path}.labels` };
  if (labels.length > 0) {
    entries.push({ key: "labels", place: labelsPlace, value: { kind: "map", entries: labels, place: labelsPlace } });
  }
  return { kind: "map", entries, place };
}

function toEntry(key: string, cell: Cell, prefix: string): MapEntry {
  const place = { ...cell.place, path: `${cell.place.path}.${prefix}${key}` };
  return { key, place, value: toValueNode(key, cell.text, place) };
}

function toValueNode(column: string, text: string, place: Place): SourceNode {
  if (column === "registrations") return toRegistrationsNode(text, place);
  if (column === "overwrite") return list(splitCell(text), place);
  return scalar(text, place);
}

/** `paris; lyon=<subscription>`: keys, and behind `=` another customer subscription for that registration. */
function toRegistrationsNode(text: string, place: Place): SourceNode {
  const parts = splitCell(text.replaceAll(/\s*=\s*/g, "=")).map((part) => part.split("="));
  if (parts.every((part) => part.length === 1)) return list(splitCell(text), place);
  const entries = parts.map(([key = "", ...rest]): MapEntry => {
    const entryPlace = { ...place, path: `${place.path}.${key}` };
    return { key, place: entryPlace, value: toRegistrationNode(rest, entryPlace) };
  });
  return { kind: "map", entries, place };
}

function toRegistrationNode(rest: readonly string[], place: Place): SourceNode {
  if (rest.length === 0) return scalar(undefined, place);
  const idPlace = { ...place, path: `${place.path}.customerSubscriptionId` };
  const value = scalar(rest.join("="), idPlace);
  return { kind: "map", entries: [{ key: "customerSubscriptionId", place: idPlace, value }], place };
}

function splitCell(text: string): readonly string[] {
  return text.split(/[;,\s]+/).filter((part) => part !== "");
}

function list(texts: readonly string[], place: Place): SourceNode {
  const items = texts.map((text, index) => scalar(text, { ...place, path: `${place.path}[${index}]` }));
  return { kind: "list", items, place };
}

function scalar(text: string | undefined, place: Place): SourceNode {
  return { kind: "scalar", text, place };
}
