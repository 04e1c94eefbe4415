import type { ErrorCode } from "./catalogue.ts";

/**
 * Our code for each of Microsoft's by which somebody may look for an error: those of the usage bridge, which nothing but the
 * Hub's portal shows, of the usage API and of the registration service.
 */
const SERVICE_CODES: Readonly<Record<string, ErrorCode>> = {
  NetworkError: "CSP_BRIDGE_NETWORK",
  RequestTimedOut: "CSP_BRIDGE_TIMED_OUT",
  LoginError: "CSP_BRIDGE_SIGN_IN",
  CertificateValidationError: "CSP_BRIDGE_CERTIFICATE",
  Unauthorized: "CSP_BRIDGE_UNAUTHORIZED",
  NoApiVersion: "CSP_HUB_API_VERSION_MISSING",
  InvalidProperty: "CSP_HUB_PROPERTY_INVALID",
  RequestEndTimeIsInFuture: "CSP_HUB_END_IN_FUTURE",
  SubscriberIdIsNotDirectTenant: "CSP_HUB_NOT_A_SUBSCRIBER",
  SubscriptionIdMissingInRequest: "CSP_HUB_SUBSCRIPTION_MISSING",
  InvalidAggregationGranularity: "CSP_HUB_GRANULARITY",
  ServiceUnavailable: "CSP_HUB_BUSY",
  GatewayTimeout: "CSP_HUB_GATEWAY_TIMEOUT",
  ProcessingNotCompleted: "CSP_HUB_NOT_PROCESSED",
  RegistrationNotFound: "CSP_REGISTRATION_NOT_FOUND",
  BadCustomerSubscriptionId: "CSP_BAD_CUSTOMER_SUBSCRIPTION_ID",
  InvalidCustomerSubscriptionId: "CSP_INVALID_CUSTOMER_SUBSCRIPTION_ID",
  InvalidCSPSubscription: "CSP_INVALID_CSP_SUBSCRIPTION",
  CustomerSubscriptionNotFound: "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND",
  UnauthorizedCspRegistration: "CSP_UNAUTHORIZED_CSP_REGISTRATION",
  CustomerSubscriptionsNotAllowed: "CSP_CUSTOMER_SUBSCRIPTIONS_NOT_ALLOWED",
  MetadataResolverBadGatewayError: "CSP_METADATA_RESOLVER_BAD_GATEWAY",
};

const BY_LOWER_CASE = new Map(Object.entries(SERVICE_CODES).map(([code, ours]) => [code.toLowerCase(), ours]));

/** Our code for one of Microsoft's, in any letter case; `undefined` where there is none of its own. */
export function codeForService(code: string): ErrorCode | undefined {
  return BY_LOWER_CASE.get(code.toLowerCase());
}
