import {
  aFew,
  isReadable,
  type LocalSubscription,
  parseRegistrationId,
  type RegistrationFacts,
  type RegistrationPlan,
  registrationKey,
  sameId,
  type TenantList,
} from "@azurestack-csp/provider";
import type { Finding } from "./finding.ts";
import type { HubFacts, LocalFacts } from "./lookAtHubs.ts";

/** Whom the Hubs serve, and who is registered. */
export interface UnregisteredRequest {
  readonly registrations: readonly RegistrationPlan[];
  readonly live: readonly RegistrationFacts[];
  readonly hubs: readonly HubFacts[];
  readonly list: Pick<TenantList, "tenants">;
}

/** A registration that was read, as the list and Azure have it. */
interface Registered {
  readonly key: string;
  readonly mappings: readonly { readonly tenantId: string | undefined }[];
  readonly list: Pick<TenantList, "tenants">;
}

/**
 * The directory tenants that have local subscriptions on a Hub, and that neither its registration nor the list has there.
 *
 * The operator's own directory is left out: its usage is billed to the registration's subscription by right. So is every Hub
 * whose registration could not be read, or that another one registers, since that is a finding by itself; and whoever is in the
 * list and not live is found as missing.
 */
export function unregisteredFindings({ registrations, live, hubs, list }: UnregisteredRequest): readonly Finding[] {
  const asked = new Map(hubs.map((hub) => [hub.key, hub]));
  return registrations.flatMap(({ key, registration }, index): readonly Finding[] => {
    const facts = live[index];
    const hub = asked.get(key ?? "");
    if (key === undefined || !hub || "problem" in hub || !facts || !isReadable(facts)) return [];
    const own = parseRegistrationId(hub.activation?.registrationId ?? "");
    if (!own || registrationKey(own) !== registrationKey(registration)) return [];
    return findingsOf(hub.local, { key, mappings: facts.mappings, list });
  });
}

function findingsOf(local: LocalFacts, { key, mappings, list }: Registered): readonly Finding[] {
  const finding = { kind: "unregistered", severity: "finding", registration: key } as const;
  if ("problem" in local) {
    return [{ ...finding, message: `whom the Hub serves, and so whose usage you pay, is not known: ${local.problem}` }];
  }
  const declared = list.tenants.filter((tenant) => tenant.mappings.some((each) => each.registrationKey === key));
  const fine = new Set(
    [...declared, ...mappings, { tenantId: homeOf(local) }].map(({ tenantId }) => tenantId?.toLowerCase()),
  );
  const { operatorSubscriptionId = "" } = local;
  const customers = local.subscriptions.filter(({ subscriptionId }) => !sameId(subscriptionId, operatorSubscriptionId));
  const unsure = mappings.some(({ tenantId }) => tenantId === undefined);
  return [...Map.groupBy(customers, ({ tenantId }) => tenantId?.toLowerCase())].flatMap(
    ([tenantId, theirs]): readonly Finding[] => {
      if (tenantId === undefined) return [{ ...finding, message: tenantNotTold(theirs) }];
      if (fine.has(tenantId)) return [];
      const listed = list.tenants.find((tenant) => sameId(tenant.tenantId, tenantId));
      const message = messageOf({ key, tenantId, theirs, isListed: listed !== undefined, unsure });
      return [{ ...finding, severity: theirs.every(isDisabled) ? "note" : "finding", tenantId, message }];
    },
  );
}

/** The operator's directory, where the Hub tells it in one way or the other. */
function homeOf({ homeTenantId, operatorSubscriptionId, subscriptions }: Exclude<LocalFacts, { problem: string }>) {
  const own = subscriptions.find(({ subscriptionId }) => sameId(subscriptionId, operatorSubscriptionId ?? ""));
  return homeTenantId ?? own?.tenantId;
}

/** A disabled subscription reports no usage (Azure Stack Hub documentation, "Manage subscriptions"). */
function isDisabled({ state = "" }: LocalSubscription): boolean {
  return sameId(state, "Disabled");
}

function messageOf(unregistered: {
  readonly key: string;
  readonly tenantId: string;
  readonly theirs: readonly LocalSubscription[];
  readonly isListed: boolean;
  readonly unsure: boolean;
}): string {
  const { key, tenantId, theirs, isListed, unsure } = unregistered;
  const row = `{ name: NAME, tenantId: ${tenantId}, customerSubscriptionId: AZURE_SUBSCRIPTION, registrations: [${key}] }`;
  const todo = isListed ? `add ${key} to the registrations of its row` : `add its row: ${row}`;
  const billed = "billed to the registration's own subscription, for the tenant is not registered";
  const leadsTo = theirs.every(isDisabled) ? `disabled; once enabled, usage is ${billed}` : `usage is ${billed}`;
  const doubt = unsure ? ", as far as Azure tells the tenants of its mappings" : "";
  return `${namesOf(theirs)}: ${leadsTo}${doubt}; ${todo}`;
}

function tenantNotTold(theirs: readonly LocalSubscription[]): string {
  return `${namesOf(theirs)}: whether the tenant is registered is not known, for the Hub does not tell it`;
}

function namesOf(subscriptions: readonly LocalSubscription[]): string {
  const names = subscriptions.map(({ displayName, subscriptionId }) => `"${displayName ?? ""}" (${subscriptionId})`);
  return `local ${names.length === 1 ? "subscription" : "subscriptions"} ${aFew(names)}`;
}
