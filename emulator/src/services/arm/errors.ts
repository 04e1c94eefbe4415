import { type EmulatorResponse, json } from "../../pipeline/http.ts";

/** ARM's error envelope, as its gateway sends it. */
export function gatewayError(status: number, code: string, message: string): EmulatorResponse {
  return { ...json(status, { error: { code, message } }), failureCause: "gateway" };
}

/** The same envelope as a resource provider sends it; ARM marks only its 5xx as the service's failure. */
export function serviceError(status: number, code: string, message: string): EmulatorResponse {
  return { ...json(status, { error: { code, message } }), ...(status >= 500 ? { failureCause: "service" } : {}) };
}

export const missingApiVersion = () =>
  gatewayError(
    400,
    "MissingApiVersionParameter",
    "The api-version query parameter (?api-version=) is required for all requests.",
  );

export const malformedApiVersion = (version: string) =>
  gatewayError(
    400,
    "InvalidApiVersionParameter",
    `The api-version '${version}' is invalid. The api version must be of the following format: yyyy-MM-dd. This format supports the following suffixes: '-preview,-alpha,-beta,-rc,-privatepreview'.`,
  );

export const unsupportedApiVersion = (version: string, supported: readonly string[]) =>
  gatewayError(
    400,
    "InvalidApiVersionParameter",
    `The api-version '${version}' is invalid. The supported versions are '${supported.join(",")}'.`,
  );

export interface UnknownType {
  readonly namespace: string;
  readonly type: string;
  readonly version: string;
  readonly supported: readonly string[];
}

export const invalidResourceType = ({ namespace, type, version, supported }: UnknownType) =>
  gatewayError(
    404,
    "InvalidResourceType",
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'. The supported api-versions are '${supported.join(",")}'.`,
  );

export const invalidResourceNamespace = (namespace: string) =>
  gatewayError(404, "InvalidResourceNamespace", `The resource namespace '${namespace}' is invalid.`);

export const missingSubscription = () =>
  gatewayError(
    404,
    "MissingSubscription",
    "The request did not have a subscription or a valid tenant level resource provider.",
  );

export const invalidSubscriptionId = (subscriptionId: string) =>
  gatewayError(
    400,
    "InvalidSubscriptionId",
    `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`,
  );

export const subscriptionNotFound = (subscriptionId: string) =>
  gatewayError(404, "SubscriptionNotFound", `The subscription '${subscriptionId}' could not be found.`);

export const disabledSubscription = (subscriptionId: string) =>
  gatewayError(
    409,
    "ReadOnlyDisabledSubscription",
    `The subscription '${subscriptionId}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.`,
  );

export const resourceGroupNotFound = (name: string) =>
  gatewayError(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`);

export const invalidResourceGroup = (name: string, characters: string) =>
  gatewayError(
    400,
    "InvalidResourceGroup",
    `The provided resource group name '${name}' has these invalid characters: '${characters}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'.`,
  );

export const invalidResourceGroupLocation = (location: string, existing: string) =>
  gatewayError(
    409,
    "InvalidResourceGroupLocation",
    `Invalid resource group location '${location}'. The Resource group already exists in location '${existing}'.`,
  );

export const resourceNotFound = (typeAndName: string, resourceGroup: string) =>
  gatewayError(
    404,
    "ResourceNotFound",
    `The Resource '${typeAndName}' under resource group '${resourceGroup}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );

export const missingRegistration = (namespace: string): EmulatorResponse => {
  const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  const code = "MissingSubscriptionRegistration";
  const details = [{ code, target: namespace, message }];
  return { ...json(409, { error: { code, message, details } }), failureCause: "gateway" };
};

export interface Lacking {
  readonly clientId: string;
  readonly objectId: string;
  readonly action: string;
  readonly scope: string;
}

export const authorizationFailed = ({ clientId, objectId, action, scope }: Lacking) =>
  gatewayError(
    403,
    "AuthorizationFailed",
    `The client '${clientId}' with object id '${objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );

export const scopeLocked = (scope: string, verb: "delete" | "write", locked: readonly string[]) =>
  gatewayError(
    409,
    "ScopeLocked",
    `The scope '${scope}' cannot perform ${verb} operation because following scope(s) are locked: '${locked.join(",")}'. Please remove the lock and try again.`,
  );

export const invalidRequestContent = (reason: string) =>
  gatewayError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${reason}'.`,
  );

export const unsupportedMediaType = (mediaType: string | undefined) =>
  gatewayError(
    415,
    "UnsupportedMediaType",
    `The content media type '${mediaType ?? "<null>"}' is not supported. Only 'application/json' is supported.`,
  );

export const locationRequired = () =>
  gatewayError(400, "LocationRequired", "The location property is required for this definition.");

export const locationNotAvailable = (location: string, type: string, available: string) =>
  gatewayError(
    400,
    "LocationNotAvailableForResourceType",
    `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${available}'.`,
  );

export const doubleEncodedUri = (uri: string) =>
  gatewayError(
    400,
    "InvalidDoubleEncodedRequestUri",
    `The request URI '${uri}' is not valid, because it contains double encoding sequence '%25'.`,
  );

export const invalidRequestUri = (uri: string) =>
  gatewayError(400, "InvalidRequestUri", `The request URI '${uri}' is not valid.`);

export const internalServerError = () =>
  serviceError(
    500,
    "InternalServerError",
    "The server encountered an internal error and was unable to complete the request.",
  );

export const requestTooLarge = (limitInBytes: number) =>
  gatewayError(
    413,
    "RequestContentTooLarge",
    `The request content size exceeds the maximum size of '${limitInBytes}' bytes.`,
  );

/** The one ARM answer without the `error` envelope. */
export const methodNotAllowed = (method: string, allowed: readonly string[]): EmulatorResponse => ({
  ...json(405, { message: `The requested resource does not support http method '${method}'.` }),
  headers: { Allow: allowed.join(", ") },
});
