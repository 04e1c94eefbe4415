import { ProviderError } from "../domain/errors/providerError.ts";
import { type CustomerSubscriptionId, parseRegistrationId, type RegistrationId, sameId } from "../domain/ids.ts";
import type { Environment } from "./access/environment.ts";
import { createAzureClients } from "./createClients.ts";
import type { CustomerSubscription, Registration, RegistrationsClient } from "./registrationsClient.ts";

/** A registration, by its ARM id or by the three names in it. */
export type RegistrationReference = RegistrationId | { readonly registrationId: string };

/** How a question to Azure is asked. */
export interface QueryOptions {
  /** The environment variables with cloud and credential; the process's own by default. */
  readonly env?: Environment;
  readonly abortSignal?: AbortSignal;
  /** The client to ask; by default one is made from the environment. */
  readonly client?: RegistrationsClient;
}

/**
 * Finds the registration of a Hub by its cloud id, among all registrations of a subscription.
 *
 * @param query.cloudId - the Hub's `CloudID`, as `Get-AzureStackStampInformation` prints it; in any letter case.
 * @throws ProviderError `CSP_CLOUD_NOT_REGISTERED` or `CSP_CLOUD_REGISTERED_TWICE` where not exactly one has it.
 */
export async function getRegistration(
  query: { readonly registrationSubscriptionId: string; readonly cloudId: string },
  options: QueryOptions = {},
): Promise<Registration> {
  const { registrationSubscriptionId, cloudId } = query;
  const all = await clientOf(options).listRegistrations(registrationSubscriptionId);
  const [found, ...others] = all.filter((each) => each.cloudId !== undefined && sameId(each.cloudId, cloudId));
  if (!found) {
    const known = all.map((each) => `${each.name} (cloud id ${each.cloudId ?? "not given"})`).join(", ") || "none";
    throw new ProviderError("CSP_CLOUD_NOT_REGISTERED", { cloudId, registrationSubscriptionId, known });
  }
  if (others.length > 0) {
    const registrations = [found, ...others].map(({ id }) => id).join(" and ");
    throw new ProviderError("CSP_CLOUD_REGISTERED_TWICE", { cloudId, registrations });
  }
  return found;
}

/**
 * Lists the customer subscriptions of a registration, all pages.
 *
 * The list may lag behind writes; `getCustomerSubscription` does not.
 *
 * @throws ProviderError
 */
export async function listCustomerSubscriptions(
  registration: RegistrationReference,
  options: QueryOptions = {},
): Promise<readonly CustomerSubscription[]> {
  return clientOf(options).listCustomerSubscriptions(resolve(registration));
}

/**
 * Reads one customer subscription of a registration.
 *
 * @throws ProviderError `CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND` or `CSP_RESOURCE_NOT_FOUND` where it is not registered.
 */
export async function getCustomerSubscription(
  query: RegistrationReference & Pick<CustomerSubscriptionId, "customerSubscriptionId">,
  options: QueryOptions = {},
): Promise<CustomerSubscription> {
  const { customerSubscriptionId } = query;
  return clientOf(options).getCustomerSubscription({ registration: resolve(query), customerSubscriptionId });
}

function clientOf({ client, env = process.env, abortSignal }: QueryOptions): RegistrationsClient {
  return client ?? createAzureClients(env, abortSignal ? { abortSignal } : {}).registrations;
}

function resolve(reference: RegistrationReference): RegistrationId {
  if (!("registrationId" in reference)) return reference;
  const parsed = parseRegistrationId(reference.registrationId);
  if (parsed) return parsed;
  throw new ProviderError("CSP_REGISTRATION_ID_MALFORMED", { value: reference.registrationId, hint: "" });
}
