import type { JsonObject } from "../../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import type { Operation } from "../../../pipeline/router.ts";
import { AZURE_STACK, findNamespace, providers, registrationVersions } from "../apiVersions.ts";
import { invalidResourceNamespace } from "../errors.ts";

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
  const asked = parameter(exchange, "namespace");
  const namespace = findNamespace(asked);
  return namespace ? json(200, providerResource(exchange, namespace)) : invalidResourceNamespace(asked);
}

function register(exchange: Exchange): EmulatorResponse {
  const asked = parameter(exchange, "namespace");
  const namespace = findNamespace(asked);
  if (!namespace) return invalidResourceNamespace(asked);
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
