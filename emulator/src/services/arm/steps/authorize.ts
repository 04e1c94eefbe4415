import { parameter } from "../../../pipeline/exchange.ts";
import { isPermitted } from "../../../store/permissions.ts";
import { authorizationFailed } from "../errors.ts";
import type { ArmExchange, ArmStep } from "../exchange.ts";

/** Asks whether a role assignment of the caller allows the operation on the addressed scope. */
export const authorize: ArmStep = async (exchange, next) => {
  const { context, principal } = exchange;
  const action = actionOf(exchange);
  if (!principal || !action) return next();
  // Role definitions of the whole directory are open to every caller: clients look roles up there by name.
  if (!exchange.subscription && action === "Microsoft.Authorization/roleDefinitions/read") return next();
  const scope = scopeOf(exchange);
  if (isPermitted({ principal, action, assignments: context.store.roleAssignments.inherited(scope) })) return next();
  return authorizationFailed({ clientId: principal.clientId, objectId: principal.objectId, action, scope });
};

/** The scope an operation works on: for a collection or a POST action, what stands before its name. */
export function scopeOf({ request, resolution }: ArmExchange): string {
  const { segments } = request.address;
  const isNamed = resolution.operation?.path.endsWith("}") ?? true;
  return (isNamed ? segments : segments.slice(0, -1)).map((segment) => `/${segment}`).join("");
}

function actionOf(exchange: ArmExchange): string | undefined {
  return exchange.resolution.operation?.action?.replace(/\{(\w+)\}/g, (_, name: string) => parameter(exchange, name));
}
