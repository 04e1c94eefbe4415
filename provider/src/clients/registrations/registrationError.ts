import { hasCode, ProviderError } from "../../domain/errors/providerError.ts";
import { formatRegistrationId, type RegistrationId } from "../../domain/ids.ts";
import { type ArmTarget, armError, type Explain, type Explanations } from "../arm/armError.ts";
import { type Answer, describeAnswer } from "../wire/answer.ts";

/** What a request of Microsoft.AzureStack was about. */
export interface RegistrationTarget extends ArmTarget {
  /** The subscription that the Hub was registered with. */
  readonly subscriptionId: string;
  /** The registration that it is or lies under. */
  readonly registration?: RegistrationId;
  readonly customerSubscriptionId?: string;
}

/** Codes by which the service says, at any status, that another attempt may fare better. */
export const PASSING_CODES = ["MetadataResolverBadGatewayError"] as const;

/** The codes of Microsoft.AzureStack, and those of ARM's gateway whose explanation speaks of it. */
const OWN: Explanations<RegistrationTarget> = {
  registrationnotfound: (target, options) =>
    new ProviderError("CSP_REGISTRATION_NOT_FOUND", { registration: registrationIn(target) }, options),
  customersubscriptionnotfound: (target, options) =>
    new ProviderError("CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND", namesIn(target), options),
  invalidcustomersubscriptionid: (target, options) =>
    new ProviderError("CSP_INVALID_CUSTOMER_SUBSCRIPTION_ID", namesIn(target), options),
  invalidcspsubscription: (target, options) =>
    new ProviderError("CSP_INVALID_CSP_SUBSCRIPTION", namesIn(target), options),
  badcustomersubscriptionid: (target, options) =>
    new ProviderError("CSP_BAD_CUSTOMER_SUBSCRIPTION_ID", namesIn(target), options),
  unauthorizedcspregistration: (target, options) =>
    new ProviderError("CSP_UNAUTHORIZED_CSP_REGISTRATION", { registration: registrationIn(target) }, options),
  customersubscriptionsnotallowed: (target, options) =>
    new ProviderError("CSP_CUSTOMER_SUBSCRIPTIONS_NOT_ALLOWED", { registration: registrationIn(target) }, options),
  metadataresolverbadgatewayerror: (_, options) => new ProviderError("CSP_METADATA_RESOLVER_BAD_GATEWAY", {}, options),
  invalidresourcetype: typeNotServed,
  noregisteredproviderfound: typeNotServed,
  invalidapiversionparameter: typeNotServed,
  invalidresourcenamespace: typeNotServed,
  missingsubscriptionregistration: ({ id, subscriptionId }, options) =>
    new ProviderError("CSP_PROVIDER_NOT_REGISTERED", { id, registrationSubscriptionId: subscriptionId }, options),
};

/** The error that an answer of Microsoft.AzureStack means, or of the gateway before it. */
export function registrationError(target: RegistrationTarget, answer: Answer): ProviderError {
  const error = armError(target, answer, OWN);
  // ARM's gateway answers before the service can, and in its own words.
  if (!hasCode(error, "CSP_RESOURCE_NOT_FOUND") || !isRegistration(target)) return error;
  const details = { registration: registrationIn(target) };
  return new ProviderError("CSP_REGISTRATION_NOT_FOUND", details, { answer: describeAnswer(answer) });
}

/** Whether the request was about the registration itself, and not about something under it. */
function isRegistration({ registration, id }: RegistrationTarget): boolean {
  return registration !== undefined && id === formatRegistrationId(registration);
}

function typeNotServed(
  { apiVersion }: RegistrationTarget,
  options: Parameters<Explain<RegistrationTarget>>[1],
): ProviderError {
  return new ProviderError("CSP_TYPE_NOT_SERVED", { apiVersion }, options);
}

function registrationIn({ registration, id }: RegistrationTarget): string {
  return registration ? formatRegistrationId(registration) : id;
}

function namesIn(target: RegistrationTarget): {
  readonly registration: string;
  readonly customerSubscriptionId: string;
} {
  return {
    registration: registrationIn(target),
    customerSubscriptionId: target.customerSubscriptionId ?? "(none)",
  };
}
