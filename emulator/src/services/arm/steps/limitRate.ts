import { subscriptionRequestsThrottled } from "../errors.ts";
import type { ArmStep } from "../exchange.ts";
import { operationTypeOf, type Remaining, type Throttle } from "../throttle.ts";

/** Takes a token from the principal's bucket for the subscription, or for the directory where there is none. */
export function limitRate(throttle: Throttle | undefined, unthrottled: Remaining): ArmStep {
  return async (exchange, next) => {
    const { context, principal, request, subscription } = exchange;
    if (!principal) return next();
    const type = operationTypeOf(request.method);
    exchange.remaining = unthrottled[type];
    if (!throttle) return next();

    const subscriptionId = subscription?.subscriptionId ?? principal.tenantId;
    const verdict = throttle.take(subscriptionId, principal.objectId, type);
    exchange.remaining = verdict.kind === "passed" ? verdict.remaining : 0;
    if (verdict.kind === "passed") return next();
    return subscriptionRequestsThrottled({
      type,
      subscriptionId,
      actor: principal.objectId,
      retryAfterInSeconds: verdict.retryAfterInSeconds,
      sendRetryAfter: context.modes().retryAfter === "sent",
    });
  };
}
