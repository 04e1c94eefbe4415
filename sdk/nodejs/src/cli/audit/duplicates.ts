import { isReadable, type LiveMapping, type RegistrationFacts, type RegistrationPlan } from "@azurestack-csp/provider";
import { registrationNameOf } from "../plan/planWording.ts";
import type { Finding } from "./finding.ts";

interface Placed extends LiveMapping {
  readonly registration: string;
}

/**
 * What occurs twice and may occur once: a tenant with several customer subscriptions on one registration, a customer
 * subscription that serves different tenants on different registrations, two registrations of one Hub.
 */
export function duplicateFindings(
  registrations: readonly RegistrationPlan[],
  live: readonly RegistrationFacts[],
): readonly Finding[] {
  const readable = registrations.flatMap((registration, index) => {
    const facts = live[index];
    return facts && isReadable(facts) ? [{ name: registrationNameOf(registration), facts }] : [];
  });
  const mappings: readonly Placed[] = readable.flatMap(({ name, facts }) =>
    facts.mappings.map((mapping) => ({ ...mapping, registration: name })),
  );
  return [
    ...tenantsTwice(mappings),
    ...subscriptionsOfSeveral(mappings),
    ...hubsTwice(readable.map(({ name, facts }) => ({ registration: name, cloudId: facts.cloudId }))),
  ];
}

function tenantsTwice(mappings: readonly Placed[]): readonly Finding[] {
  const byTenant = Map.groupBy(
    mappings,
    ({ registration, tenantId = "" }) => `${registration} ${tenantId.toLowerCase()}`,
  );
  return [...byTenant.values()].flatMap(([first, ...others]): readonly Finding[] => {
    if (!first?.tenantId || others.length === 0) return [];
    const { registration, tenantId } = first;
    const subscriptions = [first, ...others].map(({ customerSubscriptionId }) => customerSubscriptionId).join(", ");
    const message = `the tenant has several customer subscriptions: ${subscriptions}`;
    return [{ kind: "duplicate", severity: "finding", registration, tenantId, message }];
  });
}

function subscriptionsOfSeveral(mappings: readonly Placed[]): readonly Finding[] {
  const bySubscription = Map.groupBy(mappings, ({ customerSubscriptionId }) => customerSubscriptionId.toLowerCase());
  return [...bySubscription].flatMap(([customerSubscriptionId, uses]): readonly Finding[] => {
    const tenants = [...new Set(uses.flatMap(({ tenantId }) => (tenantId ? [tenantId.toLowerCase()] : [])))];
    if (tenants.length < 2) return [];
    const registration = [...new Set(uses.map((use) => use.registration))].join(", ");
    const message = `the subscription pays for several tenants: ${tenants.join(", ")}`;
    return [{ kind: "duplicate", severity: "finding", registration, customerSubscriptionId, message }];
  });
}

function hubsTwice(hubs: readonly { registration: string; cloudId: string | undefined }[]): readonly Finding[] {
  const byCloud = Map.groupBy(
    hubs.filter(({ cloudId }) => cloudId),
    ({ cloudId = "" }) => cloudId.toLowerCase(),
  );
  return [...byCloud].flatMap(([cloudId, same]): readonly Finding[] => {
    if (same.length < 2) return [];
    const registration = same.map((each) => each.registration).join(", ");
    return [{ kind: "duplicate", severity: "finding", registration, message: `registrations of one Hub, ${cloudId}` }];
  });
}
