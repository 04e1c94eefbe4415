import { type EmulatorResponse, failure } from "../../pipeline/http.ts";
import { gatewayError, serviceError } from "../arm/errors.ts";

/**
 * Refusals of the usage API: codes from Microsoft's manual "Azure Stack Hub usage FAQ", the 504 from a recording. The
 * texts are the emulator's own.
 */
function refuse(code: string, message: string): EmulatorResponse {
  return serviceError(400, code, message);
}

/** A request that names no api-version. */
export function noApiVersion(): EmulatorResponse {
  return refuse("NoApiVersion", "The request names no api-version.");
}

/** A parameter that is missing. */
export function missingProperty(name: string): EmulatorResponse {
  return refuse("InvalidProperty", `The property '${name}' is missing.`);
}

/** A parameter that cannot be read, or not be used. */
export function invalidProperty(name: string, value: string, reason: string): EmulatorResponse {
  return refuse("InvalidProperty", `The property '${name}' has the invalid value '${value}': ${reason}.`);
}

/** A window that ends later than now. */
export function endInFuture(end: string): EmulatorResponse {
  return refuse("RequestEndTimeIsInFuture", `The reported end time '${end}' is in the future.`);
}

/** A granularity that there is not. */
export function invalidGranularity(granularity: string): EmulatorResponse {
  return refuse(
    "InvalidAggregationGranularity",
    `The aggregation granularity '${granularity}' is neither daily nor hourly.`,
  );
}

/** A local subscription of nobody that the caller sells to. */
export function notDirectTenant(subscriberId: string): EmulatorResponse {
  return refuse("SubscriberIdIsNotDirectTenant", `The subscriber '${subscriberId}' is no direct tenant of the caller.`);
}

/** A path without a subscription. */
export function subscriptionIdMissing(): EmulatorResponse {
  return refuse("SubscriptionIdMissingInRequest", "The request names no subscription.");
}

/** Usage that is still being worked out. Status and form are public Azure's; what a Hub answers is not published. */
export function processingNotCompleted(end: string): EmulatorResponse {
  return failure(202, "ProcessingNotCompleted", `The usage up to '${end}' is not complete yet. Ask again later.`);
}

/** What ARM says when it has waited for the usage service for too long. */
export function gatewayTimeout(namespace: string): EmulatorResponse {
  const message = `The gateway did not receive a response from '${namespace}' within the specified time period.`;
  return { ...gatewayError(504, "GatewayTimeout", message), failureCause: "service" };
}
