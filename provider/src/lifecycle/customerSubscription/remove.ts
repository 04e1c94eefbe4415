import type { CustomerSubscription } from "../../clients/registrations/registrationsClient.ts";
import type { CustomerSubscriptionState } from "../../domain/customerSubscription/state.ts";
import { hasCode, ProviderError } from "../../domain/errors/providerError.ts";
import { type CustomerSubscriptionId, formatRegistrationId, idOf, sameId } from "../../domain/ids.ts";
import type { GiveBack, Taking } from "../allowance.ts";
import type { Existing } from "../resourceLifecycle.ts";
import { isGone, isParentGone, lookUp } from "./confirm.ts";
import type { Deps } from "./deps.ts";
import { mayHaveWritten } from "./ensure.ts";
import { retention } from "./retention.ts";
import { handOver, lookUpElsewhere, refuseWithoutSuccessor } from "./successor.ts";

/**
 * Removes a mapping, if it is still ours to remove.
 *
 * Nothing is sent where a resource of this run has taken the id over (renamed or re-parented resources, swaps, reverted
 * moves), where the mapping is gone already, or where another tenant holds it by now. It is looked up by itself before
 * it is removed: what a list shows may be out of date, and a removal hits whoever is mapped there.
 *
 * @throws ProviderError `CSP_SUCCESSOR_NOT_MADE` where another resource of this run declares the id or the tenant and
 *   has failed, `CSP_RETAINED` before the end of `retainUntil`, `CSP_GUARD_REMOVAL_STOPPED` or `CSP_GUARD_MOVE_STOPPED`
 *   where the run has taken away as many as it may, and what the service refuses.
 */
export async function removeMapping(deps: Deps, resource: Existing, state: CustomerSubscriptionState): Promise<void> {
  const tenantIds = [state.expectedTenantId, state.tenantId].filter((tenantId) => tenantId !== undefined);
  await deps.run.claims.removing(state.id, tenantIds, () => removeUnclaimed(deps, resource, state));
}

async function removeUnclaimed(deps: Deps, resource: Existing, state: CustomerSubscriptionState): Promise<void> {
  const { id } = state;
  if (isHandedOver(deps, resource, state)) return;
  const live = await deps.refusals.guard(id, () => lookUp(deps, id));
  if (!live) return;
  if (!isOurs(live, state)) {
    deps.say(
      `Customer subscription ${id.customerSubscriptionId} is mapped to tenant ${live.tenantId} by now, not to ${state.expectedTenantId ?? state.tenantId}; that mapping is not ours and stays.`,
    );
    return;
  }
  const tenantId = live.tenantId ?? state.expectedTenantId ?? state.tenantId;
  const elsewhere = tenantId === undefined ? undefined : await lookUpElsewhere(deps, { id, tenantId });
  // Other resources may have been declared since.
  if (isHandedOver(deps, resource, state)) return;
  const refusal =
    refuseWithoutSuccessor(deps.run, { id, tenantId }, elsewhere) ?? retention(deps, { ...state, tenantId });
  if (refusal) throw refusal;
  const giveBack = takePlace(deps, { id, tenantId });
  await remove(deps, { id: idOf(live), live, giveBack });
}

function isHandedOver({ run, say }: Deps, resource: Existing, state: CustomerSubscriptionState): boolean {
  const isHandedOver = handOver(run, resource, state);
  if (isHandedOver) {
    const { customerSubscriptionId } = state.id;
    say(
      `Customer subscription ${customerSubscriptionId} is declared by another resource of this run; its mapping stays.`,
    );
  }
  return isHandedOver;
}

/** What a move leaves behind belongs to the move, which counts once. */
function takePlace({ run }: Deps, { id, tenantId }: Taking): GiveBack {
  const isMoved = tenantId !== undefined && run.claims.ofTenant({ id, tenantId }) !== undefined;
  return isMoved ? run.allowance.move({ id, tenantId }) : run.allowance.removal({ id, tenantId });
}

interface Removal {
  readonly id: CustomerSubscriptionId;
  readonly live: CustomerSubscription;
  readonly giveBack: GiveBack;
}

async function remove(deps: Deps, { id, live, giveBack }: Removal): Promise<void> {
  const failure = await send(deps, id);
  const left = failure === undefined ? undefined : await stillLive(deps, id, failure);
  if (left !== undefined && !mayHaveWritten(left)) {
    giveBack();
    throw left;
  }
  await deps.record({
    operation: "delete",
    registration: formatRegistrationId(id.registration),
    customerSubscriptionId: id.customerSubscriptionId,
    oldTenantId: live.tenantId,
    newTenantId: undefined,
    oldCustomerSubscriptionId: undefined,
    outcome: left === undefined ? "done" : "unknown",
  });
  if (left !== undefined) throw left;
}

/** What went wrong or proves nothing, or `undefined` where the service said that it removed the mapping. */
async function send(deps: Deps, id: CustomerSubscriptionId): Promise<unknown> {
  try {
    const answer = await deps.refusals.guardWrite(id, () => deps.client.deleteCustomerSubscription(id));
    return answer === "deleted" ? undefined : new ProviderError("CSP_NOT_REMOVED", notRemoved(id));
  } catch (error) {
    return isGone(error) ? new ProviderError("CSP_NOT_REMOVED", notRemoved(id), { cause: error }) : error;
  }
}

/**
 * The failure, if the mapping is still there after it.
 *
 * A 204 or a 404 is confirmed because an id in another letter case gets it too; a removal that was only accepted, or
 * answered by a success that holds an error, may not have come to pass; a lock may be reported for a mapping that is gone;
 * and an answer may have been lost.
 */
async function stillLive(deps: Deps, id: CustomerSubscriptionId, failure: unknown): Promise<unknown> {
  const open = mayHaveWritten(failure) || isParentGone(failure) || hasCode(failure, "CSP_SCOPE_LOCKED");
  if (!open) return failure;
  try {
    return (await lookUp(deps, id)) ? failure : undefined;
  } catch (error) {
    // CSP_NOT_REMOVED says that somebody saw it there.
    return hasCode(failure, "CSP_NOT_REMOVED") ? error : failure;
  }
}

/** A mapping is ours with the tenant that was sent, the one held before, and the one that the service made of it. */
function isOurs({ tenantId: live }: CustomerSubscription, state: CustomerSubscriptionState): boolean {
  const declared = state.expectedTenantId ?? state.tenantId;
  if (live === undefined || declared === undefined || sameId(live, declared)) return true;
  const others = [state.keptTenantId, state.unconfirmed ? state.tenantId : undefined];
  return others.some((tenantId) => tenantId !== undefined && sameId(live, tenantId));
}

function notRemoved({ registration, customerSubscriptionId }: CustomerSubscriptionId) {
  return { registration: formatRegistrationId(registration), customerSubscriptionId };
}
