import { Document, type Node } from "yaml";
import { csvText, LABEL, toCells } from "./csvText.ts";
import { jsonText } from "./jsonText.ts";
import { registrationsOf, toRow, type WritableTenantList } from "./rows.ts";

/** How a tenant list is written. */
export interface WriteOptions {
  readonly format: "yaml" | "json" | "csv";
  /** A comment for the top of a YAML file, in one or more lines; the other formats have none. */
  readonly comment?: string;
}

/** The columns of a CSV file that are always there. */
const COLUMNS = ["name", "tenantId", "customerSubscriptionId", "registrations"] as const;

const OPTIONAL_COLUMNS = ["state", "retainUntil", "overwrite"] as const;

/**
 * Writes a tenant list as the text of one file; read again, it is the same list.
 *
 * CSV holds the tenants alone, with a byte-order mark for Excel: the registrations go into a YAML or JSON file beside
 * it, and so does a list without tenants, because a CSV file without rows is taken for one that was cut off.
 */
export function writeTenantList(list: WritableTenantList, { format, comment }: WriteOptions): string {
  if (format === "csv") return writeCsv(list);
  const root = new Map<string, unknown>([["tenants", list.tenants.map(toRow)]]);
  const registrations = registrationsOf(list);
  const content = registrations.size === 0 ? root : new Map([["registrations", registrations], ...root]);
  const document = new Document<Node>(content);
  if (format === "json") return `${jsonText(document.contents)}\n`;
  if (comment !== undefined) document.commentBefore = comment.replaceAll(/^/gm, " ");
  return document.toString({ lineWidth: 0 });
}

function writeCsv({ tenants }: WritableTenantList): string {
  const rows = tenants.map((tenant) => toCells(toRow(tenant)));
  const used = new Set(rows.flatMap((cells) => [...cells.keys()]));
  const labels = [...used].filter((column) => column.startsWith(LABEL));
  const columns = [...COLUMNS, ...OPTIONAL_COLUMNS.filter((column) => used.has(column)), ...labels];
  const records = rows.map((cells) => columns.map((column) => cells.get(column) ?? ""));
  return `\uFEFF${csvText([columns, ...records], { delimiter: ",", lineBreak: "\r\n" })}`;
}
