import { sameId } from "@azurestack-csp/provider/ids";
import { type JsonObject, textIn } from "../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../pipeline/exchange.ts";
import { type EmulatorResponse, empty, json } from "../../pipeline/http.ts";
import { nameRoleAssignment, ownerOf } from "../../store/access.ts";
import type { Hub, LocalSubscription } from "../../store/hubs.ts";
import { readBody } from "../arm/bodies.ts";
import { invalidRequestContent, subscriptionNotFound } from "../arm/errors.ts";
import type { ArmOperation } from "../arm/exchange.ts";
import { filterConditions } from "../arm/filters.ts";
import { page } from "../arm/pages.ts";
import { NAMESPACE, versions } from "./versions.ts";

const LIST = `/subscriptions/{subscriptionId}/providers/${NAMESPACE}/subscriptions`;
const ITEM = `${LIST}/{localSubscriptionId}`;
const ACTION = `${NAMESPACE}/subscriptions`;
const common = { apiVersions: versions } as const;

const states = ["Enabled", "Disabled", "Deleting", "PartiallyDeleted"] as const satisfies LocalSubscription["state"][];

/**
 * Local subscriptions, in flat bodies (Microsoft.Subscriptions.Admin OpenAPI, Subscriptions.json, and recordings).
 *
 * Their ids need not be GUIDs: one that is none was recorded as taken.
 */
export function localSubscriptionOperations(hub: Hub): readonly ArmOperation[] {
  return [
    {
      ...common,
      name: "Subscriptions_List",
      method: "GET",
      path: LIST,
      action: `${ACTION}/read`,
      handle: (exchange) => list(exchange, hub),
    },
    {
      ...common,
      name: "Subscriptions_Get",
      method: "GET",
      path: ITEM,
      action: `${ACTION}/read`,
      handle: (exchange) => get(exchange, hub),
    },
    {
      ...common,
      name: "Subscriptions_CreateOrUpdate",
      method: "PUT",
      path: ITEM,
      action: `${ACTION}/write`,
      handle: (exchange) => put(exchange, hub),
    },
    {
      ...common,
      name: "Subscriptions_Delete",
      method: "DELETE",
      path: ITEM,
      action: `${ACTION}/delete`,
      handle: (exchange) => remove(exchange, hub),
    },
  ];
}

function list(exchange: Exchange, hub: Hub): EmulatorResponse {
  const conditions = filterConditions(exchange.request.address);
  const all = hub.localSubscriptions.list().map((facts, key) => ({ facts, key, resource: shape(hub, facts) }));
  const entries = all.filter(
    ({ facts, resource }) => !isGone(facts) && conditions.every(({ name, value }) => fits(resource, name, value)),
  );
  return json(200, page(exchange, { entries, keyOf: ({ key }) => key, toResource: ({ resource }) => resource }));
}

function get(exchange: Exchange, hub: Hub): EmulatorResponse {
  const id = parameter(exchange, "localSubscriptionId");
  const facts = hub.localSubscriptions.find(id);
  return facts && !isGone(facts) ? json(200, shape(hub, facts)) : subscriptionNotFound(id);
}

function put(exchange: Exchange, hub: Hub): EmulatorResponse {
  const body = readBody(exchange.request);
  if (body.kind === "refused") return body.response;
  const subscriptionId = parameter(exchange, "localSubscriptionId");
  const asked = textIn(body.value, "subscriptionId") ?? subscriptionId;
  if (!sameId(asked, subscriptionId)) {
    return invalidRequestContent(`The subscription '${asked}' is not the one of the path, '${subscriptionId}'.`);
  }
  const state = stateIn(body.value);
  if (state === "unknown") return invalidRequestContent(`The state '${String(body.value.state)}' is not known.`);
  const found = hub.localSubscriptions.find(subscriptionId);
  const before = found && !isGone(found) ? found : undefined;
  const facts = factsFrom(body.value, { before, homeTenantId: hub.homeTenantId });
  const outcome = hub.localSubscriptions.put({
    ...facts,
    subscriptionId: before?.subscriptionId ?? subscriptionId,
    state,
  });
  if (outcome === "created") makeOwner(exchange, subscriptionId);
  return { ...get(exchange, hub), status: outcome === "created" ? 201 : 200 };
}

/** The owner is a person, who cannot sign in here: the application that made the subscription stands in. */
function makeOwner({ context, principal }: Exchange, subscriptionId: string): void {
  if (principal) context.store.roleAssignments.put(nameRoleAssignment(ownerOf(subscriptionId, principal.clientId)));
}

function remove(exchange: Exchange, hub: Hub): EmulatorResponse {
  const facts = hub.localSubscriptions.find(parameter(exchange, "localSubscriptionId"));
  if (!facts || isGone(facts)) return empty(204);
  hub.localSubscriptions.change(facts.subscriptionId, { state: "Deleted" });
  return empty(200);
}

/** A deleted one is known for its usage alone. */
function isGone({ state }: LocalSubscription): boolean {
  return state === "Deleted";
}

function fits(resource: JsonObject, name: string, value: string): boolean {
  const member = Object.keys(resource).find((key) => sameId(key, name));
  return member === undefined || sameId(String(resource[member]), value);
}

function stateIn(body: JsonObject): (typeof states)[number] | "unknown" {
  const asked = body.state ?? "Enabled";
  return states.find((state) => sameId(state, String(asked))) ?? "unknown";
}

interface Known {
  readonly before: LocalSubscription | undefined;
  readonly homeTenantId: string;
}

/** A directory that is left out is the operator's, as recorded, unless the subscription has one already. */
function factsFrom(
  body: JsonObject,
  { before, homeTenantId }: Known,
): Omit<LocalSubscription, "subscriptionId" | "state"> {
  const owner = textIn(body, "owner") ?? before?.owner ?? "";
  const reference = textIn(body, "externalReferenceId") ?? before?.externalReferenceId;
  const offer = textIn(body, "offerId") ?? before?.offer;
  return {
    tenantId: textIn(body, "tenantId") || before?.tenantId || homeTenantId,
    displayName: textIn(body, "displayName") ?? before?.displayName ?? owner,
    owner,
    ...(reference === undefined ? {} : { externalReferenceId: reference }),
    ...(offer === undefined ? {} : { offer }),
  };
}

function shape({ providerSubscriptionId }: Hub, facts: LocalSubscription): JsonObject {
  const { subscriptionId, displayName, externalReferenceId, owner, tenantId, state = "Enabled" } = facts;
  const { offer = "csp-standard" } = facts;
  const scope = `/subscriptions/${providerSubscriptionId}`;
  return {
    id: `${scope}/providers/${NAMESPACE}/subscriptions/${subscriptionId}`,
    subscriptionId,
    delegatedProviderSubscriptionId: providerSubscriptionId,
    displayName,
    ...(externalReferenceId === undefined ? {} : { externalReferenceId }),
    owner,
    tenantId,
    routingResourceManagerType: "Default",
    offerId: offer.startsWith("/") ? offer : `${scope}/resourceGroups/offers/providers/${NAMESPACE}/offers/${offer}`,
    state,
  };
}
