import assert from "node:assert/strict";
import {
  type Plan,
  parseTenantList,
  planTenantList,
  type RegistrationFacts,
  readManagedMappings,
} from "@azurestack-csp/provider";

const registration = {
  registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
  resourceGroup: "azurestack",
  registrationName: "azurestack-hub-paris",
};

/** The ARM id of the registration that plans are made over. */
export const registrationId = `/subscriptions/${registration.registrationSubscriptionId}/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/azurestack-hub-paris`;

/** The tenant and the customer subscription of a made-up customer. */
export function idsOf(index: number) {
  const id = (kind: string) => `${kind}0000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
  return { tenantId: id("a"), customerSubscriptionId: id("b") };
}

/** A plan over one registration: customers by their numbers, as the list, Azure and the stack have them. */
export function planOf(numbers: {
  readonly declared: readonly number[];
  readonly live: readonly number[];
  readonly managed: readonly number[];
}): Plan {
  return planTenantList({ ...factsOf(numbers), today: "2026-11-21" });
}

/** What {@link planOf} plans from. */
export function factsOf({ declared, live, managed }: Parameters<typeof planOf>[0]) {
  const tenants = declared.map((index) => ({ name: `Customer ${index}`, ...idsOf(index), registrations: ["paris"] }));
  const text = JSON.stringify({ registrations: { paris: { registrationId } }, tenants });
  const { list } = parseTenantList([{ file: "tenants.json", text }]);
  assert.ok(list);
  const facts: RegistrationFacts = {
    registration,
    billingModel: "PayAsYouUse",
    cloudId: undefined,
    mappings: live.map(idsOf),
  };
  const resources = managed.map((index) => {
    const { tenantId, customerSubscriptionId } = idsOf(index);
    return {
      urn: `urn:pulumi:test::azurestack-csp::pulumi-nodejs:dynamic/azurestack:CustomerSubscription::paris/${tenantId}`,
      type: "pulumi-nodejs:dynamic/azurestack:CustomerSubscription",
      id: `${registrationId}/customerSubscriptions/${customerSubscriptionId}`,
      outputs: { tenantId, customerSubscriptionId },
    };
  });
  return { list, live: [facts], managed: readManagedMappings({ resources }) };
}

/** The numbers from 0. */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
