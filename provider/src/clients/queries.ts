import { ProviderError } from "../domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  formatRegistrationId,
  isGuid,
  parseRegistrationId,
  type RegistrationId,
  sameId,
} from "../domain/ids.ts";
import { registrationIdProblems } from "../domain/validators.ts";
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
 * @throws ProviderError `CSP_GUID_MALFORMED`; `CSP_CLOUD_NOT_REGISTERED` or `CSP_CLOUD_REGISTERED_TWICE` where not exactly one has it.
 */
export async function getRegistration(
  query: { readonly registrationSubscriptionId: string; readonly cloudId: string },
  options: QueryOptions = {},
): Promise<Registration> {
  const { registrationSubscriptionId, cloudId } = query;
  requireGuid("registrationSubscriptionId", registrationSubscriptionId);
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
 * @throws ProviderError `CSP_REGISTRATION_ID_MALFORMED`, and what Azure refuses.
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
 * @throws ProviderError `CSP_REGISTRATION_ID_MALFORMED` or `CSP_GUID_MALFORMED`;
 *   `CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND` or `CSP_RESOURCE_NOT_FOUND` where it is not registered.
 */
export async function getCustomerSubscription(
  query: RegistrationReference & Pick<CustomerSubscriptionId, "customerSubscriptionId">,
  options: QueryOptions = {},
): Promise<CustomerSubscription> {
  const { customerSubscriptionId } = query;
  requireGuid("customerSubscriptionId", customerSubscriptionId);
  return clientOf(options).getCustomerSubscription({ registration: resolve(query), customerSubscriptionId });
}

function clientOf({ client, env = process.env, abortSignal }: QueryOptions): RegistrationsClient {
  return client ?? createAzureClients(env, abortSignal ? { abortSignal } : {}).registrations;
}

/** What is asked goes into the path of a request, where a name such as `..` would lead elsewhere. */
function resolve(reference: RegistrationReference): RegistrationId {
  const id = "registrationId" in reference ? reference.registrationId : formatRegistrationId(reference);
  const parsed = parseRegistrationId(id);
  if (parsed && registrationIdProblems("registrationId", id).length === 0) return parsed;
  throw new ProviderError("CSP_REGISTRATION_ID_MALFORMED", { value: id, hint: "" });
}

function requireGuid(property: string, value: string): void {
  if (!isGuid(value)) throw new ProviderError("CSP_GUID_MALFORMED", { property, value, hint: "" });
}
