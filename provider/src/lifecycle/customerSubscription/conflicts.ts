import type { CustomerSubscription } from "../../clients/registrations/registrationsClient.ts";
import { mappedElsewhere } from "../../domain/customerSubscription/mappedElsewhere.ts";
import { ProviderError } from "../../domain/errors/providerError.ts";
import { formatRegistrationId, idOf, sameId } from "../../domain/ids.ts";
import { lookUp } from "./confirm.ts";
import type { Deps } from "./deps.ts";
import { retainedBy } from "./retention.ts";
import type { LiveMappings } from "./run/liveMappings.ts";
import type { Mapping } from "./run/mapping.ts";

/** A write, and what it may displace. */
export interface Write {
  readonly mapping: Mapping;
  /** Customer subscriptions whose live mapping may be displaced, as the user named them. */
  readonly overwrite: readonly string[];
  /** The mapping that this same resource held before, which an update in place displaces. */
  readonly before: Mapping | undefined;
}

/**
 * Refuses a write that would silently take away somebody's mapping, or one before the end of its `retainUntil`.
 *
 * What the list shows is confirmed by an item GET before the write is refused, because lists lag.
 *
 * @throws ProviderError `CSP_TENANT_MAPPED_ELSEWHERE`, `CSP_SUBSCRIPTION_MAPPED_ELSEWHERE` or `CSP_RETAINED`; an
 *   `AggregateError` where several are so.
 */
export async function refuseConflicts(deps: Deps, mappings: LiveMappings, write: Write): Promise<void> {
  const found = await Promise.all([
    ...retainedBy(deps, write.mapping),
    ofSubscription(deps, mappings, write),
    ...ofTenant(deps, mappings, write),
  ]);
  const errors = found.filter((error) => error !== undefined);
  const [first, ...more] = errors;
  if (!first) return;
  throw more.length === 0 ? first : new AggregateError(errors, errors.map(({ message }) => message).join("\n"));
}

/** Whether the write may take its tenant away from the subscription: it is moved from there, or the user named it. */
export function mayDisplace(deps: Deps, write: Write, customerSubscriptionId: string): boolean {
  return isNamed(write, customerSubscriptionId) || deps.run.isMove(customerSubscriptionId, write.mapping);
}

async function ofSubscription(deps: Deps, mappings: LiveMappings, write: Write): Promise<ProviderError | undefined> {
  const { id, tenantId } = write.mapping;
  const conflicts = (live: CustomerSubscription | undefined) =>
    live?.tenantId !== undefined && !sameId(live.tenantId, tenantId) && !holds(write.before, live);
  if (isNamed(write, id.customerSubscriptionId) || !conflicts(mappings.bySubscription(id))) return undefined;
  const live = await confirm(deps, mappings, mappings.bySubscription(id));
  if (live?.tenantId === undefined || !conflicts(live)) return undefined;
  const details = mappedElsewhere({
    customerSubscriptionId: id.customerSubscriptionId,
    liveTenantId: live.tenantId,
    tenantId,
    registration: formatRegistrationId(id.registration),
  });
  return new ProviderError("CSP_SUBSCRIPTION_MAPPED_ELSEWHERE", details);
}

function ofTenant(deps: Deps, mappings: LiveMappings, write: Write): Promise<ProviderError | undefined>[] {
  const { id, tenantId } = write.mapping;
  return mappings
    .byTenant(tenantId)
    .filter(({ customerSubscriptionId }) => !sameId(customerSubscriptionId, id.customerSubscriptionId))
    .filter(({ customerSubscriptionId }) => !mayDisplace(deps, write, customerSubscriptionId))
    .map(async (listed) => {
      const live = await confirm(deps, mappings, listed);
      if (live?.tenantId === undefined || !sameId(live.tenantId, tenantId)) return undefined;
      return new ProviderError("CSP_TENANT_MAPPED_ELSEWHERE", {
        tenantId,
        liveCustomerSubscriptionId: live.customerSubscriptionId,
        customerSubscriptionId: id.customerSubscriptionId,
        registration: formatRegistrationId(id.registration),
      });
    });
}

async function confirm(
  deps: Deps,
  mappings: LiveMappings,
  listed: CustomerSubscription | undefined,
): Promise<CustomerSubscription | undefined> {
  if (!listed) return undefined;
  const id = idOf(listed);
  const live = await lookUp(deps, id);
  mappings.saw(id, live);
  return live;
}

function isNamed(write: Write, customerSubscriptionId: string): boolean {
  return write.overwrite.some((named) => sameId(named, customerSubscriptionId));
}

function holds(before: Mapping | undefined, live: CustomerSubscription): boolean {
  return (
    before !== undefined &&
    live.tenantId !== undefined &&
    sameId(before.id.customerSubscriptionId, live.customerSubscriptionId) &&
    sameId(before.tenantId, live.tenantId)
  );
}
