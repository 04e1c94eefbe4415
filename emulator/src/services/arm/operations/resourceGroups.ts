import { type JsonObject, textIn } from "../../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, empty, json } from "../../../pipeline/http.ts";
import type { ResourceGroup } from "../../../store/subscriptions.ts";
import { readBody, tagsIn } from "../bodies.ts";
import type { ArmEnvironment } from "../environment.ts";
import {
  invalidResourceGroup,
  invalidResourceGroupLocation,
  locationRequired,
  resourceGroupNotFound,
} from "../errors.ts";
import type { ArmOperation } from "../exchange.ts";
import { filterConditions, hasTag } from "../filters.ts";
import type { ResourceProvider } from "../providers.ts";
import { createOperationResults } from "./operationResults.ts";

const LIST = "/subscriptions/{subscriptionId}/resourcegroups";
const ITEM = `${LIST}/{resourceGroup}`;
const ACTION = "Microsoft.Resources/subscriptions/resourceGroups";

/** Resource groups; what the providers hold of one goes with it, and how a deletion is answered the environment says. */
export function resourceGroupOperations(
  providers: readonly ResourceProvider[],
  deletion: ArmEnvironment["groupDeletion"],
): readonly ArmOperation[] {
  const results = createOperationResults();
  return [
    ...(deletion === "later" ? results.operations : []),
    { name: "ResourceGroups_List", method: "GET", path: LIST, action: `${ACTION}/read`, handle: list },
    { name: "ResourceGroups_Get", method: "GET", path: ITEM, action: `${ACTION}/read`, handle: get },
    {
      name: "ResourceGroups_CheckExistence",
      method: "HEAD",
      path: ITEM,
      action: `${ACTION}/read`,
      handle: head,
    },
    {
      name: "ResourceGroups_CreateOrUpdate",
      method: "PUT",
      path: ITEM,
      action: `${ACTION}/write`,
      handle: put,
    },
    { name: "ResourceGroups_Update", method: "PATCH", path: ITEM, action: `${ACTION}/write`, handle: patch },
    {
      name: "ResourceGroups_Delete",
      method: "DELETE",
      path: ITEM,
      action: `${ACTION}/delete`,
      handle(exchange) {
        const response = remove(exchange, providers);
        return deletion === "later" && response.status === 200 ? results.accept(exchange) : response;
      },
    },
  ];
}

function list(exchange: Exchange): EmulatorResponse {
  const subscriptionId = parameter(exchange, "subscriptionId");
  const conditions = filterConditions(exchange.request.address);
  const groups = exchange.context.store.subscriptions
    .listGroups(subscriptionId)
    .filter(({ tags = {} }) => hasTag(tags, conditions));
  return json(200, { value: groups.map((group) => shape(subscriptionId, group)) });
}

function get(exchange: Exchange): EmulatorResponse {
  const group = find(exchange);
  return group
    ? json(200, shape(parameter(exchange, "subscriptionId"), group))
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
  const outcome = exchange.context.store.subscriptions.putGroup(subscriptionId, {
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
    exchange.context.store.subscriptions.putGroup(parameter(exchange, "subscriptionId"), { ...group, tags });
  }
  return get(exchange);
}

/** Deletes at once, where Azure and Hubs take minutes. */
function remove(exchange: Exchange, providers: readonly ResourceProvider[]): EmulatorResponse {
  const subscriptionId = parameter(exchange, "subscriptionId");
  const resourceGroup = parameter(exchange, "resourceGroup");
  const { store } = exchange.context;
  for (const { clear } of providers) clear?.(store, { subscriptionId, resourceGroup });
  const outcome = store.subscriptions.deleteGroup(subscriptionId, resourceGroup);
  return outcome === "deleted" ? empty(200) : resourceGroupNotFound(resourceGroup);
}

function find(exchange: Exchange) {
  const { subscriptions } = exchange.context.store;
  return subscriptions.findGroup(parameter(exchange, "subscriptionId"), parameter(exchange, "resourceGroup"));
}

function shape(subscriptionId: string, { name, location, tags }: ResourceGroup): JsonObject {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
    name,
    type: "Microsoft.Resources/resourceGroups",
    location,
    ...(tags ? { tags } : {}),
    properties: { provisioningState: "Succeeded" },
  };
}
