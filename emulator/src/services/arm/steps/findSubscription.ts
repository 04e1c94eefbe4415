import { isGuid } from "@azurestack-csp/provider/ids";
import { invalidSubscriptionId, subscriptionNotFound } from "../errors.ts";
import type { ArmStep } from "../exchange.ts";

/** Looks the addressed subscription up; done before sign-in, for the challenge is to name its directory. */
export const findSubscription: ArmStep = async (exchange, next) => {
  const [root, subscriptionId] = exchange.request.address.segments;
  if (root?.toLowerCase() !== "subscriptions" || subscriptionId === undefined) return next();
  if (!isGuid(subscriptionId)) return invalidSubscriptionId(subscriptionId);
  const subscription = exchange.context.store.subscriptions.find(subscriptionId);
  if (!subscription || subscription.state === "Deleted") return subscriptionNotFound(subscriptionId);
  exchange.subscription = subscription;
  return next();
};
