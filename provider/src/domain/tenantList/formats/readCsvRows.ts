import { CsvError, parse } from "csv-parse/sync";
import type { Place } from "../tenantList.ts";
import { createLineCursor, lineCounterOf } from "./lineCounter.ts";
import type { ParseRequest } from "./parseYamlNode.ts";

/** A cell without white space around it, at the place where it begins; one object, for a large list has a million of them. */
export interface CsvCell extends Place {
  readonly text: string;
}

/** The cells of one row. */
export type CsvRow = readonly CsvCell[];

interface RawRecord {
  readonly record: readonly string[];
  readonly raw: string;
}

/**
 * The rows of a CSV file that hold anything, the header first, or `undefined` with an issue.
 *
 * The line `sep=;` says what separates cells; without it that is comma, semicolon or tab, whichever the first row has
 * most of.
 *
 * @param rows the name under which the rows stand in the other formats.
 */
export function readCsvRows(request: ParseRequest, rows = "tenants"): readonly CsvRow[] | undefined {
  const { file, issues } = request;
  const text = request.text.replaceAll(/\r\n?/g, "\n");
  const { intro, content, delimiter } = splitIntro(text);
  try {
    const options = { delimiter, record_delimiter: "\n", relax_column_count: true, trim: true, raw: true };
    // With `raw` records come wrapped, which the types of the synchronous parser leave out.
    const records = parse(content, options) as unknown as readonly RawRecord[];
    return placeCells(records, { file, text, start: intro.length, delimiter, rows });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const remedy = 'Put quotes around the whole cell, and double a quote inside it: "6"" rack".';
    const details = { format: "CSV", reason: error.message, remedy };
    const { line, col } = lineCounterOf(text).linePos(intro.length + cellStart(content, error));
    issues.error({ file, line, column: col, path: "" }, "CSP_LIST_SYNTAX", details);
    return undefined;
  }
}

/** What comes before the rows of a CSV file, the rows, and what separates their cells. */
interface SplitCsv {
  /** The line by which Excel is told the separator, with its end; mostly empty. */
  readonly intro: string;
  readonly content: string;
  readonly delimiter: string;
}

/** Takes the line `sep=;`, which Excel reads and no spreadsheet shows, off the rows. */
export function splitIntro(text: string): SplitCsv {
  const [intro = "", named] = /^sep=([,;\t|])[^\S\n]*(?:\r?\n|$)/i.exec(text) ?? [];
  const content = text.slice(intro.length);
  return { intro, content, delimiter: named ?? detectDelimiter(content) };
}

/** Excel writes the list separator of the machine's region; what stands in quotes separates nothing. */
function detectDelimiter(text: string): string {
  const [header = ""] = /^\s*(?:[^"\n]+|"[^"]*")*/.exec(text) ?? [];
  const bare = header.replaceAll(/"[^"]*"/g, "");
  const count = (delimiter: string) => bare.split(delimiter).length;
  return [",", ";", "\t"].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

interface Sheet {
  readonly file: string;
  readonly text: string;
  /** Where the first row begins in the text. */
  readonly start: number;
  readonly delimiter: string;
  readonly rows: string;
}

function placeCells(
  records: readonly RawRecord[],
  { file, text: whole, start: first, delimiter, rows: name }: Sheet,
): readonly CsvRow[] {
  const placeAt = createLineCursor(whole);
  let offset = first;
  const rows = records.map(({ record, raw }, index): CsvRow => {
    const begin = offset;
    const starts = cellStarts(raw, delimiter);
    offset += raw.length;
    // The first row is the header, and spreadsheets count from 1.
    const [row, path] = [index + 1, `${name}[${index - 1}]`];
    return record.map((text, at) => {
      const { line, column } = placeAt(begin + (starts[at] ?? raw.length));
      return { file, line, column, row, path, text };
    });
  });
  return rows.filter((row) => row.some((cell) => cell.text !== ""));
}

function cellStarts(raw: string, delimiter: string): readonly number[] {
  const starts = [0];
  if (!raw.includes('"')) {
    for (let at = raw.indexOf(delimiter); at !== -1; at = raw.indexOf(delimiter, at + 1)) starts.push(at + 1);
    return starts;
  }
  let quoted = false;
  for (let at = 0; at < raw.length; at += 1) {
    if (raw[at] === '"') quoted = !quoted;
    else if (raw[at] === delimiter && !quoted) starts.push(at + 1);
  }
  return starts;
}

/** The parser counts bytes up to the record that it could not read, or to the delimiter before the cell. */
function cellStart(text: string, { bytes, index }: CsvError): number {
  const read = new TextEncoder().encode(text).subarray(0, typeof bytes === "number" ? bytes : 0);
  const behindDelimiter = typeof index === "number" && index > 0 ? 1 : 0;
  return new TextDecoder().decode(read).length + behindDelimiter;
}
