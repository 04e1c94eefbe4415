import type { CustomerSubscription, RegistrationsClient } from "../../../clients/registrations/registrationsClient.ts";
import { mayPass } from "../../../domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  customerSubscriptionKey,
  type RegistrationId,
  registrationKey,
} from "../../../domain/ids.ts";

/** The customer subscriptions of one registration, as its list showed them and as this run has changed them since. */
export interface LiveMappings {
  /** The mapping of a customer subscription, in whatever letter case the service spells it. */
  bySubscription(id: CustomerSubscriptionId): CustomerSubscription | undefined;
  /** The mappings that name a tenant; more than one only where the service left an overwritten one behind. */
  byTenant(tenantId: string): readonly CustomerSubscription[];
  /** Notes that the mapping was written, which takes the tenant away from any other subscription. */
  wrote(id: CustomerSubscriptionId, live: CustomerSubscription): void;
  /** Notes what an item GET showed, or that it showed nothing. */
  saw(id: CustomerSubscriptionId, live: CustomerSubscription | undefined): void;
}

/** The live mappings of every registration that a run asks for. */
export interface LiveRegistrations {
  /** The mappings of one registration; its list is read once per run, however many resources ask. */
  mappings(registration: RegistrationId): Promise<LiveMappings>;
  /** Whether its subscription's list of registrations shows the registration; read once per run and subscription. */
  exists(registration: RegistrationId): Promise<boolean>;
}

/** Reads each registration's list once and keeps it true with the run's own writes and item reads. */
export function createLiveRegistrations(client: RegistrationsClient): LiveRegistrations {
  const lists = new Map<string, Promise<LiveMappings>>();
  const registrations = new Map<string, Promise<ReadonlySet<string>>>();
  return {
    mappings(registration) {
      const list = async () => createMappings(registration, await client.listCustomerSubscriptions(registration));
      return once(lists, registrationKey(registration), list);
    },
    async exists(registration) {
      const { registrationSubscriptionId } = registration;
      const list = async () =>
        new Set((await client.listRegistrations(registrationSubscriptionId)).map(registrationKey));
      return (await once(registrations, registrationSubscriptionId.toLowerCase(), list)).has(
        registrationKey(registration),
      );
    },
  };
}

/** One request for all who ask; its refusal is remembered too, but a passing failure is left to the next one to retry. */
async function once<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  try {
    return await value;
  } catch (error) {
    if (mayPass(error) && known.get(key) === value) known.delete(key);
    throw error;
  }
}

function createMappings(registration: RegistrationId, listed: readonly CustomerSubscription[]): LiveMappings {
  const bySubscription = new Map<string, CustomerSubscription>();
  const byTenant = new Map<string, Set<string>>();

  const remove = (key: string) => {
    const tenantId = bySubscription.get(key)?.tenantId?.toLowerCase();
    if (tenantId) byTenant.get(tenantId)?.delete(key);
    bySubscription.delete(key);
  };
  const put = (key: string, live: CustomerSubscription) => {
    remove(key);
    bySubscription.set(key, live);
    const tenantId = live.tenantId?.toLowerCase();
    if (!tenantId) return;
    const keys = byTenant.get(tenantId);
    if (keys) keys.add(key);
    else byTenant.set(tenantId, new Set([key]));
  };
  const ofTenant = (tenantId: string) => [...(byTenant.get(tenantId.toLowerCase()) ?? [])];

  for (const live of listed) {
    put(customerSubscriptionKey({ registration, customerSubscriptionId: live.customerSubscriptionId }), live);
  }
  return {
    bySubscription: (id) => bySubscription.get(customerSubscriptionKey(id)),
    byTenant: (tenantId) => ofTenant(tenantId).flatMap((key) => bySubscription.get(key) ?? []),
    wrote(id, live) {
      if (live.tenantId) ofTenant(live.tenantId).forEach(remove);
      put(customerSubscriptionKey(id), live);
    },
    saw(id, live) {
      const key = customerSubscriptionKey(id);
      if (live) put(key, live);
      else remove(key);
    },
  };
}
