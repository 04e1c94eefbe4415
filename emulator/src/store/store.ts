import type { Modes } from "../modes.ts";
import { builtInRoles, findRole, type RoleDefinition } from "../world/roles.ts";
import type { Lock, RoleAssignment, World } from "../world/world.ts";
import { createScopedStore, type NamedRoleAssignment, nameRoleAssignment, type ScopedStore } from "./access.ts";
import { type CustomerSubscriptionStore, createCustomerSubscriptionStore } from "./customerSubscriptions.ts";
import { createDirectoryStore, type DirectoryStore } from "./directories.ts";
import { createRegistrationStore, type RegistrationStore } from "./registrations.ts";
import { createSubscriptionStore, type SubscriptionStore } from "./subscriptions.ts";

export type { RoleDefinition };

/** What the emulated Azure knows. It knows no HTTP: outcomes are data. */
export interface Store {
  readonly directories: DirectoryStore;
  readonly subscriptions: SubscriptionStore;
  readonly registrations: RegistrationStore;
  readonly customerSubscriptions: CustomerSubscriptionStore;
  readonly locks: ScopedStore<Lock>;
  readonly roleAssignments: ScopedStore<NamedRoleAssignment>;
  readonly roleDefinitions: RoleDefinitionStore;
}

/** The roles that can be assigned; nothing here changes at run time. */
interface RoleDefinitionStore {
  all(): readonly RoleDefinition[];
  /** The role with this name or id, in any letter case. */
  find(nameOrId: string): RoleDefinition | undefined;
}

/** What a store begins with. */
export interface StoreOptions {
  readonly world: World;
  readonly modes: () => Modes;
  /** Called after every change of what outlives a restart. */
  readonly changed: () => void;
  readonly now: () => Date;
}

/** The world as it stands, to be read and changed by entity. */
export function createStore({ world, modes, changed, now }: StoreOptions): Store {
  let sequence = 0;
  const nextSequence = () => ++sequence;
  const subscriptions = createSubscriptionStore(world.subscriptions, changed);
  const registrations = createRegistrationStore({
    registrations: world.registrations ?? [],
    modes,
    changed,
    nextSequence,
  });
  return {
    directories: createDirectoryStore(world.directories),
    subscriptions,
    registrations,
    customerSubscriptions: createCustomerSubscriptionStore({
      registrations,
      subscriptions,
      modes,
      changed,
      now,
      nextSequence,
    }),
    locks: createScopedStore(world.locks ?? [], changed),
    roleAssignments: createScopedStore(
      (world.roleAssignments ?? ownersOfRegistrations(world)).map(nameRoleAssignment),
      changed,
    ),
    roleDefinitions: { all: () => builtInRoles, find: findRole },
  };
}

function ownersOfRegistrations(world: World): readonly RoleAssignment[] {
  const subscriptionIds = new Set((world.registrations ?? []).map((registration) => registration.subscriptionId));
  const applications = world.directories.flatMap((directory) => directory.applications ?? []);
  return applications.flatMap(({ clientId }) =>
    [...subscriptionIds].map((subscriptionId) => ({
      clientId,
      role: "Owner",
      scope: `/subscriptions/${subscriptionId}`,
    })),
  );
}
