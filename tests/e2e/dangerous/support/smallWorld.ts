import type { Subscription, World } from "@azurestack-csp/emulator";

/** A tenant and the customer subscription it is mapped to. */
export interface Pair {
  readonly customerSubscriptionId: string;
  readonly tenantId: string;
}

/** A customer: a directory and two subscriptions that belong to it. */
export interface Customer {
  readonly tenantId: string;
  readonly first: string;
  readonly second: string;
}

const partner = "10000000-aaaa-4000-8000-000000000001";
const partnerId = "4823951";

/** The registration that every mapping is made on, unless a test says otherwise. */
export const hub = {
  subscriptionId: "20000000-aaaa-4000-8000-000000000001",
  resourceGroup: "azurestack",
  name: "hub",
};

/** ARM id of the registration. */
export const hubId = `/subscriptions/${hub.subscriptionId}/resourceGroups/${hub.resourceGroup}/providers/Microsoft.AzureStack/registrations/${hub.name}`;

/** A second registration of the same subscription. */
export const otherHub = { ...hub, name: "other-hub" };

/** Twenty customers, numbered from 0. */
export const customers: readonly Customer[] = Array.from({ length: 20 }, (_, index) => ({
  tenantId: guid("3", index),
  first: guid("4", index),
  second: guid("5", index),
}));

/** A customer by number. */
export function customer(index: number): Customer {
  const found = customers[index];
  if (!found) throw new RangeError(`There is no customer ${index}.`);
  return found;
}

/** A world of one partner, one subscription with two registrations, and twenty customers who are not registered yet. */
export function smallWorld(changes: Partial<World> = {}): World {
  return {
    directories: [
      {
        tenantId: partner,
        applications: [
          {
            clientId: "60000000-aaaa-4000-8000-000000000001",
            clientSecret: "emulator-only-dangerous-sequences",
            objectId: "70000000-aaaa-4000-8000-000000000001",
          },
        ],
      },
      ...customers.map(({ tenantId }) => ({ tenantId })),
    ],
    subscriptions: [
      {
        subscriptionId: hub.subscriptionId,
        tenantId: partner,
        displayName: "Hub",
        kind: "csp",
        partnerId,
        providers: ["Microsoft.AzureStack"],
        resourceGroups: [{ name: hub.resourceGroup, location: "westeurope" }],
      },
      ...customers.flatMap(({ tenantId, first, second }) => [sold(first, tenantId), sold(second, tenantId)]),
    ],
    registrations: [registration(hub.name, "1"), registration(otherHub.name, "2")],
    ...changes,
  };
}

/** The facts of a registration of the partner's subscription. */
export function registration(name: string, digit: string) {
  return {
    ...hub,
    name,
    cloudId: guid(`8${digit}`, 0),
    objectId: guid(`9${digit}`, 0),
    billingModel: "PayAsYouUse",
    approvedForMultiTenancy: true,
  };
}

function sold(subscriptionId: string, tenantId: string): Subscription {
  return { subscriptionId, tenantId, displayName: subscriptionId, kind: "csp", partnerId };
}

/** Letters in it, so that letter case matters. */
function guid(prefix: string, index: number): string {
  return `${prefix.padEnd(8, "0")}-abcd-4000-8000-${index.toString(16).padStart(12, "0")}`;
}
