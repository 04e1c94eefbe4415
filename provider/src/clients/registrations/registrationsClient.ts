import type { CustomerSubscriptionId, RegistrationId } from "../../domain/ids.ts";
import type { ManagementLock } from "../../domain/locks.ts";

export type { ManagementLock };

/** The registration of a Hub, as Azure describes it; the three names of its id as the service spells them. */
export interface Registration extends RegistrationId {
  /** The ARM id, as the service spells it. */
  readonly id: string;
  readonly name: string;
  /** `Capacity`, `PayAsYouUse`, `Development`, `Custom` or `Ruggedized`; other texts may come. */
  readonly billingModel: string | undefined;
  /** The Hub's identifier, usually a GUID. */
  readonly cloudId: string | undefined;
  /** The object id of the Hub's bridge service principal in the registration's directory. */
  readonly objectId: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * One customer subscription under a registration: a mapping of a tenant to the subscription its usage is billed to.
 *
 * It holds its own id in the service's spelling, and can be asked for and written by it.
 */
export interface CustomerSubscription extends CustomerSubscriptionId {
  /** The ARM id, as the service spells it. */
  readonly id: string;
  /** The name as the service gives it, `<registration>/<subscription>` or the subscription alone. */
  readonly name: string;
  /** The directory tenant; absent where the service gives none, asked for by itself either. */
  readonly tenantId: string | undefined;
}

/**
 * The registrations of one cloud, as far as customer subscriptions need them.
 *
 * Every method throws a `ProviderError`; retries and pacing lie below it. The errors that callers decide by are:
 * - "it is not there": `CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND`, `CSP_RESOURCE_NOT_FOUND` (see `findCustomerSubscription`);
 * - "what should hold it is not there": `CSP_REGISTRATION_NOT_FOUND`, `CSP_PARENT_NOT_FOUND`;
 * - "no telling": all others.
 * A write that may have been carried out although no usable answer came throws with kind `service` or `throttled`, or
 * with `CSP_UNREACHABLE` or `CSP_NOT_ARM`; any other error says that nothing was written.
 */
export interface RegistrationsClient {
  /** The registration itself. */
  getRegistration(registration: RegistrationId): Promise<Registration>;
  /** All registrations of a subscription, all pages. */
  listRegistrations(registrationSubscriptionId: string): Promise<readonly Registration[]>;
  /**
   * All customer subscriptions of a registration, all pages, each once; one that the list gives no tenant, or two, is
   * asked for by itself. May lag behind writes (MicrosoftDocs/azure-docs#20844).
   */
  listCustomerSubscriptions(registration: RegistrationId): Promise<readonly CustomerSubscription[]>;
  /** One customer subscription; asked for in the id's own spelling. */
  getCustomerSubscription(id: CustomerSubscriptionId): Promise<CustomerSubscription>;
  /**
   * Maps the tenant to the customer subscription, displacing whatever either was mapped to.
   *
   * @returns the customer subscription where the answer described it, `undefined` where the answer had no usable body
   *   (Microsoft's documentation has 201 without a body, the OpenAPI file 200 with one).
   */
  putCustomerSubscription(id: CustomerSubscriptionId, tenantId: string): Promise<CustomerSubscription | undefined>;
  /**
   * Removes the mapping; asked for in the id's own spelling.
   *
   * @returns `deleted` for 200, and for an accepted removal whose end was seen; `unproven` for 204, which ARM also answers
   *   for an id in another letter case, and for a removal that was accepted without a link to its end.
   */
  deleteCustomerSubscription(id: CustomerSubscriptionId): Promise<"deleted" | "unproven">;
  /** The locks on a registration and on what holds it; needs `Microsoft.Authorization/locks/read`. */
  listLocks(registration: RegistrationId): Promise<readonly ManagementLock[]>;
  /**
   * The directory that a subscription belongs to, read from the challenge with which ARM answers a request without a
   * token; needs no rights.
   *
   * @returns `undefined` where ARM does not say: unknown subscription, no challenge, or not reachable.
   */
  getDirectory(subscriptionId: string): Promise<string | undefined>;
}
