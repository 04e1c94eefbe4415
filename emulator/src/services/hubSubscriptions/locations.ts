import { sameId } from "@azurestack-csp/provider/ids";
import type { JsonObject } from "../../pipeline/bodies.ts";
import { parameter } from "../../pipeline/exchange.ts";
import { json } from "../../pipeline/http.ts";
import type { Hub } from "../../store/hubs.ts";
import { serviceError } from "../arm/errors.ts";
import type { ArmOperation } from "../arm/exchange.ts";
import { NAMESPACE, versions } from "./versions.ts";

const LIST = `/subscriptions/{subscriptionId}/providers/${NAMESPACE}/locations`;
const common = { apiVersions: versions, action: `${NAMESPACE}/locations/read`, method: "GET" } as const;

/** The region of a Hub, of which it has one (Microsoft.Subscriptions.Admin OpenAPI, Location.json). */
export function locationOperations({ region }: Hub): readonly ArmOperation[] {
  return [
    {
      ...common,
      name: "Locations_List",
      path: LIST,
      handle: (exchange) => json(200, { value: [shape(parameter(exchange, "subscriptionId"), region)] }),
    },
    {
      ...common,
      name: "Locations_Get",
      path: `${LIST}/{location}`,
      handle(exchange) {
        const asked = parameter(exchange, "location");
        if (!sameId(asked, region)) {
          return serviceError(404, "LocationNotFound", `The location '${asked}' could not be found.`);
        }
        return json(200, shape(parameter(exchange, "subscriptionId"), region));
      },
    },
  ];
}

function shape(subscriptionId: string, name: string): JsonObject {
  const id = `/subscriptions/${subscriptionId}/providers/${NAMESPACE}/locations/${name}`;
  return { id, name, displayName: name, latitude: "", longitude: "" };
}
