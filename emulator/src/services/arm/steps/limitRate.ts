import type { Step } from "../../../pipeline/exchange.ts";
import { unthrottledRemaining } from "../throttle.ts";
import { operationTypeOf, subscriptionRequestsThrottled } from "../throttling.ts";

/** Takes a token from the principal's bucket for the subscription, or for the directory where there is none. */
export const limitRate: Step = async (exchange, next) => {
  const { principal, request, services, subscription } = exchange;
  if (!principal) return next();
  const type = operationTypeOf(request.method);
  exchange.remaining = unthrottledRemaining[type];
  if (!services.throttle) return next();

  const subscriptionId = subscription?.subscriptionId ?? principal.tenantId;
  const verdict = services.throttle.take(subscriptionId, principal.objectId, type);
  exchange.remaining = verdict.kind === "passed" ? verdict.remaining : 0;
  if (verdict.kind === "passed") return next();
  return subscriptionRequestsThrottled({
    type,
    subscriptionId,
    actor: principal.objectId,
    retryAfterInSeconds: verdict.retryAfterInSeconds,
    sendRetryAfter: services.modes().retryAfter === "sent",
  });
};
