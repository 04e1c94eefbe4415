import { sameId } from "@azurestack-csp/provider/ids";
import { type JsonObject, objectIn, textIn } from "../../../pipeline/bodies.ts";
import { parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, empty, json } from "../../../pipeline/http.ts";
import type { NamedRoleAssignment } from "../../../store/access.ts";
import type { ArmVersions } from "../apiVersions.ts";
import { readBody } from "../bodies.ts";
import { gatewayError, invalidRequestContent } from "../errors.ts";
import { ARM_SCOPE, type ArmExchange, type ArmOperation } from "../exchange.ts";
import { roleDefinitionId, roleDefinitionUnknown } from "./roleDefinitions.ts";

const LIST = `${ARM_SCOPE}/providers/Microsoft.Authorization/roleAssignments`;
const ITEM = `${LIST}/{name}`;
const ACTION = "Microsoft.Authorization/roleAssignments";

/** Role assignments at any scope. */
export function roleAssignmentOperations({ roles }: ArmVersions): readonly ArmOperation[] {
  const common = { apiVersions: roles } as const;
  return [
    {
      ...common,
      name: "RoleAssignments_ListForScope",
      method: "GET",
      path: LIST,
      action: `${ACTION}/read`,
      handle: list,
    },
    { ...common, name: "RoleAssignments_Get", method: "GET", path: ITEM, action: `${ACTION}/read`, handle: get },
    { ...common, name: "RoleAssignments_Create", method: "PUT", path: ITEM, action: `${ACTION}/write`, handle: put },
    {
      ...common,
      name: "RoleAssignments_Delete",
      method: "DELETE",
      path: ITEM,
      action: `${ACTION}/delete`,
      handle: remove,
    },
  ];
}

function list(exchange: ArmExchange): EmulatorResponse {
  const { roleAssignments } = exchange.context.store;
  const scope = parameter(exchange, "scope");
  const filter = exchange.request.address.query.get("$filter") ?? "";
  const [, principalId] = /(?:principalId eq |assignedTo\()'([^']+)'/i.exec(filter) ?? [];
  const atScope = filter.toLowerCase().includes("atscope()");
  const found = new Set([...roleAssignments.inherited(scope), ...(atScope ? [] : roleAssignments.within(scope))]);
  const resources = [...found].map((assignment) => shape(exchange, assignment));
  const fits = (resource: JsonObject) =>
    principalId === undefined || sameId(textIn(objectIn(resource, "properties"), "principalId") ?? "", principalId);
  return json(200, { value: resources.filter(fits) });
}

function get(exchange: ArmExchange): EmulatorResponse {
  const assignment = exchange.context.store.roleAssignments.find(keyOf(exchange));
  if (assignment) return json(200, shape(exchange, assignment));
  const name = parameter(exchange, "name");
  return gatewayError(404, "RoleAssignmentNotFound", `The role assignment '${name}' is not found.`);
}

function put(exchange: ArmExchange): EmulatorResponse {
  const body = readBody(exchange.request);
  if (body.kind === "refused") return body.response;
  const properties = objectIn(body.value, "properties");
  const principalId = textIn(properties, "principalId");
  const definitionId = textIn(properties, "roleDefinitionId");
  if (!principalId || !definitionId) return invalidRequestContent("principalId and roleDefinitionId are required.");
  const { roleAssignments, roleDefinitions } = exchange.context.store;
  const asked = definitionId.split("/").at(-1) ?? "";
  const role = roleDefinitions.find(asked);
  if (!role) return roleDefinitionUnknown(400, asked);

  const assignment = { ...keyOf(exchange), principalId, role: role.id };
  const same = (other: NamedRoleAssignment) =>
    sameId(other.scope, assignment.scope) &&
    sameId(other.principalId ?? "", principalId) &&
    roleDefinitions.find(other.role ?? "") === role;
  const before = roleAssignments.find(assignment);
  if (before && !same(before)) {
    return gatewayError(
      400,
      "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    );
  }
  if (!before && roleAssignments.all().some(same)) {
    return gatewayError(409, "RoleAssignmentExists", "The role assignment already exists.");
  }
  const outcome = roleAssignments.put(assignment);
  return json(outcome === "created" ? 201 : 200, shape(exchange, assignment));
}

function remove(exchange: ArmExchange): EmulatorResponse {
  const deleted = exchange.context.store.roleAssignments.delete(keyOf(exchange));
  return deleted ? json(200, shape(exchange, deleted)) : empty(204);
}

function shape(exchange: ArmExchange, assignment: NamedRoleAssignment): JsonObject {
  const { scope, name, principalId = ownIdOf(exchange, assignment) } = assignment;
  const role = exchange.context.store.roleDefinitions.find(assignment.role ?? "");
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    type: "Microsoft.Authorization/roleAssignments",
    properties: {
      roleDefinitionId: roleDefinitionId(exchange, role?.id ?? name),
      principalId,
      principalType: "ServicePrincipal",
      scope,
    },
  };
}

/** The object id that an application named by its client id has in the subscription's directory. */
function ownIdOf({ context, subscription }: ArmExchange, { clientId = "" }: NamedRoleAssignment): string {
  const { directories } = context.store;
  const directory = directories.find(subscription?.tenantId ?? "");
  const lookup = directory && clientId ? directories.findServicePrincipal(directory, clientId) : undefined;
  return lookup?.kind === "found" ? lookup.principal.objectId : clientId;
}

function keyOf(exchange: ArmExchange) {
  return { scope: parameter(exchange, "scope"), name: parameter(exchange, "name") };
}
