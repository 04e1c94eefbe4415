import { hasCode } from "../../domain/errors/providerError.ts";
import { type CustomerSubscriptionId, registrationKey } from "../../domain/ids.ts";
import type { CustomerSubscription, RegistrationsClient } from "./registrationsClient.ts";

/**
 * Reads one customer subscription, in the id's own spelling.
 *
 * @returns `undefined` where it is not there for certain.
 * @throws ProviderError every answer that leaves room for doubt, "its registration is not there" among them.
 */
export async function findCustomerSubscription(
  client: Pick<RegistrationsClient, "getCustomerSubscription">,
  id: CustomerSubscriptionId,
): Promise<CustomerSubscription | undefined> {
  try {
    return await client.getCustomerSubscription(id);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/**
 * Reads one customer subscription, in the id's own spelling, of a registration that may be gone.
 *
 * A mistyped name or another cloud answers "not found" too, so a registration counts as gone only where the list of its
 * subscription's registrations answers without it.
 *
 * @returns `undefined` where it, or its registration, is not there for certain.
 * @throws ProviderError every answer that leaves room for doubt.
 */
export async function findConfirmed(
  client: Pick<RegistrationsClient, "getCustomerSubscription" | "listRegistrations">,
  id: CustomerSubscriptionId,
): Promise<CustomerSubscription | undefined> {
  try {
    return await findCustomerSubscription(client, id);
  } catch (error) {
    if (!isParentGone(error)) throw error;
    const key = registrationKey(id.registration);
    const listed = await client.listRegistrations(id.registration.registrationSubscriptionId);
    if (listed.some((each) => registrationKey(each) === key)) throw error;
    return undefined;
  }
}

/** Whether the error says that the registration, or the group that holds it, is not there. */
export function isParentGone(error: unknown): boolean {
  return hasCode(error, "CSP_REGISTRATION_NOT_FOUND", "CSP_PARENT_NOT_FOUND");
}

/** Whether the error says that this very customer subscription is not there. */
export function isGone(error: unknown): boolean {
  return hasCode(error, "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND", "CSP_RESOURCE_NOT_FOUND");
}
