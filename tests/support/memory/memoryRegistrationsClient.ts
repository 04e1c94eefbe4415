import type {
  CustomerSubscription,
  ManagementLock,
  Registration,
  RegistrationsClient,
} from "../../../provider/src/clients/registrations/registrationsClient.ts";
import { scopeLocked } from "../../../provider/src/clients/registrations/scopeLocked.ts";
import {
  type CustomerSubscriptionId,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  type RegistrationId,
  registrationKey,
  sameId,
} from "../../../provider/src/domain/ids.ts";
import {
  customerSubscriptionNotFound,
  customerSubscriptionsNotAllowed,
  registrationNotFound,
  subscriptionRefused,
  unauthorizedCspRegistration,
} from "./memoryErrors.ts";
import { createMemoryFaults, type MemoryCall, type MemoryFault } from "./memoryFaults.ts";
import type { MemoryMapping, MemoryRegistration, MemoryWorld } from "./memoryWorld.ts";

/** A registrations client over a world in memory, with what tests need to look into it and to disturb it. */
export interface MemoryRegistrationsClient extends RegistrationsClient {
  /** Every call so far, in order. */
  readonly calls: readonly MemoryCall[];
  /** Makes calls to come fail. */
  fail(fault: MemoryFault): void;
  /** The live mappings of a registration, in the order they were first written. */
  mappings(registration: RegistrationId): readonly MemoryMapping[];
  /** Lets lists lag: they answer what is live now, until `thawLists`. */
  freezeLists(): void;
  thawLists(): void;
  /** Takes a registration, with all its mappings, out of the world. */
  removeRegistration(registration: RegistrationId): void;
}

interface Held {
  readonly facts: MemoryRegistration;
  children: readonly MemoryMapping[];
  frozen: readonly MemoryMapping[] | undefined;
}

/**
 * Makes a registrations client that keeps everything in memory and answers as Azure does.
 *
 * A directory tenant has one mapping per registration: a write displaces the tenant's earlier one. Ids are matched
 * without regard to letter case and kept as first written.
 */
export function createMemoryRegistrationsClient(world: MemoryWorld): MemoryRegistrationsClient {
  const held = new Map<string, Held>(world.registrations.map((facts) => [registrationKey(facts), hold(facts)]));
  const faults = createMemoryFaults();

  function find(registration: RegistrationId): Held {
    const found = held.get(registrationKey(registration));
    if (!found) throw registrationNotFound(registration);
    return found;
  }

  function put(id: CustomerSubscriptionId, tenantId: string): CustomerSubscription | undefined {
    const found = find(id.registration);
    refuseWrite(world, found.facts, id);
    const before = childOf(found, id.customerSubscriptionId);
    const child = { customerSubscriptionId: before?.customerSubscriptionId ?? id.customerSubscriptionId, tenantId };
    const rest = found.children.filter((other) => other === before || !displaces(world, tenantId, other));
    found.children = before ? rest.map((other) => (other === before ? child : other)) : [...rest, child];
    return world.putAnswer === "empty" ? undefined : describe(found.facts, child);
  }

  function remove(id: CustomerSubscriptionId): "deleted" | "unproven" {
    const found = find(id.registration);
    refuseLocked(found.facts, id, ["CanNotDelete", "ReadOnly"]);
    const child = childOf(found, id.customerSubscriptionId);
    found.children = found.children.filter((other) => other !== child);
    return child ? "deleted" : "unproven";
  }

  function get(id: CustomerSubscriptionId): CustomerSubscription {
    const found = find(id.registration);
    const child = childOf(found, id.customerSubscriptionId);
    if (!child) throw customerSubscriptionNotFound(id);
    return describe(found.facts, child);
  }

  const about = (operation: MemoryCall["operation"], id: string): MemoryCall => ({ operation, id });

  return {
    calls: faults.calls,
    fail: faults.add,
    mappings: (registration) => find(registration).children,
    freezeLists() {
      for (const each of held.values()) each.frozen = each.children;
    },
    thawLists() {
      for (const each of held.values()) each.frozen = undefined;
    },
    removeRegistration(registration) {
      held.delete(registrationKey(registration));
    },
    getRegistration: (registration) =>
      faults.around(about("getRegistration", formatRegistrationId(registration)), () =>
        describeRegistration(find(registration).facts),
      ),
    listRegistrations: (registrationSubscriptionId) =>
      faults.around(about("listRegistrations", registrationSubscriptionId), () =>
        [...held.values()]
          .map(({ facts }) => facts)
          .filter((facts) => sameId(facts.registrationSubscriptionId, registrationSubscriptionId))
          .map(describeRegistration),
      ),
    listCustomerSubscriptions: (registration) =>
      faults.around(about("listCustomerSubscriptions", formatRegistrationId(registration)), () => {
        const { facts, frozen, children } = find(registration);
        return (frozen ?? children).map((child) => describe(facts, child));
      }),
    getCustomerSubscription: (id) =>
      faults.around(about("getCustomerSubscription", formatCustomerSubscriptionId(id)), () => get(id)),
    putCustomerSubscription: (id, tenantId) =>
      faults.around(about("putCustomerSubscription", formatCustomerSubscriptionId(id)), () => put(id, tenantId)),
    deleteCustomerSubscription: (id) =>
      faults.around(about("deleteCustomerSubscription", formatCustomerSubscriptionId(id)), () => remove(id)),
    listLocks: (registration) =>
      faults.around(about("listLocks", formatRegistrationId(registration)), () => locksOf(find(registration).facts)),
    getDirectory: (subscriptionId) =>
      faults.around(
        about("getDirectory", subscriptionId),
        () => world.subscriptions?.find((known) => sameId(known.subscriptionId, subscriptionId))?.tenantId,
      ),
  };
}

