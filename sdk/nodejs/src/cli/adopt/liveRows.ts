import {
  type Access,
  type AzureClients,
  type DeclaredLock,
  guidProblem,
  type RegistrationId,
} from "@azurestack-csp/provider";
import pMap from "p-map";
import type { Progress } from "../console/terminal.ts";

/** A registration that is to be listed, under the key that the list gets for it. */
export interface KeyedRegistration {
  readonly key: string;
  readonly registration: RegistrationId;
  /** How it is reached, where that is not the cloud and the credential of the run. */
  readonly access?: Access;
  /** The lock that it has to have. */
  readonly lock?: DeclaredLock;
}

/** A customer as the list gets it. */
export interface LiveRow {
  readonly name: string;
  readonly tenantId: string;
  /** The customer subscription on each registration, by key. */
  readonly subscriptions: ReadonlyMap<string, string>;
}

/** What is live, row by row, and what cannot be written as a row. */
export interface LiveRows {
  /** By name. */
  readonly rows: readonly LiveRow[];
  /** Customer subscriptions whose tenant neither the service nor their directory tells, or that is no GUID there. */
  readonly withoutTenant: readonly string[];
  /** Further mappings of a tenant on one registration, of which a row holds one. */
  readonly further: readonly LiveRowMapping[];
}

/** A customer subscription of a tenant on a registration, named by its key. */
interface LiveRowMapping {
  readonly key: string;
  readonly tenantId: string;
  readonly customerSubscriptionId: string;
}

interface Found {
  readonly key: string;
  readonly clients: LiveRowClients;
  readonly tenantId: string | undefined;
  readonly customerSubscriptionId: string;
}

/** What is asked of a registration and of its customers. */
export type LiveRowClients = Pick<AzureClients, "registrations" | "subscriptionName">;

/** How many customers are looked up side by side. */
const CONCURRENCY = 16;

/**
 * Reads all customers of the registrations, and names them after their subscriptions where these may be read.
 *
 * @throws ProviderError where a registration cannot be read; a list of the others would look complete.
 */
export async function readLiveRows(
  clientsOf: (access: Access) => LiveRowClients,
  request: { readonly registrations: readonly KeyedRegistration[]; readonly progress: Progress },
): Promise<LiveRows> {
  const { registrations, progress } = request;
  const listed = await Promise.all(
    registrations.map(async ({ key, registration, access = {} }): Promise<readonly Found[]> => {
      const clients = clientsOf(access);
      const live = await clients.registrations.listCustomerSubscriptions(registration);
      return live.map(({ tenantId, customerSubscriptionId }) => ({ key, clients, tenantId, customerSubscriptionId }));
    }),
  );
  const withTenant = async (each: Found): Promise<Found> => ({
    ...each,
    tenantId: each.tenantId ?? (await each.clients.registrations.getDirectory(each.customerSubscriptionId)),
  });
  const found = await pMap(listed.flat(), withTenant, { concurrency: CONCURRENCY });
  const byTenant = Map.groupBy(found, ({ tenantId = "" }) => (isGuid(tenantId) ? tenantId.toLowerCase() : ""));
  const withoutTenant = (byTenant.get("") ?? []).map(({ customerSubscriptionId }) => customerSubscriptionId);
  byTenant.delete("");
  progress.update(`Reading the names of ${byTenant.size} customers`);
  const further = [...byTenant].flatMap(([tenantId, mappings]) => {
    const keys = mappings.map(({ key }) => key);
    const later = mappings.filter(({ key }, index) => keys.indexOf(key) !== index);
    return later.map(({ key, customerSubscriptionId }) => ({ key, tenantId, customerSubscriptionId }));
  });
  const rows = await pMap(byTenant, toRow, { concurrency: CONCURRENCY });
  return {
    rows: withDistinctNames(rows).sort((left, right) => left.name.localeCompare(right.name, "en")),
    withoutTenant,
    further,
  };
}

async function toRow([tenantId, mappings]: readonly [string, readonly Found[]]): Promise<LiveRow> {
  const subscriptions = new Map<string, string>();
  for (const { key, customerSubscriptionId } of mappings) {
    if (!subscriptions.has(key)) subscriptions.set(key, customerSubscriptionId);
  }
  const [first] = mappings;
  const name = await first?.clients.subscriptionName(first.customerSubscriptionId);
  return { name: name ?? tenantId, tenantId, subscriptions };
}

function isGuid(tenantId: string): boolean {
  return guidProblem("tenantId", tenantId.toLowerCase()) === undefined;
}

/** Two customers of one name could not be told apart in reports, so such a name gets the tenant's id. */
export function withDistinctNames(rows: readonly LiveRow[]): LiveRow[] {
  const byName = Map.groupBy(rows, ({ name }) => name.toLowerCase());
  return rows.map((row) => {
    const isAlone = byName.get(row.name.toLowerCase())?.length === 1;
    return isAlone ? row : { ...row, name: `${row.name} (${row.tenantId})` };
  });
}
