import { sameId } from "@azurestack-csp/provider/ids";
import type { DirectoryTenant, HubFact, LocalSubscription } from "../world/hub.ts";
import type { DirectoryStore } from "./directories.ts";
import { type ArmSubscription, createSubscriptionStore, type SubscriptionStore } from "./subscriptions.ts";

export type { DirectoryTenant, LocalSubscription };

/** What of a Hub can be changed at run time. */
export type HubSettings = Pick<HubFact, "registrationId"> & Required<Pick<HubFact, "usageReportingEnabled">>;

/** A Hub as it stands. */
export interface Hub
  extends Required<
    Pick<HubFact, "name" | "region" | "cloudId" | "identityProvider" | "homeTenantId" | "providerSubscriptionId">
  > {
  /** What its admin endpoint knows: the Default Provider Subscription. */
  readonly providerSubscriptions: SubscriptionStore;
  /** What its user endpoint knows: local subscriptions, the deleted ones too. */
  readonly localSubscriptions: SubscriptionStore<LocalSubscription>;
  readonly directoryTenants: DirectoryTenantStore;
  settings(): HubSettings;
  change(changes: Partial<HubSettings>): void;
}

/** The directories whose people may sign in to a Hub, by domain in any letter case. */
interface DirectoryTenantStore {
  find(name: string): DirectoryTenant | undefined;
  list(): readonly DirectoryTenant[];
  put(directory: DirectoryTenant): "created" | "replaced";
  delete(name: string): "deleted" | "notFound";
}

/** What Hubs begin with. */
export interface HubsOptions {
  readonly hubs: readonly HubFact[];
  readonly directories: DirectoryStore;
  readonly changed: () => void;
}

/** The Hubs of a world, in its order. */
export function createHubs({ hubs, directories, changed }: HubsOptions): readonly Hub[] {
  return hubs.map((fact) => {
    const { name, region, cloudId, identityProvider = "entra", homeTenantId, providerSubscriptionId } = fact;
    const { usageReportingEnabled = true, registrationId } = fact;
    let settings: HubSettings = { usageReportingEnabled, ...(registrationId ? { registrationId } : {}) };
    return {
      name,
      region,
      cloudId,
      identityProvider,
      homeTenantId,
      providerSubscriptionId,
      providerSubscriptions: createSubscriptionStore([providerSubscription(fact)], changed),
      localSubscriptions: createSubscriptionStore(fact.subscriptions ?? [], changed),
      directoryTenants: createDirectoryTenants(fact.directoryTenants ?? knownDirectories(fact, directories), changed),
      settings: () => settings,
      change(changes) {
        settings = { ...settings, ...changes };
        changed();
      },
    };
  });
}

/** The Hub of this name, in any letter case. */
export function findHub(hubs: readonly Hub[], name: string): Hub | undefined {
  return hubs.find((hub) => sameId(hub.name, name));
}

function providerSubscription(fact: HubFact): ArmSubscription {
  const { region: location, providerSubscriptionId, homeTenantId, resourceGroups } = fact;
  const names = ["azurestack-activation", `system.${location}`, "offers"];
  return {
    subscriptionId: providerSubscriptionId,
    tenantId: homeTenantId,
    displayName: "Default Provider Subscription",
    resourceGroups: resourceGroups ?? names.map((name) => ({ name, location })),
  };
}

function knownDirectories({ homeTenantId, subscriptions = [] }: HubFact, directories: DirectoryStore) {
  const tenantIds = [homeTenantId, ...subscriptions.map(({ tenantId }) => tenantId)].map((id) => id.toLowerCase());
  return [...new Set(tenantIds)].map((tenantId) => {
    const domain = directories.find(tenantId)?.domain;
    return { name: domain ?? `${tenantId}.onmicrosoft.com`, tenantId };
  });
}

function createDirectoryTenants(initial: readonly DirectoryTenant[], changed: () => void): DirectoryTenantStore {
  const byName = new Map(initial.map((directory) => [directory.name.toLowerCase(), directory]));
  return {
    find: (name) => byName.get(name.toLowerCase()),
    list: () => [...byName.values()],
    put(directory) {
      const existed = byName.has(directory.name.toLowerCase());
      byName.set(directory.name.toLowerCase(), directory);
      changed();
      return existed ? "replaced" : "created";
    },
    delete(name) {
      if (!byName.delete(name.toLowerCase())) return "notFound";
      changed();
      return "deleted";
    },
  };
}
