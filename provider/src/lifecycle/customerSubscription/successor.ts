import type { CustomerSubscriptionState } from "../../domain/customerSubscription/state.ts";
import { isProviderError, ProviderError } from "../../domain/errors/providerError.ts";
import { type CustomerSubscriptionId, formatRegistrationId, sameId } from "../../domain/ids.ts";
import type { Taking } from "../allowance.ts";
import { isInitializationError } from "../initializationError.ts";
import type { Existing } from "../resourceLifecycle.ts";
import { lookUp } from "./confirm.ts";
import type { Deps } from "./deps.ts";
import type { Claim } from "./run/claims.ts";
import type { Mapping } from "./run/mapping.ts";
import type { Run } from "./run/run.ts";

/**
 * Lets a resource go without a removal, where another one of the run holds its mapping, or is about to.
 *
 * The one that is about to may be the very same: an engine that deletes before it replaces does not say which resource a
 * removal belongs to. So it counts only where the run knows of such a replacement, and what is let go is entrusted.
 *
 * @returns whether it was let go.
 */
export function handOver(run: Run, resource: Existing, state: CustomerSubscriptionState): boolean {
  const successor = run.claims.of(state.id);
  if (!successor || successor.stage === "failed") return false;
  if (successor.stage === "made") return true;
  const tenantId = state.expectedTenantId ?? state.tenantId;
  const isSame = tenantId === undefined || successor.tenantId === undefined || sameId(tenantId, successor.tenantId);
  if (!isSame || successor.stage === "unchanged") return isSame;
  const isReplaced = successor.isRemade || (tenantId !== undefined && run.isLeaving({ id: state.id, tenantId }));
  if (isReplaced) run.claims.entrust(state.id, resource);
  return isReplaced;
}

/**
 * The subscription where the mapping's tenant is live by what the state says of another resource of this run, looked up.
 *
 * Nothing was sent for that one in this run, so only a look tells whether the tenant would be left without any.
 */
export async function lookUpElsewhere(deps: Deps, mapping: Mapping): Promise<CustomerSubscriptionId | undefined> {
  const successor = deps.run.claims.ofTenant(mapping);
  if (successor?.stage !== "unchanged") return undefined;
  const live = await lookUp(deps, successor.id);
  return live?.tenantId !== undefined && sameId(live.tenantId, mapping.tenantId) ? successor.id : undefined;
}

/**
 * The refusal to remove what another resource of the run is to take over, its subscription or its tenant, and has not.
 *
 * @param elsewhere what {@link lookUpElsewhere} found.
 */
export function refuseWithoutSuccessor(
  { claims, isLeaving, isMove }: Run,
  mapping: Taking,
  elsewhere: CustomerSubscriptionId | undefined,
): ProviderError | undefined {
  const { id, tenantId } = mapping;
  const held = tenantId === undefined ? undefined : { id, tenantId };
  const ofSubscription = claims.of(id);
  // What is deleted before it is replaced goes, whoever is to have its subscription afterwards.
  const isLeft = ofSubscription?.stage === "declared" && held !== undefined && isLeaving(held);
  if (ofSubscription && !isLeft) return notMade(mapping, ofSubscription);
  const ofTenant = held && claims.ofTenant(held);
  if (!ofTenant || ofTenant.stage === "made" || ofTenant.id === elsewhere) return undefined;
  const isOwnMove = isMove(id.customerSubscriptionId, { id: ofTenant.id, tenantId: held.tenantId });
  return isOwnMove && ofTenant.stage === "declared" ? undefined : notMade(mapping, ofTenant);
}

function notMade({ id, tenantId = "unknown" }: Taking, successor: Claim): ProviderError {
  const declared = `customer subscription ${successor.id.customerSubscriptionId}`;
  return new ProviderError("CSP_SUCCESSOR_NOT_MADE", {
    tenantId,
    customerSubscriptionId: id.customerSubscriptionId,
    registration: formatRegistrationId(id.registration),
    successor: successor.tenantId === undefined ? declared : `${declared} for tenant ${successor.tenantId}`,
    outcome: outcomeOf(successor),
  });
}

function outcomeOf({ stage, error }: Claim): string {
  if (stage === "declared") return "has not been made before it, or was left out";
  if (stage === "unchanged") return "is unchanged by the state, and not live";
  const codes = codesOf(error).join(" and ");
  return codes === "" ? "has failed" : `has failed (${codes})`;
}

function codesOf(error: unknown): readonly string[] {
  if (isProviderError(error)) return [error.code];
  if (error instanceof AggregateError) return error.errors.flatMap(codesOf);
  return isInitializationError(error) ? codesOf(error.cause) : [];
}
