import type { Plain, Row } from "./rows.ts";

/** How a CSV file is written. */
export interface CsvStyle {
  readonly delimiter: string;
  readonly lineBreak: string;
}

/** What the head of a column of labels begins with. */
export const LABEL = "label:";

/** The cells of a row by the head of their column. */
export function toCells(row: Row): ReadonlyMap<string, string> {
  const labels = row.get("labels");
  return new Map([
    ...[...row].filter(([key]) => key !== "labels").map(([key, value]) => [key, toCell(value)] as const),
    ...(isMap(labels) ? [...labels].map(([name, value]) => [`${LABEL}${name}`, toCell(value)] as const) : []),
  ]);
}

/** The text of a file of the records, the header first. */
export function csvText(records: readonly (readonly string[])[], { delimiter, lineBreak }: CsvStyle): string {
  return records.map((cells) => `${cells.map((cell) => quote(cell, delimiter)).join(delimiter)}${lineBreak}`).join("");
}

/** Several values are separated by semicolons; a registration with a subscription of its own is `<key>=<id>`. */
function toCell(value: Plain): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (!isMap(value)) return value.map(toCell).join("; ");
  return [...value].map(([key, own]) => (isMap(own) ? `${key}=${[...own.values()].map(toCell)}` : key)).join("; ");
}

function isMap(value: Plain | undefined): value is ReadonlyMap<string, Plain> {
  return value instanceof Map;
}

function quote(cell: string, delimiter: string): string {
  const isPlain = !cell.includes(delimiter) && !/["\r\n]/.test(cell);
  return isPlain ? cell : `"${cell.replaceAll('"', '""')}"`;
}
