import { sameId } from "@azurestack-csp/provider/ids";
import type { Exchange } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import type { Operation } from "../../../pipeline/router.ts";
import type { ServicePrincipal } from "../../../store/directories.ts";
import { isFor } from "../../../store/permissions.ts";
import type { Store } from "../../../store/store.ts";
import { subscriptionResource, tenantResource } from "../../registrations/bodies.ts";

/** Subscriptions and directories that the caller can see. */
export const subscriptionOperations: readonly Operation[] = [
  { name: "Subscriptions_List", method: "GET", path: "/subscriptions", apiVersions: "arm", handle: list },
  {
    name: "Subscriptions_Get",
    method: "GET",
    path: "/subscriptions/{subscriptionId}",
    apiVersions: "arm",
    action: "Microsoft.Resources/subscriptions/read",
    handle: get,
  },
  {
    name: "Subscriptions_ListLocations",
    method: "GET",
    path: "/subscriptions/{subscriptionId}/locations",
    apiVersions: "arm",
    action: "Microsoft.Resources/subscriptions/locations/read",
    handle: listLocations,
  },
  { name: "Tenants_List", method: "GET", path: "/tenants", apiVersions: "arm", handle: listTenants },
];

function list({ principal, services }: Exchange): EmulatorResponse {
  const visible = services.store.subscriptions.list().filter(({ subscriptionId, tenantId, state }) => {
    if (!principal || state === "Deleted" || !sameId(tenantId, principal.tenantId)) return false;
    return hasRoleWithin(services.store, principal, subscriptionId);
  });
  return json(200, { value: visible.map(subscriptionResource), count: { type: "Total", value: visible.length } });
}

function get({ subscription }: Exchange): EmulatorResponse {
  return json(200, subscription ? subscriptionResource(subscription) : {});
}

function listLocations({ subscription }: Exchange): EmulatorResponse {
  const id = `/subscriptions/${subscription?.subscriptionId}/locations`;
  const location = (name: string, displayName: string) => ({ id: `${id}/${name}`, name, displayName, type: "Region" });
  return json(200, {
    value: [location("francecentral", "France Central"), location("westeurope", "West Europe")],
  });
}

function listTenants({ principal, services }: Exchange): EmulatorResponse {
  const directory = principal && services.store.directories.find(principal.tenantId);
  return json(200, { value: directory ? [tenantResource(directory)] : [] });
}

function hasRoleWithin({ roleAssignments }: Store, principal: ServicePrincipal, subscriptionId: string): boolean {
  const scope = `/subscriptions/${subscriptionId}`;
  const assignments = [...roleAssignments.inherited(scope), ...roleAssignments.within(scope)];
  return assignments.some((assignment) => isFor(assignment, principal));
}
