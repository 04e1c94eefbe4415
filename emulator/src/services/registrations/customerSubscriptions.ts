import { objectIn } from "../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../pipeline/exchange.ts";
import { type EmulatorResponse, empty, json } from "../../pipeline/http.ts";
import type { Refused } from "../../store/customerSubscriptions.ts";
import { readBody } from "../arm/bodies.ts";
import { invalidRequestContent } from "../arm/errors.ts";
import type { ArmOperation } from "../arm/exchange.ts";
import { page } from "../arm/pages.ts";
import { customerSubscriptionResource } from "./bodies.ts";
import { customerSubscriptionNotFound, refusalError } from "./errors.ts";
import { customerSubscriptionVersions } from "./provider.ts";
import { answersHead, registrationPath, registrationPlaceOf } from "./registrations.ts";

const LIST = `${registrationPath}/customerSubscriptions`;
const ITEM = `${LIST}/{customerSubscriptionName}`;
const ACTION = "Microsoft.AzureStack/registrations/customerSubscriptions";
const common = { apiVersions: customerSubscriptionVersions } as const;

/** Customer subscriptions of a registration (Microsoft.AzureStack OpenAPI, CustomerSubscription.json). */
export const customerSubscriptionOperations: readonly ArmOperation[] = [
  { ...common, name: "CustomerSubscriptions_List", method: "GET", path: LIST, action: `${ACTION}/read`, handle: list },
  { ...common, name: "CustomerSubscriptions_Get", method: "GET", path: ITEM, action: `${ACTION}/read`, handle: get },
  {
    ...common,
    name: "CustomerSubscriptions_Head",
    isOffered: answersHead,
    method: "HEAD",
    path: ITEM,
    action: `${ACTION}/read`,
    handle: head,
  },
  {
    ...common,
    name: "CustomerSubscriptions_Create",
    method: "PUT",
    path: ITEM,
    action: `${ACTION}/write`,
    handle: put,
  },
  {
    ...common,
    name: "CustomerSubscriptions_Delete",
    method: "DELETE",
    path: ITEM,
    action: `${ACTION}/delete`,
    handle: remove,
  },
];

function list(exchange: Exchange): EmulatorResponse {
  const { context, staleList } = exchange;
  const { customerSubscriptions } = context.store;
  const found = customerSubscriptions.list(registrationPlaceOf(exchange), staleList ? "beforeLastWrite" : "now");
  if (found.kind === "refused") return refused(exchange, found);
  return json(
    200,
    page(exchange, {
      entries: staleList === "empty" ? [] : found.value,
      keyOf: (entry) => entry.sequence,
      toResource: (entry) => customerSubscriptionResource(exchange, found.registration, entry),
    }),
  );
}

function get(exchange: Exchange): EmulatorResponse {
  const name = customerSubscriptionIdOf(exchange);
  const found = exchange.context.store.customerSubscriptions.get(registrationPlaceOf(exchange), name);
  if (found.kind === "refused") return refused(exchange, found);
  if (!found.value) return customerSubscriptionNotFound(name, found.registration.name);
  return json(200, customerSubscriptionResource(exchange, found.registration, found.value));
}

function head(exchange: Exchange): EmulatorResponse {
  const found = exchange.context.store.customerSubscriptions.get(
    registrationPlaceOf(exchange),
    customerSubscriptionIdOf(exchange),
  );
  return empty(found.kind === "found" && found.value ? 204 : 404);
}

function put(exchange: Exchange): EmulatorResponse {
  const body = readBody(exchange.request);
  if (body.kind === "refused") return body.response;
  const { tenantId = null } = objectIn(body.value, "properties");
  if (tenantId !== null && typeof tenantId !== "string") {
    return invalidRequestContent("The member 'properties.tenantId' is not a text.");
  }
  const outcome = exchange.context.store.customerSubscriptions.put(registrationPlaceOf(exchange), {
    customerSubscriptionId: customerSubscriptionIdOf(exchange),
    tenantId: tenantId ?? undefined,
    author: exchange.principal?.objectId ?? "",
  });
  if (outcome.kind === "refused") return refused(exchange, outcome);
  const [status, form] = exchange.context.modes().putAnswer.split("-");
  return form === "body"
    ? json(Number(status), customerSubscriptionResource(exchange, outcome.registration, outcome.entry))
    : empty(Number(status));
}

function remove(exchange: Exchange): EmulatorResponse {
  const outcome = exchange.context.store.customerSubscriptions.delete(
    registrationPlaceOf(exchange),
    customerSubscriptionIdOf(exchange),
  );
  if (outcome.kind === "refused") return refused(exchange, outcome);
  return empty(outcome.kind === "notFound" ? 204 : Number(exchange.context.modes().deleteAnswer));
}

function refused(exchange: Exchange, { reason }: Refused): EmulatorResponse {
  return refusalError({
    reason,
    place: registrationPlaceOf(exchange),
    customerSubscriptionId: parameter(exchange, "customerSubscriptionName"),
  });
}

function customerSubscriptionIdOf(exchange: Exchange): string {
  return parameter(exchange, "customerSubscriptionName");
}
