import { isGuid, sameId } from "@azurestack-csp/provider/ids";
import type { Modes } from "../modes.ts";
import type { Subscription } from "../world/world.ts";
import type { CustomerSubscription } from "./mappings.ts";
import type { Registration, RegistrationPlace, RegistrationStore } from "./registrations.ts";
import type { SubscriptionStore } from "./subscriptions.ts";

/** Why the service refuses a call on customer subscriptions. */
export type CustomerSubscriptionRefusal =
  | "registrationNotFound"
  | "capacityBilled"
  | "notApproved"
  | "invalidSubscription"
  | "notCsp"
  | "otherPartner"
  | "metadataUnavailable";

/** A call that the service refuses. */
export type Refused = { readonly kind: "refused"; readonly reason: CustomerSubscriptionRefusal };
type Found<Value> = { readonly kind: "found"; readonly registration: Registration; readonly value: Value };

type CustomerSubscriptionPut =
  | Refused
  | {
      readonly kind: "created" | "replaced";
      readonly registration: Registration;
      readonly entry: CustomerSubscription;
    };

interface PutCustomerSubscription {
  readonly customerSubscriptionId: string;
  /** The directory tenant as the caller gave it; derived from the subscription when absent. */
  readonly tenantId: string | undefined;
  /** Object id of the caller. */
  readonly author: string;
}

/** The calls on customer subscriptions, each with what it comes to. */
export interface CustomerSubscriptionStore {
  list(place: RegistrationPlace, from?: "now" | "beforeLastWrite"): Refused | Found<readonly CustomerSubscription[]>;
  get(place: RegistrationPlace, name: string): Refused | Found<CustomerSubscription | undefined>;
  put(place: RegistrationPlace, request: PutCustomerSubscription): CustomerSubscriptionPut;
  delete(place: RegistrationPlace, name: string): Refused | { readonly kind: "deleted" | "notFound" };
  /** Writes a mapping out of band, unchecked; `false` when there is no such registration. */
  force(place: RegistrationPlace, request: PutCustomerSubscription & { readonly tenantId: string }): boolean;
}

/** What customer subscriptions are judged by and written with. */
export interface CustomerSubscriptionStoreOptions {
  readonly registrations: RegistrationStore;
  readonly subscriptions: SubscriptionStore<Subscription>;
  readonly modes: () => Modes;
  readonly changed: () => void;
  readonly now: () => Date;
  readonly nextSequence: () => number;
}

/**
 * Customer subscriptions with the service's rules: one per directory tenant and registration, of the same partner as
 * the registration's subscription, sold through CSP.
 */
export function createCustomerSubscriptionStore(options: CustomerSubscriptionStoreOptions): CustomerSubscriptionStore {
  const { registrations, subscriptions, modes, changed, now, nextSequence } = options;

  function open(place: RegistrationPlace, call: "put" | "other") {
    const registration = registrations.find(place);
    const mappings = registrations.mappingsOf(place);
    if (!registration || !mappings) return refuse("registrationNotFound");
    if (call === "put" || modes().registrationRefuses === "all") {
      if (sameId(registration.billingModel, "Capacity")) return refuse("capacityBilled");
      if (!registration.approvedForMultiTenancy) return refuse("notApproved");
    }
    return { kind: "open", registration, mappings } as const;
  }

  function write(place: RegistrationPlace, request: PutCustomerSubscription & { readonly tenantId: string }) {
    const mappings = registrations.mappingsOf(place);
    const before = mappings?.get(request.customerSubscriptionId);
    const ofTenant = mappings?.ofTenant(request.tenantId);
    const at = now().toISOString();
    const entry: CustomerSubscription = {
      customerSubscriptionId: before?.customerSubscriptionId ?? request.customerSubscriptionId,
      tenantId: request.tenantId,
      createdAt: before?.createdAt ?? at,
      createdBy: before?.createdBy ?? request.author,
      lastModifiedAt: at,
      lastModifiedBy: request.author,
      sequence: before?.sequence ?? nextSequence(),
    };
    const displaced = modes().overwrite === "removes" && ofTenant !== before ? ofTenant : undefined;
    mappings?.set(entry, displaced);
    changed();
    return { kind: before ? "replaced" : "created", entry } as const;
  }

  return {
    list(place, from = "now") {
      const opened = open(place, "other");
      if (opened.kind === "refused") return opened;
      const { registration, mappings } = opened;
      return { kind: "found", registration, value: from === "now" ? mappings.list() : mappings.listBeforeLastWrite() };
    },
    get(place, name) {
      const opened = open(place, "other");
      if (opened.kind === "refused") return opened;
      return { kind: "found", registration: opened.registration, value: opened.mappings.get(name) };
    },
    put(place, request) {
      const opened = open(place, "put");
      if (opened.kind === "refused") return opened;
      const { registration } = opened;
      const subscription = subscriptions.find(request.customerSubscriptionId);
      const reason = judge({ subscription, request, modes: modes(), home: subscriptions.find(place.subscriptionId) });
      if (!subscription || reason) return refuse(reason ?? "invalidSubscription");
      const derived = modes().contradictingTenant === "derived";
      const tenantId = derived ? subscription.tenantId : (request.tenantId ?? subscription.tenantId);
      return { ...write(place, { ...request, tenantId }), registration };
    },
    delete(place, name) {
      const opened = open(place, "other");
      if (opened.kind === "refused") return opened;
      const entry = opened.mappings.get(name);
      if (!entry) return { kind: "notFound" };
      opened.mappings.delete(entry);
      changed();
      return { kind: "deleted" };
    },
    force(place, request) {
      if (!registrations.find(place)) return false;
      write(place, request);
      return true;
    },
  };
}

interface Judgement {
  readonly subscription: Subscription | undefined;
  readonly request: PutCustomerSubscription;
  readonly modes: Modes;
  /** The registration's own subscription. */
  readonly home: Subscription | undefined;
}

function judge({ subscription, request, modes, home }: Judgement): CustomerSubscriptionRefusal | undefined {
  const { customerSubscriptionId, tenantId } = request;
  if (!isGuid(customerSubscriptionId) || !subscription) return "invalidSubscription";
  if (modes.idCase === "strict" && subscription.subscriptionId !== customerSubscriptionId) return "invalidSubscription";
  if (subscription.metadataAvailable === false) return "metadataUnavailable";
  if (subscription.kind !== "csp") return "notCsp";
  if (subscription.partnerId !== home?.partnerId) return "otherPartner";
  const contradicts = tenantId !== undefined && !sameId(tenantId, subscription.tenantId);
  if (contradicts && modes.contradictingTenant === "refused") return "invalidSubscription";
  return undefined;
}

function refuse(reason: CustomerSubscriptionRefusal): Refused {
  return { kind: "refused", reason };
}
