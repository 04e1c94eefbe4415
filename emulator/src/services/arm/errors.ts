import { type EmulatorResponse, failure, json } from "../../pipeline/http.ts";
import type { OperationType } from "./throttle.ts";

/** ARM's error envelope, as its gateway sends it. */
export function gatewayError(status: number, code: string, message: string): EmulatorResponse {
  return { ...failure(status, code, message), failureCause: "gateway" };
}

/** The same envelope as a resource provider sends it; ARM marks only its 5xx as the service's failure. */
export function serviceError(status: number, code: string, message: string): EmulatorResponse {
  return { ...failure(status, code, message), ...(status >= 500 ? { failureCause: "service" } : {}) };
}

/** A request that names no api-version. */
export function missingApiVersion(): EmulatorResponse {
  return gatewayError(
    400,
    "MissingApiVersionParameter",
    "The api-version query parameter (?api-version=) is required for all requests.",
  );
}

/** An api-version that is no date. */
export function malformedApiVersion(version: string): EmulatorResponse {
  return gatewayError(
    400,
    "InvalidApiVersionParameter",
    `The api-version '${version}' is invalid. The api version must be of the following format: yyyy-MM-dd. This format supports the following suffixes: '-preview,-alpha,-beta,-rc,-privatepreview'.`,
  );
}

/** An api-version that ARM's own types do not have. */
export function unsupportedApiVersion(version: string, supported: readonly string[]): EmulatorResponse {
  return gatewayError(
    400,
    "InvalidApiVersionParameter",
    `The api-version '${version}' is invalid. The supported versions are '${supported.join(",")}'.`,
  );
}

/** A type and version that a namespace was asked for, and the versions that there are. */
export interface UnknownType {
  readonly namespace: string;
  readonly type: string;
  readonly version: string;
  readonly supported: readonly string[];
}

/** A type that its namespace lacks, or has at other api-versions. */
export function invalidResourceType({ namespace, type, version, supported }: UnknownType): EmulatorResponse {
  return gatewayError(
    404,
    "InvalidResourceType",
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'. The supported api-versions are '${supported.join(",")}'.`,
  );
}

/** A namespace that there is not. */
export function invalidResourceNamespace(namespace: string): EmulatorResponse {
  return gatewayError(404, "InvalidResourceNamespace", `The resource namespace '${namespace}' is invalid.`);
}

/** A path that begins with nothing that ARM knows. */
export function missingSubscription(): EmulatorResponse {
  return gatewayError(
    404,
    "MissingSubscription",
    "The request did not have a subscription or a valid tenant level resource provider.",
  );
}

/** A subscription id that is no GUID. */
export function invalidSubscriptionId(subscriptionId: string): EmulatorResponse {
  return gatewayError(
    400,
    "InvalidSubscriptionId",
    `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`,
  );
}

/** A subscription that there is not, or no longer. */
export function subscriptionNotFound(subscriptionId: string): EmulatorResponse {
  return gatewayError(404, "SubscriptionNotFound", `The subscription '${subscriptionId}' could not be found.`);
}

/** A write to a subscription that is disabled. */
export function disabledSubscription(subscriptionId: string): EmulatorResponse {
  return gatewayError(
    409,
    "ReadOnlyDisabledSubscription",
    `The subscription '${subscriptionId}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.`,
  );
}

/** A resource group that there is not. */
export function resourceGroupNotFound(name: string): EmulatorResponse {
  return gatewayError(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`);
}

/** A resource group's name with characters that it must not have. */
export function invalidResourceGroup(name: string, characters: string): EmulatorResponse {
  return gatewayError(
    400,
    "InvalidResourceGroup",
    `The provided resource group name '${name}' has these invalid characters: '${characters}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`,
  );
}

/** A resource group that exists in another location. */
export function invalidResourceGroupLocation(location: string, existing: string): EmulatorResponse {
  return gatewayError(
    409,
    "InvalidResourceGroupLocation",
    `Invalid resource group location '${location}'. The Resource group already exists in location '${existing}'.`,
  );
}

