import { findCustomerSubscription, isParentGone } from "../../clients/registrations/findCustomerSubscription.ts";
import type { CustomerSubscription } from "../../clients/registrations/registrationsClient.ts";
import { type CustomerSubscriptionId, formatCustomerSubscriptionId } from "../../domain/ids.ts";
import type { Deps } from "./deps.ts";

export { isGone, isParentGone } from "../../clients/registrations/findCustomerSubscription.ts";

/** Pauses before a customer subscription that was just written is looked for again. */
const REREAD_PAUSES_IN_MS = [500, 1_000, 2_000, 4_000] as const;

/**
 * Looks a customer subscription up by itself, which alone may contradict state or list.
 *
 * @returns `undefined` where it is gone: the service does not know this id, or its registration is gone for certain.
 * @throws ProviderError every answer that leaves room for doubt.
 */
export async function lookUp(deps: Deps, id: CustomerSubscriptionId): Promise<CustomerSubscription | undefined> {
  try {
    return (await findCustomerSubscription(deps.client, id)) ?? (await lookUpRespelled(deps, id));
  } catch (error) {
    if (isParentGone(error) && (await registrationIsGone(deps, id))) return undefined;
    throw error;
  }
}

/** A service that minds letter case answers "not found" for a mapping that its own list spells in another way. */
async function lookUpRespelled(deps: Deps, id: CustomerSubscriptionId): Promise<CustomerSubscription | undefined> {
  const listed = (await deps.live.mappings(id.registration)).bySubscription(id);
  if (!listed || formatCustomerSubscriptionId(listed) === formatCustomerSubscriptionId(id)) return undefined;
  return await findCustomerSubscription(deps.client, listed);
}

/** Looks a customer subscription up after a write, several times where it does not show yet. */
export async function lookUpWritten(deps: Deps, id: CustomerSubscriptionId): Promise<CustomerSubscription | undefined> {
  for (const pauseInMs of REREAD_PAUSES_IN_MS) {
    const live = await lookUp(deps, id);
    if (live) return live;
    await deps.sleep(pauseInMs);
  }
  return await lookUp(deps, id);
}

/**
 * Whether a registration that answered "not found" is gone for certain.
 *
 * A mistyped name or another cloud answers the same, so the 404 alone does not count: the registration's own list, or
 * the list of its subscription's registrations, has to answer 200 without it.
 */
export async function registrationIsGone(deps: Deps, id: CustomerSubscriptionId): Promise<boolean> {
  try {
    const mappings = await deps.live.mappings(id.registration);
    if (!mappings.bySubscription(id)) return true;
  } catch (error) {
    if (!isParentGone(error)) throw error;
  }
  return !(await deps.live.exists(id.registration));
}
