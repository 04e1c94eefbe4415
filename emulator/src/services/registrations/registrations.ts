import { type JsonObject, objectIn, textIn } from "../../pipeline/bodies.ts";
import { type Context, type Exchange, parameter } from "../../pipeline/exchange.ts";
import { type EmulatorResponse, empty, json } from "../../pipeline/http.ts";
import type { Registration, RegistrationPlace } from "../../store/registrations.ts";
import { readBody, tagsIn } from "../arm/bodies.ts";
import { locationNotAvailable, locationRequired, resourceNotFound } from "../arm/errors.ts";
import type { ArmOperation } from "../arm/exchange.ts";
import { page } from "../arm/pages.ts";
import { registrationResource } from "./bodies.ts";
import { cloudIdUpdateNotAllowed, invalidRegistrationToken } from "./errors.ts";
import { registrationVersions } from "./provider.ts";
import { activationKey, readRegistrationToken } from "./registrationTokens.ts";

const GROUP_LIST =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}/providers/Microsoft.AzureStack/registrations";
const SUBSCRIPTION_LIST = "/subscriptions/{subscriptionId}/providers/Microsoft.AzureStack/registrations";
const ACTION = "Microsoft.AzureStack/registrations";
const TYPE = "Microsoft.AzureStack/registrations";
const common = { apiVersions: registrationVersions } as const;

/** The path of one registration. */
export const registrationPath = `${GROUP_LIST}/{registrationName}`;

/** Registrations of Hubs (Microsoft.AzureStack OpenAPI, Registration.json). */
export const registrationOperations: readonly ArmOperation[] = [
  { ...common, name: "Registrations_List", method: "GET", path: GROUP_LIST, action: `${ACTION}/read`, handle: list },
  {
    ...common,
    name: "Registrations_ListBySubscription",
    method: "GET",
    path: SUBSCRIPTION_LIST,
    action: `${ACTION}/read`,
    handle: list,
  },
  {
    ...common,
    name: "Registrations_Get",
    method: "GET",
    path: registrationPath,
    action: `${ACTION}/read`,
    handle: get,
  },
  {
    ...common,
    name: "Registrations_Head",
    isOffered: answersHead,
    method: "HEAD",
    path: registrationPath,
    action: `${ACTION}/read`,
    handle: head,
  },
  {
    ...common,
    name: "Registrations_CreateOrUpdate",
    method: "PUT",
    path: registrationPath,
    action: `${ACTION}/write`,
    handle: put,
  },
  {
    ...common,
    name: "Registrations_Update",
    method: "PATCH",
    path: registrationPath,
    action: `${ACTION}/write`,
    handle: patch,
  },
  {
    ...common,
    name: "Registrations_Delete",
    method: "DELETE",
    path: registrationPath,
    action: `${ACTION}/delete`,
    handle: remove,
  },
  {
    ...common,
    name: "Registrations_GetActivationKey",
    method: "POST",
    path: `${registrationPath}/getactivationkey`,
    action: `${ACTION}/getActivationKey/action`,
    handle: getActivationKey,
  },
  {
    ...common,
    name: "Registrations_EnableRemoteManagement",
    method: "POST",
    path: `${registrationPath}/enableRemoteManagement`,
    action: `${ACTION}/enableRemoteManagement/action`,
    handle: enableRemoteManagement,
  },
];

/** Whether the modes let resources of the namespace answer HEAD. */
export function answersHead({ modes }: Context): boolean {
  return modes().head === "answered";
}

/** The registration that the request's path names. */
export function registrationPlaceOf(exchange: Exchange): RegistrationPlace {
  return {
    subscriptionId: parameter(exchange, "subscriptionId"),
    resourceGroup: parameter(exchange, "resourceGroup"),
    name: parameter(exchange, "registrationName"),
  };
}

function list(exchange: Exchange): EmulatorResponse {
  const place = registrationPlaceOf(exchange);
  const found = exchange.context.store.registrations.list(place.subscriptionId, place.resourceGroup || undefined);
  const entries = found.map((registration, index) => ({ registration, key: index + 1 }));
  return json(
    200,
    page(exchange, {
      entries,
      keyOf: ({ key }) => key,
      toResource: ({ registration }) => registrationResource(registration),
    }),
  );
}

function get(exchange: Exchange): EmulatorResponse {
  const registration = find(exchange);
  return registration ? json(200, registrationResource(registration)) : notFound(exchange);
}

function head(exchange: Exchange): EmulatorResponse {
  return empty(find(exchange) ? 204 : 404);
}

function put(exchange: Exchange): EmulatorResponse {
  const body = readBody(exchange.request);
  if (body.kind === "refused") return body.response;
  const location = textIn(body.value, "location");
  if (location === undefined) return locationRequired();
  if (location.toLowerCase() !== "global") return locationNotAvailable(location, TYPE, "global");
  const before = find(exchange);
  const facts = factsFrom(body.value) ?? (before && !hasToken(body.value) ? before : undefined);
  if (!facts) return invalidRegistrationToken();
  const tags = tagsIn(body.value);
  const outcome = exchange.context.store.registrations.put(registrationPlaceOf(exchange), {
    cloudId: facts.cloudId,
    objectId: facts.objectId,
    billingModel: facts.billingModel,
    ...(tags ? { tags } : {}),
  });
  if (outcome.kind === "cloudIdTaken") return cloudIdUpdateNotAllowed(parameter(exchange, "registrationName"));
  return json(outcome.kind === "created" ? 201 : 200, registrationResource(outcome.registration));
}

function patch(exchange: Exchange): EmulatorResponse {
  const body = readBody(exchange.request);
  if (body.kind === "refused") return body.response;
  const before = find(exchange);
  if (!before) return notFound(exchange);
  const facts = factsFrom(body.value);
  if (!facts && hasToken(body.value)) return invalidRegistrationToken();
  if (facts && facts.cloudId !== before.cloudId) return cloudIdUpdateNotAllowed(before.name);
  const tags = tagsIn(body.value);
  const changes = { ...(facts ?? {}), ...(tags ? { tags } : {}) };
  const changed = exchange.context.store.registrations.change(registrationPlaceOf(exchange), changes);
  return json(200, registrationResource(changed ?? before));
}

function remove(exchange: Exchange): EmulatorResponse {
  const outcome = exchange.context.store.registrations.delete(registrationPlaceOf(exchange));
  return empty(outcome === "deleted" ? 200 : 204);
}

function getActivationKey(exchange: Exchange): EmulatorResponse {
  const registration = find(exchange);
  return registration ? json(200, { activationKey: activationKey(registration) }) : notFound(exchange);
}

function enableRemoteManagement(exchange: Exchange): EmulatorResponse {
  return find(exchange) ? empty(200) : notFound(exchange);
}

function find(exchange: Exchange): Registration | undefined {
  return exchange.context.store.registrations.find(registrationPlaceOf(exchange));
}

function notFound(exchange: Exchange): EmulatorResponse {
  return resourceNotFound(`${TYPE}/${parameter(exchange, "registrationName")}`, parameter(exchange, "resourceGroup"));
}

function hasToken(body: JsonObject): boolean {
  return objectIn(body, "properties").registrationToken !== undefined;
}

function factsFrom(body: JsonObject) {
  return readRegistrationToken(textIn(objectIn(body, "properties"), "registrationToken") ?? "");
}
