import { nameRoleAssignment, ownerOf, type ScopedName } from "../store/access.ts";
import { findHub, type HubSettings } from "../store/hubs.ts";
import type { RegistrationChanges, RegistrationPlace } from "../store/registrations.ts";
import type { WorldStore } from "../store/store.ts";
import type { SubscriptionChanges } from "../store/subscriptions.ts";
import type { LocalSubscription } from "../world/hub.ts";
import type { Lock, RoleAssignment } from "../world/world.ts";

/** Who a mapping that is written out of band is said to be written by. */
const OUTSIDER = "00000000-0000-4000-8000-000000000001";

/** A customer subscription and the registration it belongs to. */
export interface Mapping extends RegistrationPlace {
  readonly customerSubscriptionId: string;
  readonly tenantId: string;
}

/** Changes from outside of ARM, as a colleague, Microsoft or a customer would make them; `false`: nothing to change. */
export interface Facts {
  setSubscription(subscriptionId: string, changes: SubscriptionChanges): boolean;
  setRegistration(place: RegistrationPlace, changes: RegistrationChanges): boolean;
  deleteRegistration(place: RegistrationPlace): boolean;
  putCustomerSubscription(mapping: Mapping): boolean;
  deleteCustomerSubscription(mapping: Omit<Mapping, "tenantId">): boolean;
  /** The live mappings, whatever a lagging list shows. */
  customerSubscriptions(place: RegistrationPlace): readonly Pick<Mapping, "customerSubscriptionId" | "tenantId">[];
  putLock(lock: Lock): boolean;
  deleteLock(lock: ScopedName): boolean;
  putRoleAssignment(assignment: RoleAssignment): boolean;
  /** Takes every role away. */
  clearRoleAssignments(): boolean;
  /** Whether the Hub of this name sends its usage to Azure, and which registration its activation record names. */
  setHub(hub: string, changes: Partial<HubSettings>): boolean;
  /** Adds a local subscription, of which every application becomes Owner, or replaces what is said of one. */
  putLocalSubscription(hub: string, subscription: LocalSubscription): boolean;
  setLocalSubscription(hub: string, subscriptionId: string, changes: SubscriptionChanges<LocalSubscription>): boolean;
  /** Its usage stays. */
  deleteLocalSubscription(hub: string, subscriptionId: string): boolean;
  /** Lets every list show what is live. */
  releaseLists(): boolean;
}

/** Facts that change the store, past locks, roles and checks. */
export function createFacts(store: WorldStore): Facts {
  const { subscriptions, registrations, customerSubscriptions, locks, roleAssignments, directories, hubs } = store;
  const localSubscriptionsOf = (hub: string) => findHub(hubs, hub)?.localSubscriptions;
  return {
    setSubscription: (subscriptionId, changes) => subscriptions.change(subscriptionId, changes),
    setRegistration: (place, changes) => registrations.change(place, changes) !== undefined,
    deleteRegistration: (place) => registrations.delete(place) === "deleted",
    putCustomerSubscription: (mapping) => customerSubscriptions.force(mapping, { ...mapping, author: OUTSIDER }),
    deleteCustomerSubscription: (mapping) =>
      customerSubscriptions.delete(mapping, mapping.customerSubscriptionId).kind === "deleted",
    customerSubscriptions: (place) =>
      (registrations.mappingsOf(place)?.live() ?? []).map(({ customerSubscriptionId, tenantId }) => ({
        customerSubscriptionId,
        tenantId,
      })),
    putLock: (lock) => locks.put(lock) !== undefined,
    deleteLock: (lock) => locks.delete(lock) !== undefined,
    putRoleAssignment: (assignment) => roleAssignments.put(nameRoleAssignment(assignment)) !== undefined,
    clearRoleAssignments() {
      for (const assignment of roleAssignments.all()) roleAssignments.delete(assignment);
      return true;
    },
    setHub(name, changes) {
      const hub = findHub(hubs, name);
      hub?.change(changes);
      return hub !== undefined;
    },
    putLocalSubscription(hub, subscription) {
      const outcome = localSubscriptionsOf(hub)?.put(subscription);
      for (const { applications = [] } of outcome === "created" ? directories.list() : []) {
        for (const { clientId } of applications) {
          roleAssignments.put(nameRoleAssignment(ownerOf(subscription.subscriptionId, clientId)));
        }
      }
      return outcome !== undefined;
    },
    setLocalSubscription: (hub, subscriptionId, changes) =>
      localSubscriptionsOf(hub)?.change(subscriptionId, changes) ?? false,
    deleteLocalSubscription: (hub, subscriptionId) =>
      localSubscriptionsOf(hub)?.change(subscriptionId, { state: "Deleted" }) ?? false,
    releaseLists() {
      for (const registration of registrations.all()) registrations.mappingsOf(registration)?.release();
      return true;
    },
  };
}
