import { parse } from "csv-parse/sync";
import { splitIntro } from "../formats/readCsvRows.ts";
import { csvText, toCells } from "./csvText.ts";
import { type Row, type RowChange, type RowEdits, splitMark } from "./rows.ts";

/** Rewrites a CSV file of tenants; columns that a row needs and that are not there are added at the end. */
export function editCsv(text: string, { changed, removed, added }: RowEdits): string {
  const { mark, content: unmarked } = splitMark(text);
  const lineBreak = unmarked.includes("\r\n") ? "\r\n" : "\n";
  const { intro, content, delimiter } = splitIntro(unmarked.replaceAll(/\r\n?/g, "\n"));
  const [header = [], ...records] = parse(content, {
    delimiter,
    record_delimiter: "\n",
    relax_column_count: true,
  }) as string[][];
  const columns = widen(header, [...added, ...[...changed.values()].map(({ to }) => to)]);
  const write = (row: Row) => columns.map((column) => toCells(row).get(column.trim()) ?? "");
  const rows = records.flatMap((record, index) => {
    if (removed.has(index)) return [];
    const cells = columns.map((_, column) => record[column] ?? "");
    const change = changed.get(index);
    return [change ? changeCells(cells, columns, change) : isBlank(record) ? record : cells];
  });
  return `${mark}${intro.replace("\n", lineBreak)}${csvText([columns, ...rows, ...added.map(write)], { delimiter, lineBreak })}`;
}

function widen(header: readonly string[], rows: readonly Row[]): readonly string[] {
  const known = new Set(header.map((column) => column.trim()));
  const needed = new Set(rows.flatMap((row) => [...toCells(row).keys()]));
  return [...header, ...[...needed].filter((column) => !known.has(column))];
}

/** Touches only the cells that the change touches: others may come from `defaults`, or be written in another way. */
function changeCells(cells: readonly string[], columns: readonly string[], { from, to }: RowChange): readonly string[] {
  const before = toCells(from);
  const after = toCells(to);
  return columns.map((column, index) => {
    const key = column.trim();
    return before.get(key) === after.get(key) ? (cells[index] ?? "") : (after.get(key) ?? "");
  });
}

function isBlank(record: readonly string[]): boolean {
  return record.every((cell) => cell.trim() === "");
}