function hold(facts: MemoryRegistration): Held {
  return { facts, children: facts.mappings ?? [], frozen: undefined };
}

function childOf({ children }: Held, customerSubscriptionId: string): MemoryMapping | undefined {
  return children.find((child) => sameId(child.customerSubscriptionId, customerSubscriptionId));
}

function displaces(world: MemoryWorld, tenantId: string, other: MemoryMapping): boolean {
  return !world.keepDisplaced && sameId(other.tenantId, tenantId);
}

function refuseWrite(world: MemoryWorld, facts: MemoryRegistration, id: CustomerSubscriptionId): void {
  refuseLocked(facts, id, ["ReadOnly"]);
  if (facts.billingModel === "Capacity") throw customerSubscriptionsNotAllowed(facts);
  if (facts.approved === false) throw unauthorizedCspRegistration(facts);
  const known = world.subscriptions?.find((each) => sameId(each.subscriptionId, id.customerSubscriptionId));
  if (known?.refusedAs) throw subscriptionRefused(id, known.refusedAs);
}

function refuseLocked(facts: MemoryRegistration, id: CustomerSubscriptionId, levels: readonly string[]): void {
  const locks = locksOf(facts).filter(({ level }) => levels.includes(level));
  if (locks.length > 0)
    throw scopeLocked({ id: formatCustomerSubscriptionId(id), registration: id.registration, locks });
}

function locksOf(facts: MemoryRegistration): readonly ManagementLock[] {
  const scope = formatRegistrationId(facts);
  return (facts.locks ?? []).map(({ name, level, notes }) => ({
    id: `${scope}/providers/Microsoft.Authorization/locks/${name}`,
    name,
    level,
    scope,
    notes,
  }));
}

function describeRegistration(facts: MemoryRegistration): Registration {
  return {
    ...registrationOf(facts),
    id: formatRegistrationId(facts),
    name: facts.registrationName,
    billingModel: facts.billingModel ?? "PayAsYouUse",
    cloudId: facts.cloudId,
    objectId: undefined,
    tags: facts.tags ?? {},
  };
}

function describe(
  facts: MemoryRegistration,
  { customerSubscriptionId, tenantId }: MemoryMapping,
): CustomerSubscription {
  const registration = registrationOf(facts);
  return {
    registration,
    customerSubscriptionId,
    id: formatCustomerSubscriptionId({ registration, customerSubscriptionId }),
    name: `${facts.registrationName}/${customerSubscriptionId}`,
    tenantId,
  };
}

function registrationOf(facts: MemoryRegistration): RegistrationId {
  const { registrationSubscriptionId, resourceGroup, registrationName } = facts;
  return { registrationSubscriptionId, resourceGroup, registrationName };
}
