import { type ExportedCustomer, sameId } from "@azurestack-csp/provider";
import { type KeyedRegistration, type LiveRow, withDistinctNames } from "../adopt/liveRows.ts";
import { printList } from "../adopt/printList.ts";

/** What a first list is made of. */
export interface FirstListRequest {
  readonly registrations: readonly KeyedRegistration[];
  /** Customers that are registered on one of them. */
  readonly live: readonly LiveRow[];
  /** Customers that Partner Center knows. */
  readonly exported: readonly ExportedCustomer[];
  /** The file's name, which ends in `.yaml` or `.yml`. */
  readonly file: string;
  /** The day in UTC, `YYYY-MM-DD`. */
  readonly today: string;
}

/** A first list. */
export interface FirstList {
  readonly text: string;
  /** How many customers it declares. */
  readonly tenants: number;
  /** How many it only has as comments, because nobody has said which subscription they are billed to. */
  readonly open: number;
}

/**
 * A first list: what is live as rows, under the names of Partner Center where it has them; and as comments its other
 * customers, whose subscriptions the export does not know and which are not made up.
 */
export function firstList({ registrations, live, exported, file, today }: FirstListRequest): FirstList {
  const byTenant = new Map(exported.map((customer) => [customer.tenantId, customer]));
  const named = live.map((row) => ({ ...row, name: byTenant.get(row.tenantId)?.name ?? row.name }));
  const rows = withDistinctNames(named).sort((left, right) => left.name.localeCompare(right.name, "en"));
  const open = exported.filter(({ tenantId }) => !live.some((row) => sameId(row.tenantId, tenantId)));
  const [list] = printList({ registrations, rows, file, today, command: "init" });
  const text = `${list?.text ?? ""}${openRows(open, { registrations, isFirst: rows.length === 0 })}`;
  return { text, tenants: rows.length, open: open.length };
}

function openRows(
  open: readonly ExportedCustomer[],
  { registrations, isFirst }: { readonly registrations: readonly KeyedRegistration[]; readonly isFirst: boolean },
): string {
  if (open.length === 0) return "";
  const keys = registrations.map(({ key }) => key);
  const lines = [
    "TODO: Partner Center's other customers, which are registered on none of these Hubs. Its export knows no subscriptions:",
    "put in the Azure subscription that was sold to the customer, then take the row in by removing its comment signs, or",
    "delete it where the customer uses no Hub.",
    ...(isFirst ? ["Write `tenants:` in place of `tenants: []` with the first one."] : []),
  ];
  const rows = open.flatMap(({ name, tenantId, domain }) => [
    `  - name: ${JSON.stringify(name)}${domain === undefined || domain === name ? "" : ` # ${domain}`}`,
    `    tenantId: ${tenantId}`,
    "    customerSubscriptionId: # TODO",
    keys.length === 1 ? `    registrations: [${keys.join()}]` : `    registrations: [] # TODO, of ${keys.join(", ")}`,
  ]);
  return ["", ...lines.map((line) => `# ${line}`), "#", ...rows.map((line) => `#${line}`), ""].join("\n");
}
