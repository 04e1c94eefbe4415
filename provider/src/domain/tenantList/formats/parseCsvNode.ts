import { isGuid } from "../../ids.ts";
import { unknownKey } from "../nodeReader.ts";
import { TENANT_KEYS } from "../readTenants.ts";
import { formatPlace, type Place } from "../tenantList.ts";
import type { IssueCollector } from "../tenantListIssue.ts";
import type { ParseRequest } from "./parseYamlNode.ts";
import { type CsvCell, type CsvRow, readCsvRows } from "./readCsvRows.ts";
import { type MapEntry, pathOf, placeWith, type SourceNode } from "./sourceNode.ts";

const LABEL = "label:";
const COLUMNS: readonly string[] = [...TENANT_KEYS.filter((key) => key !== "labels"), `${LABEL}<name>`];
/** What is said of a row that somebody meant as a comment. */
const COMMENT = " (it begins with `#`, and CSV has no comments)";
const REQUIRED_COLUMNS = ["name", "tenantId"] as const;

/** What a column holds: a key of the tenant, a label, nothing with a name, or something that was reported already. */
type Column = { readonly key: string } | { readonly label: string } | "unnamed" | "ignored";

/** What the cells of a row are read by. */
interface Sheet {
  readonly columns: readonly Column[];
  readonly issues: IssueCollector;
}

/**
 * The rows of a CSV file as a map with `tenants`, or `undefined` with issues.
 *
 * The first row names the columns: the keys of a tenant, and `label:<name>` for each label. Empty cells are values not
 * given; empty rows are skipped.
 */
export function parseCsvNode(request: ParseRequest): SourceNode | undefined {
  const rows = readCsvRows(request);
  if (!rows) return undefined;
  const { file, issues } = request;
  const [header, ...records] = rows;
  const root: Place = { file, line: 1, column: 1, path: "" };
  if (!header) {
    issues.error(root, "CSP_LIST_EMPTY_FILE", {});
    return undefined;
  }
  const place = { ...root, path: "tenants" };
  const missing = REQUIRED_COLUMNS.filter((column) => !header.some((cell) => cell.text === column));
  const hint = missing.length > 0 ? headerHint(header) : "";
  if (missing.length > 0) {
    const at = header[0] ? placeWith(header[0], header[0].path) : root;
    const columns = missing.map((column) => `\`${column}\``).join(" and no column ");
    issues.error({ ...at, row: 1, path: missing[0] ?? "" }, "CSP_LIST_COLUMN_MISSING", { columns, hint });
  } else if (records.length === 0) issues.error(place, "CSP_LIST_NO_ROWS", {});
  const columns = hint === "" ? readHeader(header, issues) : [];
  // Without the required columns every row would only repeat what was said of the header.
  if (missing.length > 0 || records.length === 0) return undefined;
  const sheet = { columns, issues };
  const items = records.map((record) => toTenantNode(record, sheet)).filter((node) => node !== undefined);
  return { kind: "map", place: root, entries: [{ key: "tenants", place, value: { kind: "list", items, place } }] };
}

/** A cost centre, say, is more likely than a misspelled column. */
function ownValues(key: string): string {
  return ` (a value of your own is a label; its column is \`${LABEL}${key}\`)`;
}

/** What the first row is more likely than a header, in words. */
function headerHint(header: CsvRow): string {
  const [first, ...rest] = header;
  if (first?.text.startsWith("#")) return COMMENT;
  if (header.some((cell) => isGuid(cell.text))) return " (it looks like a customer, so the header is missing)";
  if (rest.length === 0 && first?.text.includes("|")) {
    return " (a comma, semicolon or tab separates cells; another sign takes a line `sep=|` above)";
  }
  return "";
}

