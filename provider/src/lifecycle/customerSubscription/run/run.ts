import { ProviderError } from "../../../domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  customerSubscriptionKey,
  formatRegistrationId,
  registrationKey,
  sameId,
} from "../../../domain/ids.ts";
import { type Allowance, createAllowance } from "../../allowance.ts";

/** A mapping that a resource declares or writes. */
export interface Mapping {
  readonly id: CustomerSubscriptionId;
  readonly tenantId: string;
}

/** A mapping that a state holds and that has to stay until the end of a day, `YYYY-MM-DD` in UTC. */
export interface RetainedMapping extends Mapping {
  readonly retainUntil: string;
}

/**
 * What one run of the engine has seen so far, shared by all resources of it.
 *
 * A run is one process of the dynamic host: the engine starts a new one for every preview, update, refresh and destroy.
 */
export interface Run {
  /** How many mappings the run may still take away. */
  readonly allowance: Allowance;
  /**
   * Notes that a resource of this run declares the id; `check` calls it, for a replaced resource more than once.
   *
   * @returns `CSP_CLAIMED_TWICE` where another resource was seen to declare the tenant with another subscription, or
   *   the subscription with another tenant; two that declare the same cannot be told from one that is checked again.
   */
  declare(id: CustomerSubscriptionId, tenantId: string | undefined): ProviderError | undefined;
  /** Whether a resource of this run declares the id, so that nobody may remove its mapping. */
  isDeclared(id: CustomerSubscriptionId): boolean;
  /** Whether a resource of this run was seen to declare the tenant on the registration, with whatever subscription. */
  isTenantDeclared(mapping: Mapping): boolean;
  /** Notes that a resource that holds `from` is being moved to another subscription of its registration; `diff` calls it. */
  move(from: Mapping, to: string): void;
  /** Whether the resource that now writes `to` is being moved from the subscription `from`, where it held that tenant. */
  isMove(from: string, to: Mapping): boolean;
  /** Whether the resource that now writes `to` is being moved there, from wherever it held that tenant. */
  isMoved(to: Mapping): boolean;
  /** Notes a mapping that a resource of the stack holds and that has to stay; `diff` calls it. */
  retain(mapping: RetainedMapping): void;
  /** The noted mappings that a write takes away: its tenant's on other subscriptions, and other tenants' on its own. */
  retained(written: Mapping): readonly RetainedMapping[];
  /**
   * Reserves a mapping for the resource that writes it.
   *
   * @throws ProviderError `CSP_CLAIMED_TWICE` where another resource of the run has, or declares, the tenant or the
   *   subscription.
   */
  claim(mapping: Mapping): void;
  /** Gives a mapping back whose write failed, so that an engine may try the same resource again. */
  release(mapping: Mapping): void;
}

/** An empty memory of a run. */
export function createRun(): Run {
  const declared = new Set<string>();
  const claimed = new Set<string>();
  const moves = new Set<string>();
  const moved = new Set<string>();
  const retainedBySubscription = new Map<string, RetainedMapping>();
  const retainedByTenant = new Map<string, RetainedMapping>();
  const bySubscription = new Map<string, Mapping>();
  const byTenant = new Map<string, Mapping>();

  /** The first mapping noted for a tenant or a subscription stays; one that contradicts it is refused and not noted. */
  const note = (mapping: Mapping): ProviderError | undefined => {
    const subscription = customerSubscriptionKey(mapping.id);
    const tenant = tenantKey(mapping);
    const sameSubscription = bySubscription.get(subscription);
    if (sameSubscription && !sameMapping(sameSubscription, mapping)) {
      return claimedTwice("one customer subscription", sameSubscription, mapping);
    }
    const sameTenant = byTenant.get(tenant);
    if (sameTenant && !sameMapping(sameTenant, mapping)) return claimedTwice("one tenant", sameTenant, mapping);
    bySubscription.set(subscription, mapping);
    byTenant.set(tenant, mapping);
    return undefined;
  };

  return {
    allowance: createAllowance(),
    declare(id, tenantId) {
      declared.add(customerSubscriptionKey(id));
      return tenantId === undefined ? undefined : note({ id, tenantId });
    },
    isDeclared: (id) => declared.has(customerSubscriptionKey(id)),
    isTenantDeclared: (mapping) => byTenant.has(tenantKey(mapping)),
    move({ id, tenantId }, to) {
      const written = { id: { ...id, customerSubscriptionId: to }, tenantId };
      moves.add(moveKey(written, id.customerSubscriptionId));
      moved.add(mappingKey(written));
    },
    isMove: (from, to) => moves.has(moveKey(to, from)),
    isMoved: (to) => moved.has(mappingKey(to)),
    retain(mapping) {
      retainedBySubscription.set(customerSubscriptionKey(mapping.id), mapping);
      retainedByTenant.set(tenantKey(mapping), mapping);
    },
    retained(written) {
      const ofSubscription = retainedBySubscription.get(customerSubscriptionKey(written.id));
      const ofTenant = retainedByTenant.get(tenantKey(written));
      return [ofSubscription, ofTenant]
        .filter((held) => held !== undefined)
        .filter((held) => !sameMapping(held, written));
    },
    claim(mapping) {
      const key = customerSubscriptionKey(mapping.id);
      if (claimed.has(key)) throw claimedTwice("one customer subscription", mapping, mapping);
      const contradiction = note(mapping);
      if (contradiction) throw contradiction;
      claimed.add(key);
    },
    release({ id }) {
      claimed.delete(customerSubscriptionKey(id));
    },
  };
}

function tenantKey({ id, tenantId }: Mapping): string {
  return `${registrationKey(id.registration)}|${tenantId.toLowerCase()}`;
}

function mappingKey(mapping: Mapping): string {
  return `${tenantKey(mapping)}|${mapping.id.customerSubscriptionId.toLowerCase()}`;
}

function moveKey(to: Mapping, from: string): string {
  return `${mappingKey(to)}|${from.toLowerCase()}`;
}

function sameMapping(left: Mapping, right: Mapping): boolean {
  return (
    sameId(left.id.customerSubscriptionId, right.id.customerSubscriptionId) && sameId(left.tenantId, right.tenantId)
  );
}

function claimedTwice(claimed: string, first: Mapping, second: Mapping): ProviderError {
  return new ProviderError("CSP_CLAIMED_TWICE", {
    claimed,
    registration: formatRegistrationId(second.id.registration),
    firstTenantId: first.tenantId,
    firstCustomerSubscriptionId: first.id.customerSubscriptionId,
    secondTenantId: second.tenantId,
    secondCustomerSubscriptionId: second.id.customerSubscriptionId,
  });
}
