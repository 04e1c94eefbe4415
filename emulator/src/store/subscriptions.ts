import type { LocalSubscriptionState } from "../world/hub.ts";
import type { ResourceGroup, Subscription, SubscriptionKind, SubscriptionState } from "../world/world.ts";

export type { ResourceGroup, Subscription };

/** What an Azure Resource Manager has to know of a subscription, be it Azure's or a Hub's. */
export interface ArmSubscription {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly displayName: string;
  readonly state?: SubscriptionState | LocalSubscriptionState;
  /** A Hub's are not sold. */
  readonly kind?: SubscriptionKind;
  readonly providers?: readonly string[];
  readonly resourceGroups?: readonly ResourceGroup[];
}

/** A subscription's facts that can be changed at run time. */
export type SubscriptionChanges<Facts extends ArmSubscription = Subscription> = Partial<
  Omit<Facts, "subscriptionId" | "resourceGroups" | "providers">
>;

/** Subscriptions and what each of them holds. */
export interface SubscriptionStore<Facts extends ArmSubscription = ArmSubscription> {
  find(subscriptionId: string): Facts | undefined;
  list(): readonly Facts[];
  /** Makes one, or gives one that is there other facts; of a deleted one, nothing is left but its id. */
  put(facts: Facts): "created" | "replaced";
  /** Changes facts; `false` when there is no such subscription. A deleted one loses what it held. */
  change(subscriptionId: string, changes: SubscriptionChanges<Facts>): boolean;
  findGroup(subscriptionId: string, name: string): ResourceGroup | undefined;
  listGroups(subscriptionId: string): readonly ResourceGroup[];
  putGroup(subscriptionId: string, group: ResourceGroup): "created" | "replaced";
  deleteGroup(subscriptionId: string, name: string): "deleted" | "notFound";
  listProviders(subscriptionId: string): readonly string[];
  hasProvider(subscriptionId: string, namespace: string): boolean;
  registerProvider(subscriptionId: string, namespace: string): void;
}

interface Record<Facts> {
  facts: Facts;
  readonly groups: Map<string, ResourceGroup>;
  readonly providers: Map<string, string>;
}

/** Subscriptions with their resource groups and registered resource providers; ids and names in any letter case. */
export function createSubscriptionStore<Facts extends ArmSubscription>(
  subscriptions: readonly Facts[],
  changed: () => void,
): SubscriptionStore<Facts> {
  const records = new Map(subscriptions.map((facts) => [facts.subscriptionId.toLowerCase(), recordFrom(facts)]));
  const recordOf = (subscriptionId: string) => records.get(subscriptionId.toLowerCase());

  return {
    find: (subscriptionId) => recordOf(subscriptionId)?.facts,
    list: () => [...records.values()].map((record) => record.facts),
    put(facts) {
      const record = recordOf(facts.subscriptionId);
      const isThere = record !== undefined && record.facts.state !== "Deleted";
      if (isThere) record.facts = facts;
      else records.set(facts.subscriptionId.toLowerCase(), recordFrom(facts));
      changed();
      return isThere ? "replaced" : "created";
    },
    change(subscriptionId, changes) {
      const record = recordOf(subscriptionId);
      if (!record) return false;
      record.facts = { ...record.facts, ...changes };
      if (record.facts.state === "Deleted") record.groups.clear();
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

function recordFrom<Facts extends ArmSubscription>(facts: Facts): Record<Facts> {
  return {
    facts,
    groups: new Map((facts.resourceGroups ?? []).map((group) => [group.name.toLowerCase(), group])),
    providers: new Map((facts.providers ?? []).map((namespace) => [namespace.toLowerCase(), namespace])),
  };
}
