import { sameId } from "@azurestack-csp/provider/ids";
import { type Exchange, parameter } from "../pipeline/exchange.ts";
import type { Operation } from "../pipeline/router.ts";
import {
  AZURE_STACK,
  armVersions,
  customerSubscriptionVersions,
  lockVersions,
  registrationVersions,
  roleVersions,
} from "../protocol/apiVersions.ts";
import { invalidResourceNamespace } from "../protocol/armErrors.ts";
import { type EmulatorResponse, json } from "../protocol/http.ts";
import type { JsonObject } from "../protocol/readBody.ts";

const LIST = "/subscriptions/{subscriptionId}/providers";
const ITEM = `${LIST}/{namespace}`;

/** Resource providers, and whether they are registered in a subscription. */
export const providerOperations: readonly Operation[] = [
  {
    name: "Providers_List",
    method: "GET",
    path: LIST,
    apiVersions: "arm",
    action: "Microsoft.Resources/subscriptions/providers/read",
    handle: list,
  },
  {
    name: "Providers_Get",
    method: "GET",
    path: ITEM,
    apiVersions: "arm",
    action: "Microsoft.Resources/subscriptions/providers/read",
    handle: get,
  },
  {
    name: "Providers_Register",
    method: "POST",
    path: `${ITEM}/register`,
    apiVersions: "arm",
    action: "Microsoft.AzureStack/register/action",
    handle: register,
  },
  {
    name: "Operations_List",
    method: "GET",
    path: `/providers/${AZURE_STACK}/operations`,
    apiVersions: registrationVersions,
    handle: listOperations,
  },
];

interface ProviderType {
  readonly resourceType: string;
  readonly apiVersions: readonly string[];
  readonly locations: readonly string[];
}

/** Types by namespace; versions newest first, since clients take the first that is no preview. */
const providers: Readonly<Record<string, readonly ProviderType[]>> = {
  [AZURE_STACK]: [
    { resourceType: "operations", apiVersions: registrationVersions, locations: ["Global"] },
    { resourceType: "registrations", apiVersions: registrationVersions, locations: ["Global"] },
    {
      resourceType: "registrations/customerSubscriptions",
      apiVersions: customerSubscriptionVersions,
      locations: ["Global"],
    },
  ],
  "Microsoft.Authorization": [
    { resourceType: "locks", apiVersions: lockVersions, locations: [] },
    { resourceType: "roleAssignments", apiVersions: roleVersions, locations: [] },
    { resourceType: "roleDefinitions", apiVersions: roleVersions, locations: [] },
  ],
  "Microsoft.Resources": [
    { resourceType: "subscriptions", apiVersions: armVersions, locations: [] },
    { resourceType: "resourceGroups", apiVersions: armVersions, locations: [] },
    { resourceType: "tenants", apiVersions: armVersions, locations: [] },
  ],
};

const operations = [
  ["registrations", "read", "Reads registrations"],
  ["registrations", "write", "Creates or changes a registration"],
  ["registrations", "delete", "Deletes a registration"],
  ["registrations/customerSubscriptions", "read", "Reads customer subscriptions"],
  ["registrations/customerSubscriptions", "write", "Adds a customer subscription"],
  ["registrations/customerSubscriptions", "delete", "Removes a customer subscription"],
] as const;

function list(exchange: Exchange): EmulatorResponse {
  return json(200, { value: Object.keys(providers).map((namespace) => providerResource(exchange, namespace)) });
}

function get(exchange: Exchange): EmulatorResponse {
  const namespace = known(parameter(exchange, "namespace"));
  return namespace
    ? json(200, providerResource(exchange, namespace))
    : invalidResourceNamespace(parameter(exchange, "namespace"));
}

function register(exchange: Exchange): EmulatorResponse {
  const namespace = known(parameter(exchange, "namespace"));
  if (!namespace) return invalidResourceNamespace(parameter(exchange, "namespace"));
  exchange.services.store.subscriptions.registerProvider(parameter(exchange, "subscriptionId"), namespace);
  return json(200, providerResource(exchange, namespace));
}

function listOperations(): EmulatorResponse {
  const value = operations.map(([resource, verb, description]) => ({
    name: `${AZURE_STACK}/${resource}/${verb}`,
    display: { provider: "Azure Stack", resource, operation: verb, description },
  }));
  return json(200, { value });
}

function providerResource(exchange: Exchange, namespace: string): JsonObject {
  const subscriptionId = parameter(exchange, "subscriptionId");
  const isBuiltIn = namespace !== AZURE_STACK;
  const registered = isBuiltIn || exchange.services.store.subscriptions.hasProvider(subscriptionId, namespace);
  return {
    id: `/subscriptions/${subscriptionId}/providers/${namespace}`,
    namespace,
    registrationPolicy: isBuiltIn ? "RegistrationFree" : "RegistrationRequired",
    resourceTypes: (providers[namespace] ?? []).map((type) => ({ ...type, capabilities: "None" })),
    registrationState: registered ? "Registered" : "NotRegistered",
  };
}

/** The namespace as Azure spells it. */
function known(namespace: string): string | undefined {
  return Object.keys(providers).find((name) => sameId(name, namespace));
}
