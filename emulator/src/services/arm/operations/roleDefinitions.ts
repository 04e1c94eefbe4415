import { sameId } from "@azurestack-csp/provider/ids";
import type { JsonObject } from "../../../pipeline/bodies.ts";
import { parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import type { RoleDefinition } from "../../../store/store.ts";
import type { ArmVersions } from "../apiVersions.ts";
import { gatewayError } from "../errors.ts";
import { ARM_SCOPE, type ArmExchange, type ArmOperation } from "../exchange.ts";

const LIST = `${ARM_SCOPE}/providers/Microsoft.Authorization/roleDefinitions`;

/** The built-in role definitions. */
export function roleDefinitionOperations({ roles }: ArmVersions): readonly ArmOperation[] {
  const common = { apiVersions: roles, action: "Microsoft.Authorization/roleDefinitions/read" } as const;
  return [
    { ...common, name: "RoleDefinitions_List", method: "GET", path: LIST, handle: list },
    { ...common, name: "RoleDefinitions_Get", method: "GET", path: `${LIST}/{name}`, handle: get },
  ];
}

/** The ARM id of a role definition, below the subscription that the request names. */
export function roleDefinitionId({ subscription }: ArmExchange, id: string): string {
  const scope = subscription ? `/subscriptions/${subscription.subscriptionId}` : "";
  return `${scope}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
}

/** A role definition that there is not; 404 where it was asked for, 400 where it was to be assigned. */
export function roleDefinitionUnknown(status: 400 | 404, id: string): EmulatorResponse {
  const message = `The specified role definition with ID '${id}' does not exist.`;
  return gatewayError(status, "RoleDefinitionDoesNotExist", message);
}

function list(exchange: ArmExchange): EmulatorResponse {
  const filter = exchange.request.address.query.get("$filter") ?? "";
  const [, name] = /roleName eq '([^']+)'/i.exec(filter) ?? [];
  const all = exchange.context.store.roleDefinitions.all();
  const found = all.filter((role) => name === undefined || sameId(role.name, name));
  return json(200, { value: found.map((role) => shape(exchange, role)) });
}

function get(exchange: ArmExchange): EmulatorResponse {
  const name = parameter(exchange, "name");
  const role = exchange.context.store.roleDefinitions.find(name);
  return role ? json(200, shape(exchange, role)) : roleDefinitionUnknown(404, name);
}

function shape(exchange: ArmExchange, { id, name, description, actions, notActions }: RoleDefinition): JsonObject {
  return {
    id: roleDefinitionId(exchange, id),
    name: id,
    type: "Microsoft.Authorization/roleDefinitions",
    properties: {
      roleName: name,
      type: "BuiltInRole",
      description,
      assignableScopes: ["/"],
      permissions: [{ actions, notActions, dataActions: [], notDataActions: [] }],
    },
  };
}
