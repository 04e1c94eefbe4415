import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

/** A table of text; colours in its cells do not count as width. */
export interface TableContent {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How a table is fitted into a line. */
export interface TableLayout {
  /** Columns of the terminal in a line. */
  readonly width: number;
  /** The column that gives way where the others need the room; the last by default. */
  readonly flexible?: number;
}

/** The least that is left of the column that gives way. */
const NARROWEST = 12;
const MARGIN = "  ";
const GAP = "  ";

/**
 * Lays out a table without frames, which copies well and reads alike in a terminal and in a log. Widths are those that
 * a terminal shows, so a Chinese character counts as two; what the flexible column has no room for goes on a line below.
 */
export function renderTable({ head, rows }: TableContent, { width, flexible = head.length - 1 }: TableLayout): string {
  const widths = head.map((title, index) => Math.max(...[title, ...rows.map((row) => row[index] ?? "")].map(widthOf)));
  const others = widths.reduce((sum, each, index) => (index === flexible ? sum : sum + each), 0);
  const room = width - MARGIN.length - others - GAP.length * (head.length - 1);
  const fitted = widths.map((each, index) => (index === flexible ? Math.max(Math.min(each, room), NARROWEST) : each));
  return [head, ...rows].map((row) => renderRow(row, fitted)).join("\n");
}

/** One row, on as many lines as its highest cell has. */
function renderRow(row: readonly string[], widths: readonly number[]): string {
  const cells = widths.map((width, index) => wrapAnsi(row[index] ?? "", width, { hard: true }).split("\n"));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const texts = widths.map((width, index) => padTo(width, cells[index]?.[line] ?? ""));
    return `${MARGIN}${texts.join(GAP)}`.trimEnd();
  }).join("\n");
}

function padTo(width: number, text: string): string {
  return text + " ".repeat(Math.max(width - stringWidth(text), 0));
}

/** The widest line of a cell. */
function widthOf(cell: string): number {
  return Math.max(...cell.split("\n").map((line) => stringWidth(line)));
}
