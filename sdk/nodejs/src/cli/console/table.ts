import Table from "cli-table3";

/** A table of text; colours in its cells do not count as width. */
export interface TableContent {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How a table is fitted into a line. */
export interface TableLayout {
  /** Characters in a line. */
  readonly width: number;
  /** The column that gives way where the others need the room; the last by default. */
  readonly flexible?: number;
}

/** The least that is left of the column that gives way. */
const NARROWEST = 12;
const MARGIN = 2;
const GAP = 2;

/** Lays out a table without frames, which copies well and reads alike in a terminal and in a log. */
export function renderTable({ head, rows }: TableContent, { width, flexible = head.length - 1 }: TableLayout): string {
  const widths = head.map((title, index) =>
    rows.reduce((widest, row) => Math.max(widest, widthOf(row[index] ?? "")), widthOf(title)),
  );
  const others = widths.reduce((sum, each, index) => (index === flexible ? sum : sum + each), 0);
  const room = width - MARGIN - others - GAP * head.length;
  const colWidths = widths.map(
    (each, index) => (index === flexible ? Math.max(Math.min(each, room), NARROWEST) : each) + GAP,
  );
  const table = new Table({
    head: [...head],
    chars: NO_FRAME,
    colWidths,
    wordWrap: true,
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => `${" ".repeat(MARGIN)}${line}`.trimEnd())
    .join("\n");
}

const NO_FRAME = Object.fromEntries(
  [
    ["top", "top-mid", "top-left", "top-right"],
    ["bottom", "bottom-mid", "bottom-left", "bottom-right"],
    ["left", "left-mid", "mid", "mid-mid"],
    ["right", "right-mid", "middle"],
  ]
    .flat()
    .map((name) => [name, ""]),
);

/** The widest line of a cell, colours not counted. */
function widthOf(cell: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with the escape character
  return Math.max(...cell.split("\n").map((line) => [...line.replaceAll(/\u001b\[\d+m/g, "")].length));
}