function readHeader(header: CsvRow, issues: IssueCollector): readonly Column[] {
  const firsts = new Map<string, CsvCell>();
  return header.map((cell): Column => {
    if (cell.text === "") return "unnamed";
    const label = cell.text.startsWith(LABEL) ? cell.text.slice(LABEL.length).trim() : undefined;
    const key = label === undefined ? cell.text : `${LABEL}${label}`;
    const place = placeWith(cell, pathOf("", key));
    const first = firsts.get(key);
    if (first) {
      issues.error(place, "CSP_LIST_DUPLICATE_KEY", { key, first: formatPlace(first) });
      return "ignored";
    }
    firsts.set(key, cell);
    if (label !== undefined) return { label };
    if (COLUMNS.includes(key)) return { key };
    const shape = { known: COLUMNS, of: "a tenant's row", otherwise: ownValues(key) };
    issues.repeated(place, "CSP_LIST_UNKNOWN_KEY", key, () => unknownKey(key, shape));
    return "ignored";
  });
}

function toTenantNode(record: CsvRow, { columns, issues }: Sheet): SourceNode | undefined {
  const [first] = record;
  if (!first) return undefined;
  const place = placeWith(first, first.path);
  if (record.length !== columns.length) {
    const hint = first.text.startsWith("#") ? COMMENT : "";
    const details = { given: String(record.length), expected: String(columns.length), hint };
    issues.error(place, "CSP_LIST_CELLS", details);
    return undefined;
  }
  const entries: MapEntry[] = [];
  const labels: MapEntry[] = [];
  record.forEach((cell, index) => {
    const column = columns[index] ?? "unnamed";
    if (cell.text === "" || column === "ignored") return;
    if (column === "unnamed") issues.error(placeWith(cell, cell.path), "CSP_LIST_COLUMN_UNNAMED", { value: cell.text });
    else if ("label" in column) labels.push(toLabelEntry(column.label, cell));
    else entries.push(toEntry(column.key, cell));
  });
  if (labels.length > 0) entries.push(labelsEntry(labels, place));
  return { kind: "map", entries, place };
}

function labelsEntry(entries: readonly MapEntry[], row: Place): MapEntry {
  const place = { ...row, path: `${row.path}.labels` };
  return { key: "labels", place, value: { kind: "map", entries, place } };
}

function toLabelEntry(key: string, cell: CsvCell): MapEntry {
  const place = placeWith(cell, pathOf(`${cell.path}.labels`, key));
  return { key, place, value: scalar(cell.text, place) };
}

function toEntry(key: string, cell: CsvCell): MapEntry {
  const { text } = cell;
  const place = placeWith(cell, `${cell.path}.${key}`);
  if (key === "registrations") return { key, place, value: toRegistrationsNode(text, place) };
  if (key === "overwrite") return { key, place, value: list(splitCell(text), place) };
  return { key, place, value: scalar(text, place) };
}

/** `paris; lyon=<subscription>`: keys, and behind `=` another customer subscription for that registration. */
function toRegistrationsNode(text: string, place: Place): SourceNode {
  if (!text.includes("=")) return list(splitCell(text), place);
  const parts = splitCell(withoutSpaceAround("=", text)).map((part) => part.split("="));
  const entries = parts.map(([key = "", ...rest]): MapEntry => {
    const entryPlace = { ...place, path: pathOf(place.path, key) };
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

/** A pattern would look at a long run of spaces once for each of them. */
function withoutSpaceAround(sign: string, text: string): string {
  return text
    .split(sign)
    .map((part) => part.trim())
    .join(sign);
}

function splitCell(text: string): readonly string[] {
  if (!/[;,\s]/.test(text)) return text === "" ? [] : [text];
  return text.split(/[;,\s]+/).filter((part) => part !== "");
}

function list(texts: readonly string[], place: Place): SourceNode {
  const items = texts.map((text, index) => scalar(text, placeWith(place, `${place.path}[${index}]`)));
  return { kind: "list", items, place };
}

function scalar(text: string | undefined, place: Place): SourceNode {
  return { kind: "scalar", text, place };
}
