import { filterConditions, hasTag } from "../../../pipeline/address.ts";
import { readBody, tagsIn, textIn } from "../../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, empty, json } from "../../../pipeline/http.ts";
import type { Operation } from "../../../pipeline/router.ts";
import { resourceGroupResource } from "../../registrations/bodies.ts";
import {
  invalidResourceGroup,
  invalidResourceGroupLocation,
  locationRequired,
  resourceGroupNotFound,
} from "../errors.ts";

const LIST = "/subscriptions/{subscriptionId}/resourcegroups";
const ITEM = `${LIST}/{resourceGroup}`;
const ACTION = "Microsoft.Resources/subscriptions/resourceGroups";
const common = { apiVersions: "arm" } as const;

export const resourceGroupOperations: readonly Operation[] = [
  { ...common, name: "ResourceGroups_List", method: "GET", path: LIST, action: `${ACTION}/read`, handle: list },
  { ...common, name: "ResourceGroups_Get", method: "GET", path: ITEM, action: `${ACTION}/read`, handle: get },
  {
    ...common,
    name: "ResourceGroups_CheckExistence",
    method: "HEAD",
    path: ITEM,
    action: `${ACTION}/read`,
    handle: head,
  },
  {
    ...common,
    name: "ResourceGroups_CreateOrUpdate",
    method: "PUT",
    path: ITEM,
    action: `${ACTION}/write`,
    handle: put,
  },
  { ...common, name: "ResourceGroups_Update", method: "PATCH", path: ITEM, action: `${ACTION}/write`, handle: patch },
  {
    ...common,
    name: "ResourceGroups_Delete",
    method: "DELETE",
    path: ITEM,
    action: `${ACTION}/delete`,
    handle: remove,
  },
];

function list(exchange: Exchange): EmulatorResponse {
  const subscriptionId = parameter(exchange, "subscriptionId");
  const conditions = filterConditions(exchange.address);
  const groups = exchange.services.store.subscriptions
    .listGroups(subscriptionId)
    .filter(({ tags = {} }) => hasTag(tags, conditions));
  return json(200, { value: groups.map((group) => resourceGroupResource(subscriptionId, group)) });
}

function get(exchange: Exchange): EmulatorResponse {
  const group = find(exchange);
  return group
    ? json(200, resourceGroupResource(parameter(exchange, "subscriptionId"), group))
    : resourceGroupNotFound(parameter(exchange, "resourceGroup"));
}

function head(exchange: Exchange): EmulatorResponse {
  return empty(find(exchange) ? 204 : 404);
}

function put(exchange: Exchange): EmulatorResponse {
  const body = readBody(exchange.request);
  if (body.kind === "refused") return body.response;
  const location = textIn(body.value, "location");
  if (!location) return locationRequired();
  const name = parameter(exchange, "resourceGroup");
  const invalid = name.replace(/[\p{L}\p{N}().\-_]/gu, "");
  if (invalid !== "") return invalidResourceGroup(name, invalid);
  const region = location.toLowerCase().replaceAll(" ", "");
  const before = find(exchange);
  if (before && before.location !== region) return invalidResourceGroupLocation(location, before.location);
  const tags = tagsIn(body.value);
  const subscriptionId = parameter(exchange, "subscriptionId");
  const outcome = exchange.services.store.subscriptions.putGroup(subscriptionId, {
    name,
    location: region,
    ...(tags ? { tags } : {}),
  });
  return { ...get(exchange), status: outcome === "created" ? 201 : 200 };
}

function patch(exchange: Exchange): EmulatorResponse {
  const body = readBody(exchange.request);
  if (body.kind === "refused") return body.response;
  const group = find(exchange);
  const tags = tagsIn(body.value);
  if (group && tags) {
    exchange.services.store.subscriptions.putGroup(parameter(exchange, "subscriptionId"), { ...group, tags });
  }
  return get(exchange);
}

/** Deletes at once, where Azure takes minutes and answers 202 with a place to ask. */
function remove(exchange: Exchange): EmulatorResponse {
  const subscriptionId = parameter(exchange, "subscriptionId");
  const resourceGroup = parameter(exchange, "resourceGroup");
  const { registrations, subscriptions } = exchange.services.store;
  for (const registration of registrations.list(subscriptionId, resourceGroup)) registrations.delete(registration);
  const outcome = subscriptions.deleteGroup(subscriptionId, resourceGroup);
  return outcome === "deleted" ? empty(200) : resourceGroupNotFound(resourceGroup);
}

function find(exchange: Exchange) {
  const { subscriptions } = exchange.services.store;
  return subscriptions.findGroup(parameter(exchange, "subscriptionId"), parameter(exchange, "resourceGroup"));
}
