import { ProviderError } from "../../../provider/src/domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  formatRegistrationId,
  type RegistrationId,
} from "../../../provider/src/domain/ids.ts";
import type { MemorySubscription } from "./memoryWorld.ts";

export function registrationNotFound(registration: RegistrationId): ProviderError {
  const id = formatRegistrationId(registration);
  return new ProviderError(
    "CSP_REGISTRATION_NOT_FOUND",
    { registration: id },
    { answer: { status: 404, code: "RegistrationNotFound", request: id } },
  );
}

export function customerSubscriptionNotFound(id: CustomerSubscriptionId): ProviderError {
  const registration = formatRegistrationId(id.registration);
  return new ProviderError(
    "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND",
    { registration, customerSubscriptionId: id.customerSubscriptionId },
    { answer: { status: 404, code: "CustomerSubscriptionNotFound", request: `GET ${registration}` } },
  );
}

export function customerSubscriptionsNotAllowed(registration: RegistrationId): ProviderError {
  const id = formatRegistrationId(registration);
  return new ProviderError(
    "CSP_CUSTOMER_SUBSCRIPTIONS_NOT_ALLOWED",
    { registration: id },
    { answer: { status: 400, code: "CustomerSubscriptionsNotAllowed", request: `PUT ${id}` } },
  );
}

export function unauthorizedCspRegistration(registration: RegistrationId): ProviderError {
  const id = formatRegistrationId(registration);
  return new ProviderError(
    "CSP_UNAUTHORIZED_CSP_REGISTRATION",
    { registration: id },
    { answer: { status: 403, code: "UnauthorizedCspRegistration", request: `PUT ${id}` } },
  );
}

export function subscriptionRefused(
  id: CustomerSubscriptionId,
  code: NonNullable<MemorySubscription["refusedAs"]>,
): ProviderError {
  const registration = formatRegistrationId(id.registration);
  const { customerSubscriptionId } = id;
  const options = { answer: { status: 400, code, request: `PUT ${registration}` } };
  if (code === "InvalidCSPSubscription") {
    return new ProviderError("CSP_INVALID_CSP_SUBSCRIPTION", { customerSubscriptionId }, options);
  }
  if (code === "BadCustomerSubscriptionId") {
    return new ProviderError("CSP_BAD_CUSTOMER_SUBSCRIPTION_ID", { customerSubscriptionId, registration }, options);
  }
  return new ProviderError("CSP_INVALID_CUSTOMER_SUBSCRIPTION_ID", { customerSubscriptionId }, options);
}