/** A resource, named by type and name, that its resource group does not hold. */
export function resourceNotFound(typeAndName: string, resourceGroup: string): EmulatorResponse {
  return gatewayError(
    404,
    "ResourceNotFound",
    `The Resource '${typeAndName}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** A namespace that the subscription has not registered. */
export function missingRegistration(namespace: string): EmulatorResponse {
  const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  const code = "MissingSubscriptionRegistration";
  const details = [{ code, target: namespace, message }];
  return { ...json(409, { error: { code, message, details } }), failureCause: "gateway" };
}

/** Who lacks which right where. */
export interface Lacking {
  readonly clientId: string;
  readonly objectId: string;
  readonly action: string;
  readonly scope: string;
}

/** An operation that no role of the caller's allows. */
export function authorizationFailed({ clientId, objectId, action, scope }: Lacking): EmulatorResponse {
  return gatewayError(
    403,
    "AuthorizationFailed",
    `The client '${clientId}' with object id '${objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/** A write or deletion that locks hold. */
export function scopeLocked(scope: string, verb: "delete" | "write", locked: readonly string[]): EmulatorResponse {
  return gatewayError(
    409,
    "ScopeLocked",
    `The scope '${scope}' cannot perform ${verb} operation because following scope(s) are locked: '${locked.join(",")}'. Please remove the lock and try again.`,
  );
}

/** A request beyond the caller's bucket. */
export interface Exceeded {
  readonly type: OperationType;
  readonly subscriptionId: string;
  /** Object id of the principal. */
  readonly actor: string;
  readonly retryAfterInSeconds: number;
  readonly sendRetryAfter: boolean;
}

/** The answer to a caller whose bucket is empty. */
export function subscriptionRequestsThrottled(exceeded: Exceeded): EmulatorResponse {
  const { type, subscriptionId, actor, retryAfterInSeconds, sendRetryAfter } = exceeded;
  const message = `Number of '${type.slice(0, -1)}' requests for subscription '${subscriptionId}' actor '${actor}' exceeded. Please try again after '${retryAfterInSeconds}' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`;
  return {
    ...gatewayError(429, "SubscriptionRequestsThrottled", message),
    ...(sendRetryAfter ? { headers: { "Retry-After": String(retryAfterInSeconds) } } : {}),
  };
}

/** A body that cannot be read, or does not hold what the operation needs. */
export function invalidRequestContent(reason: string): EmulatorResponse {
  return gatewayError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${reason}'.`,
  );
}

/** A body that is not sent as JSON. */
export function unsupportedMediaType(mediaType: string | undefined): EmulatorResponse {
  return gatewayError(
    415,
    "UnsupportedMediaType",
    `The content media type '${mediaType ?? "<null>"}' is not supported. Only 'application/json' is supported.`,
  );
}

/** A resource without a location. */
export function locationRequired(): EmulatorResponse {
  return gatewayError(400, "LocationRequired", "The location property is required for this definition.");
}

/** A location that the type is not offered in. */
export function locationNotAvailable(location: string, type: string, available: string): EmulatorResponse {
  return gatewayError(
    400,
    "LocationNotAvailableForResourceType",
    `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${available}'.`,
  );
}

/** A path that is percent-encoded twice. */
export function doubleEncodedUri(uri: string): EmulatorResponse {
  return gatewayError(
    400,
    "InvalidDoubleEncodedRequestUri",
    `The request URI '${uri}' is not valid, because it contains double encoding sequence '%25'.`,
  );
}

/** A path that cannot be read. */
export function invalidRequestUri(uri: string): EmulatorResponse {
  return gatewayError(400, "InvalidRequestUri", `The request URI '${uri}' is not valid.`);
}

/** A method that the path does not have: the one ARM answer without the `error` envelope. */
export function methodNotAllowed(method: string, allowed: readonly string[]): EmulatorResponse {
  return {
    ...json(405, { message: `The requested resource does not support http method '${method}'.` }),
    headers: { Allow: allowed.join(", ") },
  };
}
