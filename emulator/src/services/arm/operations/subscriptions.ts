import { sameId } from "@azurestack-csp/provider/ids";
import type { JsonObject } from "../../../pipeline/bodies.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import type { Directory, ServicePrincipal } from "../../../store/directories.ts";
import { isFor } from "../../../store/permissions.ts";
import type { Store } from "../../../store/store.ts";
import type { ArmSubscription } from "../../../store/subscriptions.ts";
import type { ArmLocation } from "../environment.ts";
import type { ArmExchange, ArmOperation } from "../exchange.ts";

/** Subscriptions and directories that the caller can see. */
export function subscriptionOperations(locations: readonly ArmLocation[]): readonly ArmOperation[] {
  return [
    { name: "Subscriptions_List", method: "GET", path: "/subscriptions", handle: list },
    {
      name: "Subscriptions_Get",
      kindWithoutToken: "challenge",
      method: "GET",
      path: "/subscriptions/{subscriptionId}",
      action: "Microsoft.Resources/subscriptions/read",
      handle: get,
    },
    {
      name: "Subscriptions_ListLocations",
      method: "GET",
      path: "/subscriptions/{subscriptionId}/locations",
      action: "Microsoft.Resources/subscriptions/locations/read",
      handle: (exchange) => listLocations(exchange, locations),
    },
    { name: "Tenants_List", method: "GET", path: "/tenants", handle: listTenants },
  ];
}

function list({ context, principal }: ArmExchange): EmulatorResponse {
  const visible = context.store.subscriptions.list().filter(({ subscriptionId, tenantId, state }) => {
    if (!principal || state === "Deleted" || !sameId(tenantId, principal.tenantId)) return false;
    return hasRoleWithin(context.store, principal, subscriptionId);
  });
  return json(200, { value: visible.map(shape), count: { type: "Total", value: visible.length } });
}

function get({ subscription }: ArmExchange): EmulatorResponse {
  return json(200, subscription ? shape(subscription) : {});
}

function listLocations({ subscription }: ArmExchange, locations: readonly ArmLocation[]): EmulatorResponse {
  const id = `/subscriptions/${subscription?.subscriptionId}/locations`;
  const value = locations.map(({ name, displayName }) => ({ id: `${id}/${name}`, name, displayName, type: "Region" }));
  return json(200, { value });
}

function listTenants({ context, principal }: ArmExchange): EmulatorResponse {
  const directory = principal && context.store.directories.find(principal.tenantId);
  return json(200, { value: directory ? [tenantShape(directory)] : [] });
}

function hasRoleWithin({ roleAssignments }: Store, principal: ServicePrincipal, subscriptionId: string): boolean {
  const scope = `/subscriptions/${subscriptionId}`;
  const assignments = [...roleAssignments.inherited(scope), ...roleAssignments.within(scope)];
  return assignments.some((assignment) => isFor(assignment, principal));
}

function shape(subscription: ArmSubscription): JsonObject {
  const { subscriptionId, tenantId, displayName, state = "Enabled", kind } = subscription;
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId,
    tenantId,
    displayName,
    state,
    ...(kind ? { subscriptionPolicies: policiesOf(kind) } : {}),
  };
}

function policiesOf(kind: keyof typeof quotaIds): JsonObject {
  return { locationPlacementId: "Public_2014-09-01", quotaId: quotaIds[kind], spendingLimit: "Off" };
}

const quotaIds = {
  csp: "CSP_2015-05-01",
  apss: "PayAsYouGo_2014-09-01",
  ea: "EnterpriseAgreement_2014-09-01",
  payg: "PayAsYouGo_2014-09-01",
} as const satisfies Record<NonNullable<ArmSubscription["kind"]>, string>;

function tenantShape({ tenantId, displayName = "", domain = "" }: Directory): JsonObject {
  return {
    id: `/tenants/${tenantId}`,
    tenantId,
    countryCode: "FR",
    displayName,
    domains: [domain],
    defaultDomain: domain,
    tenantType: "AAD",
    tenantCategory: "Home",
  };
}
