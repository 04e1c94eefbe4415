import type { ResourceGroup, Subscription } from "../world/world.ts";

export type { ResourceGroup, Subscription };

/** A subscription's facts that can be changed at run time. */
export type SubscriptionChanges = Partial<Omit<Subscription, "subscriptionId" | "resourceGroups" | "providers">>;

/** Subscriptions and what each of them holds. */
export interface SubscriptionStore {
  find(subscriptionId: string): Subscription | undefined;
  list(): readonly Subscription[];
  /** Changes facts out of band; `false` when there is no such subscription. */
  change(subscriptionId: string, changes: SubscriptionChanges): boolean;
  findGroup(subscriptionId: string, name: string): ResourceGroup | undefined;
  listGroups(subscriptionId: string): readonly ResourceGroup[];
  putGroup(subscriptionId: string, group: ResourceGroup): "created" | "replaced";
  deleteGroup(subscriptionId: string, name: string): "deleted" | "notFound";
  listProviders(subscriptionId: string): readonly string[];
  hasProvider(subscriptionId: string, namespace: string): boolean;
  registerProvider(subscriptionId: string, namespace: string): void;
}

interface Record {
  facts: Subscription;
  readonly groups: Map<string, ResourceGroup>;
  readonly providers: Map<string, string>;
}

/** Subscriptions with their resource groups and registered resource providers; ids and names in any letter case. */
export function createSubscriptionStore(
  subscriptions: readonly Subscription[],
  changed: () => void,
): SubscriptionStore {
  const records = new Map<string, Record>();
  for (const facts of subscriptions) {
    records.set(facts.subscriptionId.toLowerCase(), {
      facts,
      groups: new Map((facts.resourceGroups ?? []).map((group) => [group.name.toLowerCase(), group])),
      providers: new Map((facts.providers ?? []).map((namespace) => [namespace.toLowerCase(), namespace])),
    });
  }
  const recordOf = (subscriptionId: string) => records.get(subscriptionId.toLowerCase());

  return {
    find: (subscriptionId) => recordOf(subscriptionId)?.facts,
    list: () => [...records.values()].map((record) => record.facts),
    change(subscriptionId, changes) {
      const record = recordOf(subscriptionId);
      if (!record) return false;
      record.facts = { ...record.facts, ...changes };
      changed();
      return true;
    },
    findGroup: (subscriptionId, name) => recordOf(subscriptionId)?.groups.get(name.toLowerCase()),
    listGroups: (subscriptionId) => [...(recordOf(subscriptionId)?.groups.values() ?? [])],
    putGroup(subscriptionId, group) {
      const groups = recordOf(subscriptionId)?.groups;
      const before = groups?.get(group.name.toLowerCase());
      groups?.set(group.name.toLowerCase(), { ...group, name: before?.name ?? group.name });
      changed();
      return before ? "replaced" : "created";
    },
    deleteGroup(subscriptionId, name) {
      if (!recordOf(subscriptionId)?.groups.delete(name.toLowerCase())) return "notFound";
      changed();
      return "deleted";
    },
    listProviders: (subscriptionId) => [...(recordOf(subscriptionId)?.providers.values() ?? [])],
    hasProvider: (subscriptionId, namespace) =>
      recordOf(subscriptionId)?.providers.has(namespace.toLowerCase()) ?? false,
    registerProvider(subscriptionId, namespace) {
      recordOf(subscriptionId)?.providers.set(namespace.toLowerCase(), namespace);
      changed();
    },
  };
}
