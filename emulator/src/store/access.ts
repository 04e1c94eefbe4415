import { sameId } from "@azurestack-csp/provider/ids";
import type { Lock, RoleAssignment } from "../world/world.ts";
import { guidFrom } from "./directories.ts";

export type { Lock };

/** Where a lock or role assignment is, and its name there. */
export interface ScopedName {
  readonly scope: string;
  readonly name: string;
}

/** What hangs on scopes; scopes and names in any letter case. */
export interface ScopedStore<Item extends ScopedName> {
  find(key: ScopedName): Item | undefined;
  /** Items on the scope itself and on the scopes above it. */
  inherited(scope: string): readonly Item[];
  /** Items on the scope itself and on the scopes below it. */
  within(scope: string): readonly Item[];
  all(): readonly Item[];
  put(item: Item): "created" | "replaced";
  delete(key: ScopedName): Item | undefined;
}

/** A role assignment with its name, as ARM tells it from others on its scope. */
export type NamedRoleAssignment = RoleAssignment & ScopedName;

/** Things that hang on an ARM scope and are inherited by all below it: locks, role assignments. */
export function createScopedStore<Item extends ScopedName>(
  items: readonly Item[],
  changed: () => void,
): ScopedStore<Item> {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  const select = (fits: (item: Item) => boolean) => [...byKey.values()].filter(fits);

  return {
    find: (key) => byKey.get(keyOf(key)),
    inherited: (scope) => select((item) => isWithin(scope, item.scope)),
    within: (scope) => select((item) => isWithin(item.scope, scope)),
    all: () => [...byKey.values()],
    put(item) {
      const existed = byKey.has(keyOf(item));
      byKey.set(keyOf(item), item);
      changed();
      return existed ? "replaced" : "created";
    },
    delete(key) {
      const item = byKey.get(keyOf(key));
      if (!item) return undefined;
      byKey.delete(keyOf(key));
      changed();
      return item;
    },
  };
}

/** Gives a role assignment the GUID that names it, where the world left it out. */
export function nameRoleAssignment(assignment: RoleAssignment): NamedRoleAssignment {
  const { principalId = "", clientId = "", role = "", actions = [], scope } = assignment;
  return { ...assignment, name: assignment.name ?? guidFrom(principalId, clientId, role, actions.join(), scope) };
}

/** The application as Owner of a subscription. */
export function ownerOf(subscriptionId: string, clientId: string): RoleAssignment {
  return { clientId, role: "Owner", scope: `/subscriptions/${subscriptionId}` };
}

/** Whether `scope` is `above` or lies below it. */
function isWithin(scope: string, above: string): boolean {
  const root = above.replace(/\/+$/, "");
  return sameId(scope, root) || scope.toLowerCase().startsWith(`${root.toLowerCase()}/`);
}

function keyOf({ scope, name }: ScopedName): string {
  return `${scope.replace(/\/+$/, "")}|${name}`.toLowerCase();
}
