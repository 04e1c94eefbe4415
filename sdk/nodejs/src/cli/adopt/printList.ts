import { writeTenantList } from "@azurestack-csp/provider";
import type { KeyedRegistration, LiveRow } from "./liveRows.ts";

/** What a list is written of. */
export interface PrintRequest {
  readonly registrations: readonly KeyedRegistration[];
  readonly rows: readonly LiveRow[];
  /** The file's ending tells the format: JSON for `.json`, YAML otherwise. */
  readonly file: string;
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
}

/** Lets editors complete and check the list, where the package is installed beside it. */
const SCHEMA = "yaml-language-server: $schema=./node_modules/azurestack-csp/schemas/tenant-list.schema.json";

/** Writes a tenant list of what is live. */
export function printList({ registrations, rows, file, today }: PrintRequest): string {
  const list = { registrations, tenants: rows.map(toTenant) };
  const comment = `${SCHEMA}\n\nThe customers that were registered on ${today}, written by azurestack-csp adopt.\nNames are those of the customers' subscriptions where these could be read; nothing depends on them.`;
  return writeTenantList(list, { format: file.toLowerCase().endsWith(".json") ? "json" : "yaml", comment });
}

function toTenant({ name, tenantId, subscriptions }: LiveRow) {
  const mappings = [...subscriptions].map(([registrationKey, customerSubscriptionId]) => ({
    registrationKey,
    customerSubscriptionId,
  }));
  return { name, tenantId, mappings, labels: {}, state: "active" as const, overwrite: [] };
}
