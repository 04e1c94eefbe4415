/**
 * The identifiers of the domain: GUIDs, registrations and customer subscriptions, with ARM's case rules.
 *
 * ARM compares names in a resource id without regard to case and keeps the writer's spelling
 * (azure-resource-manager-rpc, v1.0/common-api-details.md), while the Azure Stack Hub documentation calls the customer
 * subscription id case sensitive. So ids are compared here without regard to case, and kept as they were spelled.
 */

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const CUSTOMER_SUBSCRIPTION =
  /^\/*subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.AzureStack\/registrations\/([^/]+)(?:\/customerSubscriptions\/([^/]+))?\/*$/i;

/** The GUID with every digit zero, which no subscription and no directory has. */
export const NIL_GUID = "00000000-0000-0000-0000-000000000000";

/** The registration of one Azure Stack Hub, by the three names its ARM id consists of. */
export interface RegistrationId {
  /** The Azure subscription that the Hub was registered with; a GUID. */
  readonly registrationSubscriptionId: string;
  /** The resource group that holds the registration. */
  readonly resourceGroup: string;
  /** The registration's name, often `azurestack-<cloud id>`. */
  readonly registrationName: string;
}

/** A customer subscription under a registration; one mapping of a directory tenant to the subscription it is billed to. */
export interface CustomerSubscriptionId {
  readonly registration: RegistrationId;
  /** The customer's Azure (not Hub) subscription; a GUID. */
  readonly customerSubscriptionId: string;
}

/** Whether the text is a GUID in the form that Azure prints: 8-4-4-4-12 hexadecimal digits, in either letter case. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** Whether two ids name the same thing to ARM, which ignores letter case. */
export function sameId(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** The ARM id of a registration, spelled as the parts are. */
export function formatRegistrationId(registration: RegistrationId): string {
  const { registrationSubscriptionId, resourceGroup, registrationName } = registration;
  return `/subscriptions/${registrationSubscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.AzureStack/registrations/${registrationName}`;
}

/** The ARM id of a customer subscription, spelled as the parts are. */
export function formatCustomerSubscriptionId(id: CustomerSubscriptionId): string {
  return `${formatRegistrationId(id.registration)}/customerSubscriptions/${id.customerSubscriptionId}`;
}

/** The parts of a registration's ARM id, or `undefined` where the text is not one; segments in any letter case. */
export function parseRegistrationId(text: string): RegistrationId | undefined {
  const match = CUSTOMER_SUBSCRIPTION.exec(text);
  return match && match[4] === undefined ? registrationOf(match) : undefined;
}

/** The parts of a customer subscription's ARM id, or `undefined` where the text is not one; segments in any letter case. */
export function parseCustomerSubscriptionId(text: string): CustomerSubscriptionId | undefined {
  const match = CUSTOMER_SUBSCRIPTION.exec(text);
  if (!match || match[4] === undefined) return undefined;
  return { registration: registrationOf(match), customerSubscriptionId: match[4] };
}

/** One key for all spellings of a registration, for maps and sets; not for display and not for requests. */
export function registrationKey(registration: RegistrationId): string {
  return formatRegistrationId(registration).toLowerCase();
}

/** The id alone of what bears one, such as a mapping that a service has described. */
export function idOf({ registration, customerSubscriptionId }: CustomerSubscriptionId): CustomerSubscriptionId {
  return { registration, customerSubscriptionId };
}

/** One key for all spellings of a customer subscription, for maps and sets; not for display and not for requests. */
export function customerSubscriptionKey(id: CustomerSubscriptionId): string {
  return formatCustomerSubscriptionId(id).toLowerCase();
}

function registrationOf(match: RegExpExecArray): RegistrationId {
  const [, registrationSubscriptionId = "", resourceGroup = "", registrationName = ""] = match;
  return { registrationSubscriptionId, resourceGroup, registrationName };
}
