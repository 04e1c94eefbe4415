import { sameId } from "@azurestack-csp/provider/ids";
import { findRole } from "../world/roles.ts";
import type { NamedRoleAssignment } from "./access.ts";
import type { ServicePrincipal } from "./directories.ts";

/** Whether a principal has a right, asked of the role assignments that reach a scope. */
export interface PermissionQuestion {
  readonly principal: ServicePrincipal;
  readonly action: string;
  /** Role assignments on the scope and above it. */
  readonly assignments: readonly NamedRoleAssignment[];
}

/** Whether one of the assignments gives the principal the right. */
export function isPermitted({ principal, action, assignments }: PermissionQuestion): boolean {
  return assignments.some((assignment) => isFor(assignment, principal) && allows(assignment, action));
}

/** Whether the assignment is this principal's. */
export function isFor({ clientId, principalId }: NamedRoleAssignment, principal: ServicePrincipal): boolean {
  return principalId === undefined
    ? clientId !== undefined && sameId(clientId, principal.clientId)
    : sameId(principalId, principal.objectId);
}

function allows({ role, actions = [] }: NamedRoleAssignment, action: string): boolean {
  const definition = role === undefined ? undefined : findRole(role);
  const granted = [...actions, ...(definition?.actions ?? [])];
  const matches = (pattern: string) => fitsPattern(action, pattern);
  return granted.some(matches) && !(definition?.notActions ?? []).some(matches);
}

function fitsPattern(action: string, pattern: string): boolean {
  if (pattern === "*") return true;
  const expression = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${expression}$`, "i").test(action);
}
