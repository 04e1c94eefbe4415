import { empty } from "../../../pipeline/http.ts";
import { resourceGroupNotFound } from "../errors.ts";
import type { ArmStep } from "../exchange.ts";

/** Looks up the resource group that a resource is in. */
export const findGroup: ArmStep = async ({ context, request, subscription }, next) => {
  const [, , groups, group, providers] = request.address.segments;
  const inGroup = groups?.toLowerCase() === "resourcegroups" && group !== undefined && providers !== undefined;
  if (!subscription || !inGroup) return next();
  if (context.store.subscriptions.findGroup(subscription.subscriptionId, group)) return next();
  return request.method === "HEAD" ? empty(404) : resourceGroupNotFound(group);
};
