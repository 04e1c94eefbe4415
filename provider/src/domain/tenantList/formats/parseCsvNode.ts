import { TENANT_KEYS } from "../readTenants.ts";
import type { Place } from "../tenantList.ts";
import type { ParseRequest } from "./parseYamlNode.ts";
import type { CsvCell } from "./readCsvRows.ts";
import { type CsvRecord, type CsvShape, readCsvTable } from "./readCsvTable.ts";
import { type MapEntry, pathOf, placeWith, type SourceNode } from "./sourceNode.ts";

const LABEL = "label:";

const SHAPE: CsvShape = {
  rows: "tenants",
  row: "a customer",
  of: "a tenant's row",
  columns: TENANT_KEYS.filter((key) => key !== "labels"),
  required: ["name", "tenantId"],
  prefix: LABEL,
  // A cost centre, say, is more likely than a misspelled column.
  otherwise: (column) => ` (a value of your own is a label; its column is \`${LABEL}${column}\`)`,
};

/**
 * The rows of a CSV file as a map with `tenants`, or `undefined` with issues.
 *
 * The first row names the columns: the keys of a tenant, and `label:<name>` for each label. Empty cells are values not
 * given; empty rows are skipped.
 */
export function parseCsvNode(request: ParseRequest): SourceNode | undefined {
  const items = readCsvTable(request, SHAPE, toTenantNode);
  if (!items) return undefined;
  const root: Place = { file: request.file, line: 1, column: 1, path: "" };
  const place = { ...root, path: "tenants" };
  return { kind: "map", place: root, entries: [{ key: "tenants", place, value: { kind: "list", items, place } }] };
}

function toTenantNode({ place, cells }: CsvRecord): SourceNode {
  const entries: MapEntry[] = [];
  const labels: MapEntry[] = [];
  for (const { column, cell } of cells) {
    if (column.startsWith(LABEL)) labels.push(toLabelEntry(column.slice(LABEL.length), cell));
    else entries.push(toEntry(column, cell));
  }
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
