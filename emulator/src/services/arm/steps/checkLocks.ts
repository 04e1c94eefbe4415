import { sameId } from "@azurestack-csp/provider/ids";
import type { Lock } from "../../../store/access.ts";
import { disabledSubscription, scopeLocked } from "../errors.ts";
import type { ArmExchange, ArmStep } from "../exchange.ts";
import { scopeOf } from "./authorize.ts";

/** Refuses what a management lock holds, and writes to a disabled subscription. */
export const checkLocks: ArmStep = async (exchange, next) => {
  const { method } = exchange.request;
  if (method === "GET" || method === "HEAD") return next();
  const { subscription } = exchange;
  if (subscription?.state === "Disabled") return disabledSubscription(subscription.subscriptionId);
  if (exchange.resolution.operation?.action?.startsWith("Microsoft.Authorization/locks/")) return next();
  const scope = scopeOf(exchange);
  const locked = holding(exchange, scope).map((lock) => lock.scope);
  return locked.length > 0 ? scopeLocked(scope, method === "DELETE" ? "delete" : "write", locked) : next();
};

/** Locks that hold the scope: on it or above it, and for a deletion also those below it. */
function holding({ request, context }: ArmExchange, scope: string): readonly Lock[] {
  const { locks } = context.store;
  const inherits = context.modes().childLocks === "bite";
  const above = locks.inherited(scope).filter((lock) => inherits || sameId(lock.scope, scope));
  if (request.method !== "DELETE") return above.filter(({ level }) => level === "ReadOnly");
  return [...new Set([...above, ...locks.within(scope)])];
}
