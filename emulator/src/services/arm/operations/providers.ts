import type { JsonObject } from "../../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import { invalidResourceNamespace } from "../errors.ts";
import type { ArmOperation } from "../exchange.ts";
import { findProvider, type ResourceProvider } from "../providers.ts";

const LIST = "/subscriptions/{subscriptionId}/providers";
const ITEM = `${LIST}/{namespace}`;
const READ = "Microsoft.Resources/subscriptions/providers/read";

/** Resource providers, and whether they are registered in a subscription. */
export function providerOperations(providers: readonly ResourceProvider[]): readonly ArmOperation[] {
  return [
    {
      name: "Providers_List",
      method: "GET",
      path: LIST,
      action: READ,
      handle: (exchange) => json(200, { value: providers.map((provider) => shape(exchange, provider)) }),
    },
    {
      name: "Providers_Get",
      method: "GET",
      path: ITEM,
      action: READ,
      handle: (exchange) => get(exchange, providers),
    },
    {
      name: "Providers_Register",
      method: "POST",
      path: `${ITEM}/register`,
      action: "{namespace}/register/action",
      handle: (exchange) => register(exchange, providers),
    },
  ];
}

function get(exchange: Exchange, providers: readonly ResourceProvider[]): EmulatorResponse {
  const asked = parameter(exchange, "namespace");
  const provider = findProvider(providers, asked);
  return provider ? json(200, shape(exchange, provider)) : invalidResourceNamespace(asked);
}

function register(exchange: Exchange, providers: readonly ResourceProvider[]): EmulatorResponse {
  const provider = findProvider(providers, parameter(exchange, "namespace"));
  const { subscriptions } = exchange.context.store;
  if (provider) subscriptions.registerProvider(parameter(exchange, "subscriptionId"), provider.namespace);
  return get(exchange, providers);
}

function shape(exchange: Exchange, { namespace, registration, types }: ResourceProvider): JsonObject {
  const subscriptionId = parameter(exchange, "subscriptionId");
  const isFree = registration === "free";
  const isRegistered = isFree || exchange.context.store.subscriptions.hasProvider(subscriptionId, namespace);
  return {
    id: `/subscriptions/${subscriptionId}/providers/${namespace}`,
    namespace,
    registrationPolicy: isFree ? "RegistrationFree" : "RegistrationRequired",
    resourceTypes: types.map((type) => ({ ...type, capabilities: "None" })),
    registrationState: isRegistered ? "Registered" : "NotRegistered",
  };
}
