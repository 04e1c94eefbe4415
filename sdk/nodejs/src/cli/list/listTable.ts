import { renderTable, type TableContent } from "../console/table.ts";
import type { TextLayout } from "../console/terminal.ts";
import { count } from "../console/text.ts";
import { markdownHead, markdownRow } from "../plan/markdownPage.ts";
import type { ListRow } from "./listRows.ts";

/** The rows as a person reads them; a column that would be empty is left out. */
export function listTable(rows: readonly ListRow[], { width, colours }: TextLayout): string {
  const customers = new Set(rows.map(({ tenantId }) => tenantId.toLowerCase())).size;
  const hubs = new Set(rows.map(({ registration }) => registration)).size;
  const sum = `${count(customers, "customer")} on ${count(hubs, "registration")}, ${count(rows.length, "mapping")}.`;
  if (rows.length === 0) return sum;
  const { head, rows: cells } = columnsOf(rows);
  const flexible = head.includes(LABELS) ? head.indexOf(LABELS) : 0;
  return `${renderTable({ head: head.map(colours.dim), rows: cells }, { width, flexible })}\n\n${colours.bold(sum)}`;
}

/** The rows as a table of GitHub's Markdown. */
export function listMarkdown(rows: readonly ListRow[]): string {
  const { head, rows: cells } = columnsOf(rows);
  return [markdownHead(head), ...cells.map(markdownRow)].join("\n");
}

const LABELS = "Labels";

function columnsOf(rows: readonly ListRow[]): TableContent {
  const columns = COLUMNS.filter(({ isAlways, cell }) => isAlways || rows.some((row) => cell(row) !== ""));
  return { head: columns.map(({ title }) => title), rows: rows.map((row) => columns.map(({ cell }) => cell(row))) };
}

/** A column, and what stands in it for a row. */
interface Column {
  readonly title: string;
  /** Whether it is there without a value too. */
  readonly isAlways: boolean;
  readonly cell: (row: ListRow) => string;
}

const COLUMNS: readonly Column[] = [
  { title: "Customer", isAlways: true, cell: ({ customer }) => customer },
  { title: "Registration", isAlways: true, cell: ({ registration }) => registration },
  { title: "Customer subscription", isAlways: true, cell: ({ customerSubscriptionId }) => customerSubscriptionId },
  { title: "State", isAlways: false, cell: ({ state }) => (state === "active" ? "" : state) },
  { title: "Retain until", isAlways: false, cell: ({ retainUntil = "" }) => retainUntil },
  { title: LABELS, isAlways: false, cell: ({ labels }) => labelsText(labels) },
];

function labelsText(labels: ListRow["labels"]): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}: ${value}`)
    .join("; ");
}
