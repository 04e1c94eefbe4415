import type { Modes } from "../modes.ts";
import type { UsageWorldOptions } from "../usage/createUsage.ts";
import { builtInRoles, findRole, type RoleDefinition } from "../world/roles.ts";
import type { Lock, RoleAssignment, World } from "../world/world.ts";
import {
  createScopedStore,
  type NamedRoleAssignment,
  nameRoleAssignment,
  ownerOf,
  type ScopedStore,
} from "./access.ts";
import { createBillingHistory } from "./billingHistory.ts";
import { type CustomerSubscriptionStore, createCustomerSubscriptionStore } from "./customerSubscriptions.ts";
import { createDirectoryStore, type DirectoryStore } from "./directories.ts";
import { createHubs, type Hub } from "./hubs.ts";
import { createRegistrationStore, type RegistrationStore } from "./registrations.ts";
import { createSubscriptionStore, type Subscription, type SubscriptionStore } from "./subscriptions.ts";
import { createSwitchedOff } from "./switchedOff.ts";
import { createUsageStore, type UsageStore } from "./usage.ts";

export type { RoleDefinition };

/** What services know, as data: Azure's all of it, a Hub's with the subscriptions of their own endpoint. */
export interface Store {
  readonly directories: DirectoryStore;
  readonly subscriptions: SubscriptionStore;
  readonly registrations: RegistrationStore;
  readonly customerSubscriptions: CustomerSubscriptionStore;
  readonly locks: ScopedStore<Lock>;
  readonly roleAssignments: ScopedStore<NamedRoleAssignment>;
  readonly roleDefinitions: RoleDefinitionStore;
  readonly usage: UsageStore;
}

/** The whole world. It knows no HTTP: outcomes are data. */
export interface WorldStore extends Store {
  readonly subscriptions: SubscriptionStore<Subscription>;
  readonly hubs: readonly Hub[];
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
  /** What was used: how much is made up, or rows, and the Hubs that it is of. @default made up for the world's Hubs */
  readonly usage?: Partial<Pick<UsageWorldOptions, "usage" | "hubs">>;
}

/** The world as it stands, to be read and changed by entity. */
export function createStore({ world, modes, changed, now, usage = {} }: StoreOptions): WorldStore {
  let sequence = 0;
  const nextSequence = () => ++sequence;
  const subscriptions = createSubscriptionStore(world.subscriptions, changed);
  const history = createBillingHistory(now);
  const registrations = createRegistrationStore({
    registrations: world.registrations ?? [],
    modes,
    changed,
    nextSequence,
    history,
    now,
  });
  const directories = createDirectoryStore(world.directories);
  const switchedOff = createSwitchedOff(now);
  const observe = () => {
    switchedOff.observe(hubs);
    for (const hub of hubs) history.report(hub.cloudId, hub.settings().usageReportingEnabled);
  };
  const hubs = createHubs({
    hubs: world.hubs ?? [],
    directories,
    changed() {
      observe();
      changed();
    },
  });
  const baseline = usage.hubs ?? world.hubs ?? [];
  switchedOff.begin(baseline);
  observe();
  return {
    directories,
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
      (world.roleAssignments ?? ownersOfSubscriptions(world)).map(nameRoleAssignment),
      changed,
    ),
    hubs,
    usage: createUsageStore({
      hubs: baseline,
      usage: usage.usage ?? {},
      startedAt: now(),
      isOff: switchedOff.isOff,
      live: hubs,
      history,
      modes,
      now,
    }),
    roleDefinitions: { all: () => builtInRoles, find: findRole },
  };
}

function ownersOfSubscriptions(world: World): readonly RoleAssignment[] {
  const ofRegistrations = (world.registrations ?? []).map((registration) => registration.subscriptionId);
  return [...ownersOf(world, ofRegistrations), ...ownersOfHubs(world)];
}

/** Every application as Owner of every subscription of the Hubs, which is so in a world that states no roles. */
export function ownersOfHubs(world: World): readonly RoleAssignment[] {
  const subscriptionIds = (world.hubs ?? []).flatMap(({ providerSubscriptionId, subscriptions = [] }) => [
    providerSubscriptionId,
    ...subscriptions.map(({ subscriptionId }) => subscriptionId),
  ]);
  return ownersOf(world, subscriptionIds);
}

function ownersOf({ directories }: World, subscriptionIds: readonly string[]): readonly RoleAssignment[] {
  const applications = directories.flatMap((directory) => directory.applications ?? []);
  return [...new Set(subscriptionIds)].flatMap((subscriptionId) =>
    applications.map(({ clientId }) => ownerOf(subscriptionId, clientId)),
  );
}
