import type { CustomerSubscriptionState } from "../../domain/customerSubscription/state.ts";
import { ProviderError } from "../../domain/errors/providerError.ts";
import { formatRegistrationId, sameId } from "../../domain/ids.ts";
import { lookUp } from "./confirm.ts";
import type { Deps } from "./deps.ts";
import type { Mapping } from "./run/mapping.ts";
import type { RetainedMapping, Run } from "./run/run.ts";

const DAY = 24 * 60 * 60 * 1_000;

/**
 * Notes the mapping of a state that has to stay until a day has ended.
 *
 * A mapping that nobody could confirm may be one that the last run was to make, and going back to the one before it has
 * to stay possible.
 */
export function noteRetained(run: Run, state: CustomerSubscriptionState): void {
  const { id, retainUntil, unconfirmed } = state;
  const tenantId = state.expectedTenantId ?? state.tenantId;
  if (retainUntil !== undefined && tenantId !== undefined && !unconfirmed) run.retain({ id, tenantId, retainUntil });
}

/** The refusal to take a mapping away, or `undefined` once its last day has ended or where it has none. */
export function retention(
  deps: Deps,
  { id, tenantId = "unknown", retainUntil }: Pick<CustomerSubscriptionState, "id" | "retainUntil" | "tenantId">,
): ProviderError | undefined {
  if (retainUntil === undefined || deps.now() >= Date.parse(`${retainUntil}T00:00:00Z`) + DAY) return undefined;
  const { registration, customerSubscriptionId } = id;
  return new ProviderError("CSP_RETAINED", {
    tenantId,
    customerSubscriptionId,
    registration: formatRegistrationId(registration),
    retainUntil,
  });
}

/** Refusals of a write that would take retained mappings away; each is looked up by itself, because lists lag. */
export function retainedBy(deps: Deps, written: Mapping): Promise<ProviderError | undefined>[] {
  return deps.run.retained(written).map(async (held: RetainedMapping) => {
    const refusal = retention(deps, held);
    const live = refusal && (await lookUp(deps, held.id));
    return live?.tenantId !== undefined && sameId(live.tenantId, held.tenantId) ? refusal : undefined;
  });
}
