import type { Exchange, Step } from "../../../pipeline/exchange.ts";
import { isPermitted } from "../../../store/permissions.ts";
import { authorizationFailed } from "../errors.ts";

/** Asks whether a role assignment of the caller allows the operation on the addressed scope. */
export const authorize: Step = async (exchange, next) => {
  const { principal, resolution, services } = exchange;
  const action = resolution.operation?.action;
  if (!principal || !action) return next();
  // Role definitions of the whole directory are open to every caller: clients look roles up there by name.
  if (!exchange.subscription && action === "Microsoft.Authorization/roleDefinitions/read") return next();
  const scope = scopeOf(exchange);
  if (isPermitted({ principal, action, assignments: services.store.roleAssignments.inherited(scope) })) return next();
  return authorizationFailed({ clientId: principal.clientId, objectId: principal.objectId, action, scope });
};

/** The scope an operation works on: for a collection or a POST action, what stands before its name. */
export function scopeOf({ address, resolution }: Exchange): string {
  const isNamed = resolution.operation?.path.endsWith("}") ?? true;
  const segments = isNamed ? address.segments : address.segments.slice(0, -1);
  return segments.map((segment) => `/${segment}`).join("");
}
