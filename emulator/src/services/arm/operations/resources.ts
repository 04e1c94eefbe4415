import { sameId } from "@azurestack-csp/provider/ids";
import { filterConditions, hasTag } from "../../../pipeline/address.ts";
import type { JsonObject } from "../../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import type { Operation } from "../../../pipeline/router.ts";
import { registrationResource } from "../../registrations/bodies.ts";

const ACTION = "Microsoft.Resources/subscriptions/resources/read";

/** Lists of tracked resources, which customer subscriptions are not. */
export const resourceOperations: readonly Operation[] = [
  {
    name: "Resources_List",
    method: "GET",
    path: "/subscriptions/{subscriptionId}/resources",
    apiVersions: "arm",
    action: ACTION,
    handle: list,
  },
  {
    name: "Resources_ListByResourceGroup",
    method: "GET",
    path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}/resources",
    apiVersions: "arm",
    action: ACTION,
    handle: list,
  },
];

function list(exchange: Exchange): EmulatorResponse {
  const { address, services } = exchange;
  const resourceGroup = parameter(exchange, "resourceGroup");
  const registrations = services.store.registrations.list(
    parameter(exchange, "subscriptionId"),
    resourceGroup || undefined,
  );
  const conditions = filterConditions(address);
  const others = conditions.filter(({ name }) => name !== "tagname" && name !== "tagvalue");
  const fitting = registrations.filter((registration) => {
    const resource = registrationResource(registration);
    if (!hasTag(registration.tags ?? {}, conditions)) return false;
    return others.every(({ name, value }) => {
      if (name === "resourcegroup") return sameId(registration.resourceGroup, value);
      const member = name === "resourcetype" ? resource.type : resource[name];
      return sameId(String(member), value);
    });
  });
  return json(200, { value: fitting.map((registration) => genericResource(registrationResource(registration))) });
}

function genericResource({ id, name, type, location, tags }: JsonObject): JsonObject {
  return { id, name, type, location, ...(tags ? { tags } : {}) };
}
