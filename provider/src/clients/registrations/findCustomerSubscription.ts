import { hasCode } from "../../domain/errors/providerError.ts";
import type { CustomerSubscriptionId } from "../../domain/ids.ts";
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

/** Whether the error says that this very customer subscription is not there. */
export function isGone(error: unknown): boolean {
  return hasCode(error, "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND", "CSP_RESOURCE_NOT_FOUND");
}
