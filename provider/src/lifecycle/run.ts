import { ProviderError } from "../domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  customerSubscriptionKey,
  type RegistrationId,
  registrationKey,
  sameId,
} from "../domain/ids.ts";

/** A mapping that a resource declares or writes. */
export interface Mapping {
  readonly id: CustomerSubscriptionId;
  readonly tenantId: string;
}

/**
 * What one run of the engine has seen so far, shared by all resources of it.
 *
 * A run is one process of the dynamic host: the engine starts a new one for every preview, update, refresh and destroy.
 */
export interface Run {
  /** Notes that a resource of this run declares the id; `check` calls it, for a replaced resource more than once. */
  declare(id: CustomerSubscriptionId, tenantId: string | undefined): void;
  /** Whether a resource of this run declares the id, so that nobody may remove its mapping. */
  isDeclared(id: CustomerSubscriptionId): boolean;
  /** Notes that a resource is being moved to another subscription of its registration; `diff` calls it. */
  move(from: CustomerSubscriptionId, to: string): void;
  /** Whether the resource that now writes `to` is being moved from the subscription `from`. */
  isMove(from: string, to: CustomerSubscriptionId): boolean;
  /**
   * Reserves a mapping for the resource that writes it.
   *
   * @throws ProviderError `CSP_CLAIMED_TWICE` where another resource of the run has, or declares, the tenant or the
   *   subscription.
   */
  claim(mapping: Mapping): void;
}

/** An empty memory of a run. */
export function createRun(): Run {
  const declared = new Map<string, Mapping | undefined>();
  const tenants = new Map<string, Mapping[]>();
  const claimed = new Map<string, Mapping>();
  const moves = new Set<string>();

  const tenantKey = ({ id, tenantId }: Mapping) => `${registrationKey(id.registration)}|${tenantId.toLowerCase()}`;
  const note = (mapping: Mapping) => {
    const key = tenantKey(mapping);
    const others = tenants.get(key);
    if (!others) tenants.set(key, [mapping]);
    else if (!others.some((other) => sameMapping(other, mapping))) others.push(mapping);
  };

  return {
    declare(id, tenantId) {
      const mapping = tenantId === undefined ? undefined : { id, tenantId };
      declared.set(customerSubscriptionKey(id), mapping);
      if (mapping) note(mapping);
    },
    isDeclared: (id) => declared.has(customerSubscriptionKey(id)),
    move(from, to) {
      moves.add(`${customerSubscriptionKey(from)}|${to.toLowerCase()}`);
    },
    isMove: (from, to) =>
      moves.has(
        `${customerSubscriptionKey({ ...to, customerSubscriptionId: from })}|${to.customerSubscriptionId.toLowerCase()}`,
      ),
    claim(mapping) {
      const key = customerSubscriptionKey(mapping.id);
      const sameSubscription = claimed.get(key) ?? otherTenant(declared.get(key), mapping);
      if (sameSubscription) throw claimedTwice("one customer subscription", sameSubscription, mapping);
      const sameTenant = tenants.get(tenantKey(mapping))?.find((other) => !sameMapping(other, mapping));
      if (sameTenant) throw claimedTwice("one tenant", sameTenant, mapping);
      claimed.set(key, mapping);
      note(mapping);
    },
  };
}

/** How errors name a registration. */
export function describeRegistration({
  registrationSubscriptionId,
  resourceGroup,
  registrationName,
}: RegistrationId): string {
  return `registration ${registrationName} (resource group ${resourceGroup}, subscription ${registrationSubscriptionId})`;
}

function sameMapping(left: Mapping, right: Mapping): boolean {
  return (
    sameId(left.id.customerSubscriptionId, right.id.customerSubscriptionId) && sameId(left.tenantId, right.tenantId)
  );
}

function otherTenant(declared: Mapping | undefined, mapping: Mapping): Mapping | undefined {
  return declared && !sameId(declared.tenantId, mapping.tenantId) ? declared : undefined;
}

function claimedTwice(claimed: string, first: Mapping, second: Mapping): ProviderError {
  return new ProviderError("CSP_CLAIMED_TWICE", {
    claimed,
    registration: describeRegistration(second.id.registration),
    firstTenantId: first.tenantId,
    firstCustomerSubscriptionId: first.id.customerSubscriptionId,
    secondTenantId: second.tenantId,
    secondCustomerSubscriptionId: second.id.customerSubscriptionId,
  });
}
