import { basename, dirname, join } from "node:path";
import { type WritableTenantList, type WriteOptions, writeTenantList } from "@azurestack-csp/provider";
import { spreadsheetText } from "../console/spreadsheetText.ts";
import type { KeyedRegistration, LiveRow } from "./liveRows.ts";

/** What a list is written of. */
export interface PrintRequest {
  readonly registrations: readonly KeyedRegistration[];
  readonly rows: readonly LiveRow[];
  /** The file's ending tells the format: `.json`, `.csv`, or YAML otherwise. */
  readonly file: string;
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  /** The command that writes it. @default "adopt" */
  readonly command?: "adopt" | "init";
}

/** A file of a list. */
export interface PrintedFile {
  readonly file: string;
  readonly text: string;
}

/** A format that a list can be written in. */
export type ListFileFormat = WriteOptions["format"];

/** Lets editors complete and check the list, where the package is installed beside it. */
const SCHEMA = "yaml-language-server: $schema=./node_modules/azurestack-csp/schemas/tenant-list.schema.json";

/** Where the customers' names come from. */
const NAMES = {
  adopt: "Names are those of the customers' subscriptions where these could be read",
  init: "Names are those of Partner Center's export, or of the customers' subscriptions where these could be read",
} as const;

/** The file that registrations go into where the customers go into CSV, which has no place for them. */
const REGISTRATIONS_FILE = "registrations.yaml";

/** The format that a list is read in, told by the ending of its file's name. */
function formatOfFile(file: string): ListFileFormat {
  const [, ending] = /\.(json|csv)$/i.exec(file) ?? [];
  return ending === undefined ? "yaml" : (ending.toLowerCase() as ListFileFormat);
}

/**
 * Writes a tenant list of what is live, as one file; or as two for CSV: the registrations in YAML beside it come first.
 *
 * Without a customer there is no CSV file, which would be taken for one that was cut off.
 */
export function printList(request: PrintRequest): readonly PrintedFile[] {
  const { registrations, rows, file, today, command = "adopt" } = request;
  const format = formatOfFile(file);
  const about = `The customers that were registered on ${today}, written by azurestack-csp ${command}.\n${NAMES[command]}; nothing depends on them.`;
  const write = (list: WritableTenantList, comment: string) =>
    writeTenantList(list, { format: format === "json" ? "json" : "yaml", comment: `${SCHEMA}\n\n${comment}` });
  if (format !== "csv") return [{ file, text: write({ registrations, tenants: rows.map(toTenant) }, about) }];
  const beside = join(dirname(file), REGISTRATIONS_FILE);
  const hubs = (comment: string) => ({ file: beside, text: write({ registrations, tenants: [] }, comment) });
  if (rows.length === 0) return [hubs(about)];
  const comment = `The registrations of ${basename(file)}, which has the customers; name both files where the list is asked for.`;
  const tenants = rows.map((row) => toTenant({ ...row, name: spreadsheetText(row.name) }));
  return [hubs(comment), { file, text: writeTenantList({ registrations, tenants }, { format }) }];
}

function toTenant({ name, tenantId, subscriptions }: LiveRow) {
  const mappings = [...subscriptions].map(([registrationKey, customerSubscriptionId]) => ({
    registrationKey,
    customerSubscriptionId,
  }));
  return { name, tenantId, mappings, labels: {}, state: "active" as const, overwrite: [] };
}
