import { sameId } from "@azurestack-csp/provider/ids";
import { isObject, type JsonObject } from "../../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import type { ArmOperation } from "../exchange.ts";
import { type FilterCondition, filterConditions, hasTag } from "../filters.ts";
import type { ResourceProvider } from "../providers.ts";

const ACTION = "Microsoft.Resources/subscriptions/resources/read";

/** Lists of the tracked resources of all providers. */
export function resourceOperations(providers: readonly ResourceProvider[]): readonly ArmOperation[] {
  const common = { action: ACTION, handle: (exchange: Exchange) => list(exchange, providers) };
  return [
    { ...common, name: "Resources_List", method: "GET", path: "/subscriptions/{subscriptionId}/resources" },
    {
      ...common,
      name: "Resources_ListByResourceGroup",
      method: "GET",
      path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}/resources",
    },
  ];
}

function list(exchange: Exchange, providers: readonly ResourceProvider[]): EmulatorResponse {
  const subscriptionId = parameter(exchange, "subscriptionId");
  const resourceGroup = parameter(exchange, "resourceGroup");
  const place = { subscriptionId, ...(resourceGroup === "" ? {} : { resourceGroup }) };
  const conditions = filterConditions(exchange.request.address);
  const resources = providers.flatMap(({ tracked }) => tracked?.(exchange.context.store, place) ?? []);
  return json(200, { value: resources.filter((resource) => fits(resource, conditions)).map(genericResource) });
}

function fits(resource: JsonObject, conditions: readonly FilterCondition[]): boolean {
  const tags = isObject(resource.tags) ? resource.tags : {};
  if (!hasTag(tags, conditions)) return false;
  const others = conditions.filter(({ name }) => name !== "tagname" && name !== "tagvalue");
  return others.every(({ name, value }) => sameId(String(memberOf(resource, name)), value));
}

/** What a condition's name stands for. */
function memberOf(resource: JsonObject, name: string): unknown {
  if (name === "resourcetype") return resource.type;
  if (name === "resourcegroup") return String(resource.id).split("/")[4];
  return resource[name];
}

function genericResource({ id, name, type, location, tags }: JsonObject): JsonObject {
  return { id, name, type, location, ...(tags ? { tags } : {}) };
}
