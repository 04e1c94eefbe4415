import type { CustomerSubscriptionFact } from "../world/world.ts";

/** One customer subscription of a registration, with its place in the list. */
export interface CustomerSubscription extends Required<Omit<CustomerSubscriptionFact, "createdDaysAgo">> {
  /** Grows with every new entry; lists are ordered and paged by it. */
  readonly sequence: number;
}

/** The customer subscriptions of one registration, found by name and by directory tenant. */
export interface Mappings {
  get(name: string): CustomerSubscription | undefined;
  ofTenant(tenantId: string): CustomerSubscription | undefined;
  /** The list as readers are to see it now; counts as one list request. */
  list(): readonly CustomerSubscription[];
  /** The list as it was before the last write. */
  listBeforeLastWrite(): readonly CustomerSubscription[];
  /** The list as it is, whatever readers are shown. */
  live(): readonly CustomerSubscription[];
  set(entry: CustomerSubscription, displaced?: CustomerSubscription): void;
  delete(entry: CustomerSubscription): void;
  /** Ends the time for which readers are shown an older list. */
  release(): void;
}

/** What is there at the start, and how entries are told apart and shown. */
export interface MappingsOptions {
  readonly initial: readonly CustomerSubscription[];
  /** The form of a name that decides whether two are the same. */
  readonly keyOf: (name: string) => string;
  /** List requests that a write stays unseen for. */
  readonly lag: () => number | "held";
  /** Told after every change what a tenant's usage is billed to; nothing: to no customer subscription. */
  readonly mapped: (tenantId: string, customerSubscriptionId: string | undefined) => void;
}

interface Change {
  readonly added?: CustomerSubscription;
  readonly removed: readonly CustomerSubscription[];
}

/** The customer subscriptions of one registration, in the order in which they came. */
export function createMappings({ initial, keyOf, lag, mapped }: MappingsOptions): Mappings {
  const byName = new Map(initial.map((entry) => [keyOf(entry.customerSubscriptionId), entry]));
  const byTenant = new Map(initial.map((entry) => [entry.tenantId.toLowerCase(), entry]));
  let lastChange: Change = { removed: [] };
  let snapshot: { entries: readonly CustomerSubscription[]; left: number } | undefined;

  const live = () => [...byName.values()];
  const drop = (entry: CustomerSubscription) => {
    byName.delete(keyOf(entry.customerSubscriptionId));
    if (byTenant.get(entry.tenantId.toLowerCase()) === entry) byTenant.delete(entry.tenantId.toLowerCase());
  };
  const tell = (entries: readonly CustomerSubscription[]) => {
    for (const tenantId of new Set(entries.map((entry) => entry.tenantId.toLowerCase()))) {
      const billed = byTenant.get(tenantId) ?? live().findLast((entry) => entry.tenantId.toLowerCase() === tenantId);
      mapped(tenantId, billed?.customerSubscriptionId);
    }
  };
  const keepSnapshot = () => {
    const requests = lag();
    if (requests === 0 || snapshot) return;
    snapshot = { entries: live(), left: requests === "held" ? Number.POSITIVE_INFINITY : requests };
  };

  return {
    get: (name) => byName.get(keyOf(name)),
    ofTenant: (tenantId) => byTenant.get(tenantId.toLowerCase()),
    live,
    list() {
      if (!snapshot) return live();
      const { entries } = snapshot;
      snapshot.left -= 1;
      if (snapshot.left <= 0) snapshot = undefined;
      return entries;
    },
    listBeforeLastWrite() {
      const { added, removed } = lastChange;
      return [...live().filter((entry) => entry !== added), ...removed].sort((a, b) => a.sequence - b.sequence);
    },
    set(entry, displaced) {
      keepSnapshot();
      const replaced = byName.get(keyOf(entry.customerSubscriptionId));
      const removed = [replaced, displaced].filter((old) => old !== undefined);
      if (replaced && replaced.tenantId.toLowerCase() !== entry.tenantId.toLowerCase()) drop(replaced);
      if (displaced) drop(displaced);
      byName.set(keyOf(entry.customerSubscriptionId), entry);
      byTenant.set(entry.tenantId.toLowerCase(), entry);
      lastChange = { added: entry, removed };
      tell([entry, ...removed]);
    },
    delete(entry) {
      keepSnapshot();
      drop(entry);
      lastChange = { removed: [entry] };
      tell([entry]);
    },
    release() {
      snapshot = undefined;
    },
  };
}
