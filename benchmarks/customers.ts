import { createHash } from "node:crypto";
import type { World } from "@azurestack-csp/emulator";

/** A customer's directory and the subscription that was sold to it. */
export interface Customer {
  readonly name: string;
  readonly tenantId: string;
  readonly customerSubscriptionId: string;
}

const home = guid("home directory");
const hub = {
  registrationSubscriptionId: guid("registration subscription"),
  resourceGroup: "azurestack",
  registrationName: "azurestack-hub",
};
/** The ARM id of the world's one registration. */
export const registrationId = `/subscriptions/${hub.registrationSubscriptionId}/resourceGroups/${hub.resourceGroup}/providers/Microsoft.AzureStack/registrations/${hub.registrationName}`;

const partnerId = "4823951";

/** As many customers as asked for, the same ones in every run. */
export function makeCustomers(count: number): readonly Customer[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `Customer ${index + 1}`,
    tenantId: guid(`directory ${index}`),
    customerSubscriptionId: guid(`subscription ${index}`),
  }));
}

/** A world with one registration and these customers, none of them registered yet. */
export function makeWorld(customers: readonly Customer[]): World {
  const application = { clientId: guid("application"), clientSecret: "emulator-only", objectId: guid("principal") };
  return {
    directories: [
      { tenantId: home, applications: [{ ...application, multiTenant: true }] },
      ...customers.map(({ name, tenantId }) => ({ tenantId, displayName: name })),
    ],
    subscriptions: [
      {
        subscriptionId: hub.registrationSubscriptionId,
        tenantId: home,
        displayName: "Azure Stack Hub",
        kind: "csp",
        partnerId,
        providers: ["Microsoft.AzureStack"],
        resourceGroups: [{ name: hub.resourceGroup, location: "francecentral" }],
      },
      ...customers.map(({ name, tenantId, customerSubscriptionId }) => ({
        subscriptionId: customerSubscriptionId,
        tenantId,
        displayName: name,
        kind: "csp" as const,
        partnerId,
      })),
    ],
    registrations: [
      {
        subscriptionId: hub.registrationSubscriptionId,
        resourceGroup: hub.resourceGroup,
        name: hub.registrationName,
        cloudId: guid("hub"),
        objectId: guid("bridge"),
        billingModel: "PayAsYouUse",
        approvedForMultiTenancy: true,
      },
    ],
  };
}

/** The tenant list, in YAML, that registers these customers. */
export function makeTenantList(customers: readonly Customer[]): string {
  const lines = [
    "registrations:",
    "  hub:",
    ...Object.entries(hub).map(([key, value]) => `    ${key}: ${value}`),
    "defaults:",
    "  registrations: [hub]",
    customers.length === 0 ? "tenants: []" : "tenants:",
    ...customers.flatMap(({ name, tenantId, customerSubscriptionId }) => [
      `  - name: ${name}`,
      `    tenantId: ${tenantId}`,
      `    customerSubscriptionId: ${customerSubscriptionId}`,
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A GUID that looks random and stays the same for one text. */
function guid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
