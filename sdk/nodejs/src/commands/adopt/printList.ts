import { formatRegistrationId } from "@azurestack-csp/provider";
import { Document } from "yaml";
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

/** Writes a tenant list of what is live. */
export function printList({ registrations, rows, file, today }: PrintRequest): string {
  const list = {
    registrations: Object.fromEntries(
      registrations.map(({ key, registration }) => [key, { registrationId: formatRegistrationId(registration) }]),
    ),
    tenants: rows.map(toTenant),
  };
  if (file.toLowerCase().endsWith(".json")) return `${JSON.stringify(list, undefined, 2)}\n`;
  const document = new Document(list);
  document.commentBefore = ` The customers that were registered on ${today}, written by azurestack-csp adopt.\n Names are those of the customers' subscriptions where these could be read; nothing depends on them.`;
  return document.toString({ lineWidth: 0 });
}

/** The subscription that most registrations share stands in the row, and the others where they are. */
function toTenant({ name, tenantId, subscriptions }: LiveRow) {
  const customerSubscriptionId = mostFrequent([...subscriptions.values()]);
  const differs = [...subscriptions.values()].some((id) => id !== customerSubscriptionId);
  const registrations = differs
    ? Object.fromEntries(
        [...subscriptions].map(([key, id]) => [
          key,
          id === customerSubscriptionId ? null : { customerSubscriptionId: id },
        ]),
      )
    : [...subscriptions.keys()];
  return { name, tenantId, customerSubscriptionId, registrations };
}

function mostFrequent(ids: readonly string[]): string {
  const [most] = [...Map.groupBy(ids, (id) => id)].sort(([, left], [, right]) => right.length - left.length);
  return most?.[0] ?? "";
}
