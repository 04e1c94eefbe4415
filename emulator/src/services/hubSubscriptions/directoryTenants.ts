import { isGuid } from "@azurestack-csp/provider/ids";
import { type JsonObject, objectIn, textIn } from "../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../pipeline/exchange.ts";
import { type EmulatorResponse, empty, json } from "../../pipeline/http.ts";
import type { DirectoryTenant, Hub } from "../../store/hubs.ts";
import { readBody } from "../arm/bodies.ts";
import { invalidRequestContent, resourceNotFound } from "../arm/errors.ts";
import type { ArmOperation } from "../arm/exchange.ts";
import { page } from "../arm/pages.ts";
import { NAMESPACE, versions } from "./versions.ts";

const LIST = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}/providers/${NAMESPACE}/directoryTenants`;
const ITEM = `${LIST}/{tenant}`;
const ACTION = `${NAMESPACE}/directoryTenants`;
const common = { apiVersions: versions } as const;

/** The directories whose people may sign in to a Hub, its operator's among them (OpenAPI DirectoryTenant.json, recordings). */
export function directoryTenantOperations(hub: Hub): readonly ArmOperation[] {
  return [
    {
      ...common,
      name: "DirectoryTenants_List",
      method: "GET",
      path: LIST,
      action: `${ACTION}/read`,
      handle: (exchange) => list(exchange, hub),
    },
    {
      ...common,
      name: "DirectoryTenants_Get",
      method: "GET",
      path: ITEM,
      action: `${ACTION}/read`,
      handle: (exchange) => get(exchange, hub),
    },
    {
      ...common,
      name: "DirectoryTenants_CreateOrUpdate",
      method: "PUT",
      path: ITEM,
      action: `${ACTION}/write`,
      handle: (exchange) => put(exchange, hub),
    },
    {
      ...common,
      name: "DirectoryTenants_Delete",
      method: "DELETE",
      path: ITEM,
      action: `${ACTION}/delete`,
      handle: (exchange) => empty(hub.directoryTenants.delete(parameter(exchange, "tenant")) === "deleted" ? 200 : 204),
    },
  ];
}

function list(exchange: Exchange, hub: Hub): EmulatorResponse {
  const entries = hub.directoryTenants.list().map((directory, key) => ({ directory, key }));
  const toResource = ({ directory }: (typeof entries)[number]) => shape(exchange, hub, directory);
  return json(200, page(exchange, { entries, keyOf: ({ key }) => key, toResource }));
}

function get(exchange: Exchange, hub: Hub): EmulatorResponse {
  const name = parameter(exchange, "tenant");
  const directory = hub.directoryTenants.find(name);
  if (directory) return json(200, shape(exchange, hub, directory));
  return resourceNotFound(`${NAMESPACE}/directoryTenants/${name}`, parameter(exchange, "resourceGroup"));
}

function put(exchange: Exchange, hub: Hub): EmulatorResponse {
  const body = readBody(exchange.request);
  if (body.kind === "refused") return body.response;
  const tenantId = textIn(objectIn(body.value, "properties"), "tenantId") ?? "";
  if (!isGuid(tenantId)) return invalidRequestContent(`The directory '${tenantId}' is no GUID.`);
  const outcome = hub.directoryTenants.put({ name: parameter(exchange, "tenant"), tenantId });
  return { ...get(exchange, hub), status: outcome === "created" ? 201 : 200 };
}

function shape(
  exchange: Exchange,
  { region, providerSubscriptionId }: Hub,
  { name, tenantId }: DirectoryTenant,
): JsonObject {
  const group = `/subscriptions/${providerSubscriptionId}/resourceGroups/${parameter(exchange, "resourceGroup")}`;
  return {
    id: `${group}/providers/${NAMESPACE}/directoryTenants/${name}`,
    name,
    type: `${NAMESPACE}/directoryTenants`,
    location: region,
    properties: { tenantId },
  };
}
