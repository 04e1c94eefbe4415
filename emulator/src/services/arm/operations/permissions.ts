import { type Exchange, parameter } from "../../../pipeline/exchange.ts";
import { type EmulatorResponse, json } from "../../../pipeline/http.ts";
import type { Operation } from "../../../pipeline/router.ts";
import { isFor } from "../../../store/permissions.ts";
import { findRole } from "../../../world/roles.ts";
import { roleVersions } from "../apiVersions.ts";

/** What the caller may do at a scope; every caller may ask. */
export const permissionOperations: readonly Operation[] = [
  {
    name: "Permissions_ListForResource",
    method: "GET",
    path: "{scope}/providers/Microsoft.Authorization/permissions",
    apiVersions: roleVersions,
    handle: list,
  },
];

function list(exchange: Exchange): EmulatorResponse {
  const { principal, services } = exchange;
  const assignments = services.store.roleAssignments.inherited(parameter(exchange, "scope"));
  const own = assignments.filter((assignment) => principal !== undefined && isFor(assignment, principal));
  const value = own.map(({ role, actions }) => {
    const definition = findRole(role ?? "");
    return {
      actions: actions ?? definition?.actions ?? [],
      notActions: definition?.notActions ?? [],
      dataActions: [],
      notDataActions: [],
    };
  });
  return json(200, { value });
}
