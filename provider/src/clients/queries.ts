import { type Access, CLOUD_NAMES, readAccess } from "../domain/access.ts";
import { ProviderError } from "../domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  formatRegistrationId,
  isGuid,
  parseRegistrationId,
  type RegistrationId,
  sameId,
} from "../domain/ids.ts";
import { isStandIn } from "../domain/unknown.ts";
import { cloudNameProblem, credentialPrefixProblem, registrationProblems } from "../domain/validators.ts";
import type { Environment } from "./access/environment.ts";
import { createAzureClients } from "./connect.ts";
import type { CustomerSubscription, Registration, RegistrationsClient } from "./registrations/registrationsClient.ts";

/**
 * A registration, by its ARM id or by the three names in it, and how it is reached: `cloud` and `credentialPrefix` as a
 * `CustomerSubscription` takes them, by default the cloud and the credential of the environment.
 */
export type RegistrationReference = Access & (RegistrationId | { readonly registrationId: string });

/** How a question to Azure is asked. */
export interface QueryOptions {
  /** The environment variables with cloud and credentials; the process's own by default. */
  readonly env?: Environment;
  readonly abortSignal?: AbortSignal;
  /** The client to ask, whatever access the query names; by default one is made from the environment for that access. */
  readonly client?: RegistrationsClient;
}

/**
 * Finds the registration of a Hub by its cloud id, among all registrations of a subscription.
 *
 * @param query.cloudId - the Hub's `CloudID`, as `Get-AzureStackStampInformation` prints it; in any letter case.
 * @param query.cloud - the Azure cloud of the subscription; that of the environment by default.
 * @param query.credentialPrefix - the beginning of the variables with the credential; that of the environment by default.
 * @throws ProviderError `CSP_GUID_MALFORMED`, `CSP_CLOUD_NAME`, `CSP_CREDENTIAL_PREFIX`; `CSP_CLOUD_NOT_REGISTERED` or `CSP_CLOUD_REGISTERED_TWICE` where not exactly one has it.
 */
export async function getRegistration(
  query: Access & { readonly registrationSubscriptionId: string; readonly cloudId: string },
  options: QueryOptions = {},
): Promise<Registration> {
  const { registrationSubscriptionId, cloudId } = query;
  requireGuid("registrationSubscriptionId", registrationSubscriptionId);
  const all = await clientOf(query, options).listRegistrations(registrationSubscriptionId);
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
 * @throws ProviderError `CSP_REGISTRATION_ID_MALFORMED`, `CSP_CLOUD_NAME`, `CSP_CREDENTIAL_PREFIX`, and what Azure refuses.
 */
export async function listCustomerSubscriptions(
  registration: RegistrationReference,
  options: QueryOptions = {},
): Promise<readonly CustomerSubscription[]> {
  return clientOf(registration, options).listCustomerSubscriptions(resolve(registration));
}

/**
 * Reads one customer subscription of a registration.
 *
 * @throws ProviderError `CSP_REGISTRATION_ID_MALFORMED`, `CSP_GUID_MALFORMED`, `CSP_CLOUD_NAME` or `CSP_CREDENTIAL_PREFIX`;
 *   `CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND` or `CSP_RESOURCE_NOT_FOUND` where it is not registered.
 */
export async function getCustomerSubscription(
  query: RegistrationReference & Pick<CustomerSubscriptionId, "customerSubscriptionId">,
  options: QueryOptions = {},
): Promise<CustomerSubscription> {
  const { customerSubscriptionId } = query;
  requireGuid("customerSubscriptionId", customerSubscriptionId);
  return clientOf(query, options).getCustomerSubscription({ registration: resolve(query), customerSubscriptionId });
}

function clientOf(query: Access, { client, env = process.env, abortSignal }: QueryOptions): RegistrationsClient {
  const access = accessOf(query);
  return client ?? createAzureClients(env, { access, ...(abortSignal ? { abortSignal } : {}) }).registrations;
}

/** A name that is not known is refused: leaving it out would ask another cloud, or as somebody else. */
function accessOf({ cloud, credentialPrefix }: Access): Access {
  if (cloud !== undefined && cloudNameProblem("cloud", cloud)) {
    throw new ProviderError("CSP_CLOUD_NAME", { property: "cloud", value: cloud, known: CLOUD_NAMES.join(", ") });
  }
  if (credentialPrefix !== undefined && credentialPrefixProblem("credentialPrefix", credentialPrefix)) {
    throw new ProviderError("CSP_CREDENTIAL_PREFIX", { property: "credentialPrefix", value: credentialPrefix });
  }
  return readAccess({ cloud, credentialPrefix });
}

/** What is asked goes into the path of a request, where a name such as `..` would lead elsewhere. */
function resolve(reference: RegistrationReference): RegistrationId {
  const id = "registrationId" in reference ? reference.registrationId : formatRegistrationId(reference);
  const parsed = parseRegistrationId(id);
  if (parsed && registrationProblems("registrationId", parsed).length === 0) return parsed;
  throw new ProviderError("CSP_REGISTRATION_ID_MALFORMED", { value: id, hint: "" });
}

function requireGuid(property: string, value: string): void {
  if (isStandIn(value)) throw new ProviderError("CSP_VALUE_UNKNOWN", { property, value });
  if (!isGuid(value)) throw new ProviderError("CSP_GUID_MALFORMED", { property, value, hint: "" });
}
