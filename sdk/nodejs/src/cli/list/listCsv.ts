import { csvText } from "@azurestack-csp/provider";
import { spreadsheetText } from "../console/spreadsheetText.ts";
import { type ListRow, labelNames } from "./listRows.ts";

const HEAD = ["customer", "tenantId", "registration", "customerSubscriptionId", "state", "retainUntil"];

/**
 * The rows as CSV for spreadsheets: a byte-order mark, commas, CRLF, and a column `label:NAME` for each label. It is a
 * report, and no list: what a spreadsheet would calculate is kept from that.
 */
export function listCsv(rows: readonly ListRow[]): string {
  const names = labelNames(rows);
  const head = [...HEAD, ...names.map((name) => `label:${name}`)];
  const records = [head, ...rows.map((row) => cellsOf(row, names))].map((cells) => cells.map(spreadsheetText));
  return `\uFEFF${csvText(records, { delimiter: ",", lineBreak: "\r\n" })}`;
}

function cellsOf(row: ListRow, names: readonly string[]): readonly string[] {
  const { customer, tenantId, registration, customerSubscriptionId, state, retainUntil = "", labels } = row;
  const texts = new Map(Object.entries(labels));
  return [
    ...[customer, tenantId, registration, customerSubscriptionId, state, retainUntil],
    ...names.map((name) => texts.get(name) ?? ""),
  ];
}
