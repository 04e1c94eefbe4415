import { isGuid } from "@azurestack-csp/provider/ids";
import type { Step } from "../../../pipeline/exchange.ts";
import { empty } from "../../../pipeline/http.ts";
import { AZURE_STACK } from "../apiVersions.ts";
import { invalidSubscriptionId, missingRegistration, resourceGroupNotFound, subscriptionNotFound } from "../errors.ts";

/** Looks the addressed subscription up; done before sign-in, for the challenge is to name its directory. */
export const findSubscription: Step = async (exchange, next) => {
  const [root, subscriptionId] = exchange.address.segments;
  if (root?.toLowerCase() !== "subscriptions" || subscriptionId === undefined) return next();
  if (!isGuid(subscriptionId)) return invalidSubscriptionId(subscriptionId);
  const subscription = exchange.services.store.subscriptions.find(subscriptionId);
  if (!subscription || subscription.state === "Deleted") return subscriptionNotFound(subscriptionId);
  exchange.subscription = subscription;
  return next();
};

/** What a resource needs around it: its resource group, and its namespace registered in the subscription. */
export const findContainers: Step = async ({ address, request, resolution, subscription, services }, next) => {
  if (!subscription) return next();
  const { subscriptions } = services.store;
  const { subscriptionId } = subscription;
  const [, , groups, group, providers] = address.segments;
  const inGroup = groups?.toLowerCase() === "resourcegroups" && group !== undefined && providers !== undefined;
  if (inGroup && !subscriptions.findGroup(subscriptionId, group)) {
    return request.method === "HEAD" ? empty(404) : resourceGroupNotFound(group);
  }
  const action = resolution.operation?.action ?? "";
  const needsProvider = action.startsWith(`${AZURE_STACK}/`) && action !== `${AZURE_STACK}/register/action`;
  if (needsProvider && !subscriptions.hasProvider(subscriptionId, AZURE_STACK)) return missingRegistration(AZURE_STACK);
  return next();
};
