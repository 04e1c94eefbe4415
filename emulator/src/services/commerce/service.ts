import { sameId } from "@azurestack-csp/provider/ids";
import type { EmulatorResponse } from "../../pipeline/http.ts";
import { empty, json } from "../../pipeline/http.ts";
import { ownsPathsOf } from "../../pipeline/router.ts";
import type { Service } from "../../pipeline/service.ts";
import type { Hub } from "../../store/hubs.ts";
import { createUsagePager, type UsagePager } from "../../usage/usagePages.ts";
import type { UsageSource } from "../../usage/usageSource.ts";
import type { ArmExchange, ArmOperation } from "../arm/exchange.ts";
import type { HubArmOptions } from "../arm/hubProvider.ts";
import { frontDoor } from "../arm/service.ts";
import { answerUsage } from "./answer.ts";
import { gatewayTimeout, notDirectTenant, subscriptionIdMissing } from "./errors.ts";
import { commerceVersions, readQuery } from "./readQuery.ts";
import { ADMIN_NAMESPACE, USER_NAMESPACE } from "./usageTypes.ts";

/** The service has a word of its own for a request without an api-version. */
const common = { method: "GET", apiVersions: "none" } as const;

/** Usage for the operator (Microsoft.Commerce.Admin OpenAPI, Commerce.json; the manual's "Provider resource usage API"). */
export function createSubscriberUsage(options: HubArmOptions): Service {
  const { hub } = options;
  const pager = createPagers(hub);
  const list = (namespace: string): ArmOperation => ({
    ...common,
    name: "SubscriberUsageAggregates_List",
    path: `/subscriptions/{subscriptionId}/providers/${namespace}/subscriberUsageAggregates`,
    action: `${namespace}/subscriberUsageAggregates/read`,
    handle: (exchange) => listOfSubscribers(exchange, { hub, namespace, pager }),
  });
  const operations: readonly ArmOperation[] = [
    list(ADMIN_NAMESPACE),
    list(USER_NAMESPACE),
    {
      ...common,
      name: "SubscriberUsageAggregates_ListWithoutSubscription",
      path: `/providers/${ADMIN_NAMESPACE}/subscriberUsageAggregates`,
      handle: subscriptionIdMissing,
    },
    {
      method: "GET",
      apiVersions: commerceVersions,
      name: "Operations_List",
      path: `/providers/${ADMIN_NAMESPACE}/operations`,
      handle: () => json(200, { value: operationList }),
    },
    {
      method: "POST",
      apiVersions: commerceVersions,
      name: "Commerce_UpdateEncryption",
      path: `/subscriptions/{subscriptionId}/providers/${ADMIN_NAMESPACE}/updateEncryption`,
      action: `${ADMIN_NAMESPACE}/updateEncryption/action`,
      handle: () => empty(200),
    },
  ];
  return { ...frontDoor(options), name: ADMIN_NAMESPACE, owns: ownsPathsOf(operations), operations };
}

/** Usage for a user (Microsoft.Commerce OpenAPI, commerce.json; the manual's "Tenant resource usage API"). */
export function createUserUsage(options: HubArmOptions): Service {
  const { hub } = options;
  const pager = createPagers(hub);
  const operations: readonly ArmOperation[] = [
    {
      ...common,
      name: "UsageAggregates_List",
      path: `/subscriptions/{subscriptionId}/providers/${USER_NAMESPACE}/usageAggregates`,
      action: `${USER_NAMESPACE}/usageAggregates/read`,
      handle: (exchange) => listOwn(exchange, pager),
    },
  ];
  return { ...frontDoor(options), name: USER_NAMESPACE, owns: ownsPathsOf(operations), operations };
}

interface SubscriberList {
  readonly hub: Hub;
  readonly namespace: string;
  readonly pager: Pagers;
}

function listOfSubscribers(exchange: ArmExchange, { hub, namespace, pager }: SubscriberList): EmulatorResponse {
  const { request, context } = exchange;
  const read = readQuery(exchange, { namespace, type: "subscriberUsageAggregates" });
  if (read.kind === "refused") return read.response;
  const subscriberId = request.address.query.get("subscriberid");
  if (!subscriberId) {
    if (context.modes().usageOfAll === "times-out") return gatewayTimeout(namespace);
    return answerUsage(exchange, read.query, pager(exchange));
  }
  const isKnown =
    sameId(subscriberId, hub.providerSubscriptionId) ||
    hub.localSubscriptions.find(subscriberId) !== undefined ||
    context.store.usage.of(hub.name)?.subscriptionIds.has(subscriberId.toLowerCase());
  if (!isKnown) return notDirectTenant(subscriberId);
  return answerUsage(exchange, { ...read.query, subscriptionId: subscriberId }, pager(exchange));
}

function listOwn(exchange: ArmExchange, pager: Pagers): EmulatorResponse {
  const read = readQuery(exchange, { namespace: USER_NAMESPACE, type: "usageAggregates" });
  if (read.kind === "refused") return read.response;
  const { subscriptionId = "" } = exchange.subscription ?? {};
  return answerUsage(exchange, { ...read.query, subscriptionId }, pager(exchange));
}

type Pagers = (exchange: ArmExchange) => UsagePager;

/** The pager of the last caller is kept: who asks for a page asks for the next one. */
function createPagers(hub: Hub): Pagers {
  let last: { readonly caller: string; readonly source: UsageSource; readonly pager: UsagePager } | undefined;
  return ({ context, subscription }) => {
    const callerSubscriptionId = subscription?.subscriptionId ?? "";
    const source = context.store.usage.of(hub.name)?.source ?? nothing;
    if (last?.caller === callerSubscriptionId && last.source === source) return last.pager;
    const pager = createUsagePager({ source, callerSubscriptionId });
    last = { caller: callerSubscriptionId, source, pager };
    return pager;
  };
}

const nothing: UsageSource = { first: 0, end: 0, longestDelay: 0, subscriptions: [] };

const operationList = [
  {
    name: `${ADMIN_NAMESPACE}/subscriberUsageAggregates/read`,
    display: {
      provider: ADMIN_NAMESPACE,
      resource: "subscriberUsageAggregates",
      operation: "Read usage of subscribers",
      description: "Reads what the subscribers of a provider used",
    },
  },
];
