import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import { isFor } from "../../../store/permissions.ts";
import type { ArmVersions } from "../apiVersions.ts";
import { ARM_SCOPE, type ArmOperation } from "../exchange.ts";

/** What the caller may do at a scope; every caller may ask. */
export function permissionOperations({ roles }: ArmVersions): readonly ArmOperation[] {
  return [
    {
      name: "Permissions_ListForResource",
      method: "GET",
      path: `${ARM_SCOPE}/providers/Microsoft.Authorization/permissions`,
      apiVersions: roles,
      handle: list,
    },
  ];
}

function list(exchange: Exchange): EmulatorResponse {
  const { context, principal } = exchange;
  const { roleAssignments, roleDefinitions } = context.store;
  const assignments = roleAssignments.inherited(parameter(exchange, "scope"));
  const own = assignments.filter((assignment) => principal !== undefined && isFor(assignment, principal));
  const value = own.map(({ role, actions }) => {
    const definition = roleDefinitions.find(role ?? "");
    return {
      actions: actions ?? definition?.actions ?? [],
      notActions: definition?.notActions ?? [],
      dataActions: [],
      notDataActions: [],
    };
  });
  return json(200, { value });
}
