import type { Modes } from "../modes.ts";
import type { Lock, RoleAssignment, World } from "../world/world.ts";
import { createScopedStore, type NamedRoleAssignment, nameRoleAssignment, type ScopedStore } from "./access.ts";
import { type CustomerSubscriptionStore, createCustomerSubscriptionStore } from "./customerSubscriptions.ts";
import { createDirectoryStore, type DirectoryStore } from "./directories.ts";
import { createRegistrationStore, type RegistrationStore } from "./registrations.ts";
import { createSubscriptionStore, type SubscriptionStore } from "./subscriptions.ts";

/** What the emulated Azure knows. It knows no HTTP: outcomes are data. */
export interface Store {
  readonly directories: DirectoryStore;
  readonly subscriptions: SubscriptionStore;
  readonly registrations: RegistrationStore;
  readonly customerSubscriptions: CustomerSubscriptionStore;
  readonly locks: ScopedStore<Lock>;
  readonly roleAssignments: ScopedStore<NamedRoleAssignment>;
}

export interface StoreOptions {
  readonly world: World;
  readonly modes: () => Modes;
  /** Called after every change of what outlives a restart. */
  readonly changed: () => void;
  readonly now: () => Date;
}

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
