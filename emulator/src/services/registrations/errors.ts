import type { EmulatorResponse } from "../../pipeline/http.ts";
import type { CustomerSubscriptionRefusal } from "../../store/customerSubscriptions.ts";
import type { RegistrationPlace } from "../../store/registrations.ts";
import { serviceError } from "../arm/errors.ts";

/** The customer subscription a refused call was about; `customerSubscriptionId` is empty for a list. */
export interface RefusedCall {
  readonly reason: CustomerSubscriptionRefusal;
  readonly place: RegistrationPlace;
  readonly customerSubscriptionId: string;
}

/**
 * The registration service's refusals. Codes are those of its published list; it publishes no statuses, so these are
 * the emulator's: 404 for what is missing, 400 and 403 for what is refused, 502 for the upstream failure.
 */
export function refusalError({ reason, place, customerSubscriptionId: id }: RefusedCall): EmulatorResponse {
  const { subscriptionId, resourceGroup, name } = place;
  switch (reason) {
    case "registrationNotFound":
      return serviceError(
        404,
        "RegistrationNotFound",
        `The registration was not found. Verify what was provided: 1. subscription identifier (value provided: '${subscriptionId}'), 2. resource group (value provided: '${resourceGroup}'), 3. registration name (value provided: '${name}').`,
      );
    case "capacityBilled":
      return serviceError(
        400,
        "CustomerSubscriptionsNotAllowed",
        `Customer subscriptions cannot be managed on '${name}': disconnected or capacity-billed deployments do not support them. Register again with the pay-as-you-use billing model.`,
      );
    case "notApproved":
      return serviceError(
        403,
        "UnauthorizedCspRegistration",
        `The registration '${name}' is not approved for multi-tenancy. Write to azstCSP@microsoft.com with the registration name, resource group and subscription identifier.`,
      );
    case "invalidSubscription":
      return serviceError(
        400,
        "InvalidCustomerSubscriptionId",
        `The customer subscription '${id}' is not valid. Provide a valid Azure subscription.`,
      );
    case "notCsp":
      return serviceError(
        400,
        "InvalidCSPSubscription",
        `The customer subscription '${id}' is not a valid CSP subscription. Provide an Azure subscription sold through the CSP program.`,
      );
    case "otherPartner":
      return serviceError(
        400,
        "BadCustomerSubscriptionId",
        `The customer subscription '${id}' and the registration '${name}' are not owned by the same CSP partner. Check the identifier; it is case sensitive.`,
      );
    case "metadataUnavailable":
      return serviceError(
        502,
        "MetadataResolverBadGatewayError",
        "One of the upstream servers returned an unexpected error. Try again later.",
      );
    default:
      return reason satisfies never;
  }
}

/** A customer subscription that the registration does not have. */
export function customerSubscriptionNotFound(id: string, registrationName: string): EmulatorResponse {
  return serviceError(
    404,
    "CustomerSubscriptionNotFound",
    `The customer subscription '${id}' was not found under '${registrationName}'. Provide a valid Azure subscription that was added to the registration with a PUT.`,
  );
}

/** A registration token of another Hub than the registration is of. */
export function cloudIdUpdateNotAllowed(registrationName: string): EmulatorResponse {
  return serviceError(
    409,
    "CloudIdUpdateNotAllowed",
    `The registration '${registrationName}' is already associated with another Cloud identifier. Changing cloud identifiers is not allowed.`,
  );
}

/** A registration token that is missing or cannot be read. */
export function invalidRegistrationToken(): EmulatorResponse {
  return serviceError(400, "InvalidRegistrationToken", "The registration token is malformed or invalid.");
}
