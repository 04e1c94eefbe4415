import { withoutUnprintable } from "../printable.ts";
import { guidProblem } from "../validators.ts";
import { type CsvRow, readCsvRows } from "./formats/readCsvRows.ts";
import { placeWith } from "./formats/sourceNode.ts";
import type { TenantListFile } from "./parseTenantList.ts";
import type { Place } from "./tenantList.ts";
import { createIssueCollector, type TenantListIssue } from "./tenantListIssue.ts";

/** A customer as Partner Center exports it; the export knows no subscriptions. */
export interface ExportedCustomer {
  /** The company's name, else its domain, else the tenant's id. */
  readonly name: string;
  /** The customer's directory, which Partner Center calls its Microsoft ID. */
  readonly tenantId: string;
  /** The primary domain, where the export has one. */
  readonly domain: string | undefined;
  readonly place: Place;
}

/** The customers of an export, or the errors that keep the file from being one. */
export interface ReadCustomerExport {
  /** In the order of the file, each once; absent if there are issues. */
  readonly customers?: readonly ExportedCustomer[];
  readonly issues: readonly TenantListIssue[];
}

/**
 * What columns are called, in lower case: first in the file that "Export customers" of Partner Center gives (Microsoft's
 * documentation, "Manage your customer list": Microsoft ID, Company name, Primary domain name, Relationship, Tags), then in
 * what `Get-PartnerCustomer | Export-Csv` of Microsoft's PowerShell module writes.
 */
const COLUMNS = {
  tenantId: ["microsoft id", "customerid"],
  name: ["company name", "name"],
  domain: ["primary domain name", "domain"],
} as const;

/**
 * Reads Partner Center's export of the customers; never throws.
 *
 * Columns are found by their heads, in any order and letter case, and others are passed over; so is the line `#TYPE` that
 * Windows PowerShell writes first. Commas, semicolons and tabs are understood.
 */
export function readCustomerExport(source: TenantListFile): ReadCustomerExport {
  const { file } = source;
  const issues = createIssueCollector();
  if ("unreadable" in source) {
    const place = { file, line: 1, column: 1, path: "" };
    issues.error(place, "CSP_LIST_FILE_UNREADABLE", { file, reason: source.unreadable });
    return { issues: issues.sorted([file]) };
  }
  const bare = source.text.replace(/^\uFEFF/, "").replace(/^#TYPE [^\r\n]*/, "");
  const [head = [], ...rows] = readCsvRows({ file, text: bare, issues }) ?? [];
  const found = issues.sorted([file]);
  if (found.length > 0) return { issues: found };
  const columnOf = (field: keyof typeof COLUMNS) => findColumn(head, COLUMNS[field]);
  const tenantColumn = columnOf("tenantId");
  if (tenantColumn === -1) {
    const place = head[0] ? placeWith(head[0], head[0].path) : { file, line: 1, column: 1, path: "" };
    const columns = head.map((cell) => `"${cell.text}"`).join(", ") || "none";
    issues.error(place, "CSP_CUSTOMERS_COLUMN_MISSING", { columns });
    return { issues: issues.sorted([file]) };
  }
  const customers = new Map<string, ExportedCustomer>();
  const [nameColumn, domainColumn] = [columnOf("name"), columnOf("domain")];
  for (const row of rows) {
    const cell = row[tenantColumn];
    const found = cell ?? row[0];
    if (!found) continue;
    const place = placeWith(found, found.path);
    const tenantId = (cell?.text ?? "").toLowerCase();
    const problem = guidProblem("Microsoft ID", tenantId);
    issues.take(place, problem);
    const domain = textOf(row, domainColumn);
    const name = textOf(row, nameColumn) ?? domain ?? tenantId;
    // Who is both direct partner and indirect reseller finds a customer twice in the export.
    if (!problem && !customers.has(tenantId)) customers.set(tenantId, { name, tenantId, domain, place });
  }
  const wrong = issues.sorted([file]);
  return wrong.length > 0 ? { issues: wrong } : { customers: [...customers.values()], issues: [] };
}

function findColumn(head: CsvRow, names: readonly string[]): number {
  const heads = head.map(({ text }) => text.replaceAll(/\s+/g, " ").toLowerCase());
  return heads.findIndex((each) => names.includes(each));
}

function textOf(row: CsvRow, column: number): string | undefined {
  const text = withoutUnprintable(row[column]?.text ?? "");
  return text === "" ? undefined : text;
}
