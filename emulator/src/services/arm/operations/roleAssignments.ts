import { sameId } from "@azurestack-csp/provider/ids";
import { type JsonObject, objectIn, readBody, textIn } from "../../../pipeline/bodies.ts";
import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, empty, json } from "../../../pipeline/http.ts";
import type { Operation } from "../../../pipeline/router.ts";
import type { NamedRoleAssignment } from "../../../store/access.ts";
import { builtInRoles, findRole, type RoleDefinition } from "../../../world/roles.ts";
import { roleAssignmentResource } from "../../registrations/bodies.ts";
import { roleVersions } from "../apiVersions.ts";
import { gatewayError, invalidRequestContent } from "../errors.ts";

const LIST = "{scope}/providers/Microsoft.Authorization/roleAssignments";
const ITEM = `${LIST}/{name}`;
const DEFINITIONS = "{scope}/providers/Microsoft.Authorization/roleDefinitions";
const ACTION = "Microsoft.Authorization/roleAssignments";
const common = { apiVersions: roleVersions } as const;

/** Role assignments at any scope, and the built-in role definitions. */
export const roleOperations: readonly Operation[] = [
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
  {
    ...common,
    name: "RoleDefinitions_List",
    method: "GET",
    path: DEFINITIONS,
    action: "Microsoft.Authorization/roleDefinitions/read",
    handle: listDefinitions,
  },
  {
    ...common,
    name: "RoleDefinitions_Get",
    method: "GET",
    path: `${DEFINITIONS}/{name}`,
    action: "Microsoft.Authorization/roleDefinitions/read",
    handle: getDefinition,
  },
];

function list(exchange: Exchange): EmulatorResponse {
  const { roleAssignments } = exchange.services.store;
  const scope = parameter(exchange, "scope");
  const filter = exchange.address.query.get("$filter") ?? "";
  const [, principalId] = /(?:principalId eq |assignedTo\()'([^']+)'/i.exec(filter) ?? [];
  const atScope = filter.toLowerCase().includes("atscope()");
  const found = new Set([...roleAssignments.inherited(scope), ...(atScope ? [] : roleAssignments.within(scope))]);
  const resources = [...found].map((assignment) => shape(exchange, assignment));
  const fits = (resource: JsonObject) =>
    principalId === undefined || sameId(textIn(objectIn(resource, "properties"), "principalId") ?? "", principalId);
  return json(200, { value: resources.filter(fits) });
}

function get(exchange: Exchange): EmulatorResponse {
  const assignment = exchange.services.store.roleAssignments.find(keyOf(exchange));
  if (assignment) return json(200, shape(exchange, assignment));
  const name = parameter(exchange, "name");
  return gatewayError(404, "RoleAssignmentNotFound", `The role assignment '${name}' is not found.`);
}

function put(exchange: Exchange): EmulatorResponse {
  const body = readBody(exchange.request);
  if (body.kind === "refused") return body.response;
  const properties = objectIn(body.value, "properties");
  const principalId = textIn(properties, "principalId");
  const definitionId = textIn(properties, "roleDefinitionId");
  if (!principalId || !definitionId) return invalidRequestContent("principalId and roleDefinitionId are required.");
  const role = findRole(definitionId.split("/").at(-1) ?? "");
  if (!role)
    return gatewayError(
      400,
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${definitionId.split("/").at(-1)}' does not exist.`,
    );

  const { roleAssignments } = exchange.services.store;
  const assignment = { ...keyOf(exchange), principalId, role: role.id };
  const same = (other: NamedRoleAssignment) =>
    sameId(other.scope, assignment.scope) &&
    sameId(other.principalId ?? "", principalId) &&
    findRole(other.role ?? "") === role;
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

function remove(exchange: Exchange): EmulatorResponse {
  const deleted = exchange.services.store.roleAssignments.delete(keyOf(exchange));
  return deleted ? json(200, shape(exchange, deleted)) : empty(204);
}

function listDefinitions(exchange: Exchange): EmulatorResponse {
  const filter = exchange.address.query.get("$filter") ?? "";
  const [, name] = /roleName eq '([^']+)'/i.exec(filter) ?? [];
  const found = builtInRoles.filter((role) => name === undefined || sameId(role.name, name));
  return json(200, { value: found.map((role) => definitionResource(exchange, role)) });
}

function getDefinition(exchange: Exchange): EmulatorResponse {
  const name = parameter(exchange, "name");
  const role = findRole(name);
  if (role) return json(200, definitionResource(exchange, role));
  return gatewayError(
    404,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${name}' does not exist.`,
  );
}

function shape(exchange: Exchange, assignment: NamedRoleAssignment): JsonObject {
  const { directories } = exchange.services.store;
  const directory = directories.find(exchange.subscription?.tenantId ?? "");
  const lookup =
    directory && assignment.clientId ? directories.findServicePrincipal(directory, assignment.clientId) : undefined;
  const ownId = lookup?.kind === "found" ? lookup.principal.objectId : (assignment.clientId ?? "");
  const role = findRole(assignment.role ?? "");
  return roleAssignmentResource({
    assignment,
    principalId: assignment.principalId ?? ownId,
    roleDefinitionId: definitionId(exchange, role?.id ?? assignment.name),
  });
}

function definitionResource(
  exchange: Exchange,
  { id, name, description, actions, notActions }: RoleDefinition,
): JsonObject {
  return {
    id: definitionId(exchange, id),
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

function definitionId(exchange: Exchange, id: string): string {
  const subscription = exchange.subscription ? `/subscriptions/${exchange.subscription.subscriptionId}` : "";
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`;
}

function keyOf(exchange: Exchange) {
  return { scope: parameter(exchange, "scope"), name: parameter(exchange, "name") };
}
