import { ProviderError, type ServiceAnswer } from "../../domain/errors/providerError.ts";
import { formatRegistrationId, type RegistrationId } from "../../domain/ids.ts";
import { type ArmAnswer, describeAnswer, parseErrorBody } from "./armAnswer.ts";

/** What a request was about; an error speaks of it in these terms. */
export interface Target {
  /** The ARM id of what was read, written or removed. */
  readonly id: string;
  readonly registrationSubscriptionId: string;
  /** The registration that it is or lies under. */
  readonly registration?: RegistrationId;
  readonly customerSubscriptionId?: string;
  readonly action: "read" | "write" | "delete" | "list";
  readonly apiVersion: string;
  /** The host asked, for answers that are not ARM's. */
  readonly host: string;
}

interface Failure {
  readonly target: Target;
  readonly answer: ArmAnswer;
  readonly options: { readonly answer: ServiceAnswer };
}

type Explain = (failure: Failure) => ProviderError;

const BY_CODE: Readonly<Record<string, Explain>> = {
  registrationnotfound: ({ target, options }) =>
    new ProviderError("CSP_REGISTRATION_NOT_FOUND", { registration: registrationIn(target) }, options),
  customersubscriptionnotfound: ({ target, options }) =>
    new ProviderError("CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND", namesIn(target), options),
  invalidcustomersubscriptionid: ({ target, options }) =>
    new ProviderError("CSP_INVALID_CUSTOMER_SUBSCRIPTION_ID", namesIn(target), options),
  invalidcspsubscription: ({ target, options }) =>
    new ProviderError("CSP_INVALID_CSP_SUBSCRIPTION", namesIn(target), options),
  badcustomersubscriptionid: ({ target, options }) =>
    new ProviderError("CSP_BAD_CUSTOMER_SUBSCRIPTION_ID", namesIn(target), options),
  unauthorizedcspregistration: ({ target, options }) =>
    new ProviderError("CSP_UNAUTHORIZED_CSP_REGISTRATION", { registration: registrationIn(target) }, options),
  customersubscriptionsnotallowed: ({ target, options }) =>
    new ProviderError("CSP_CUSTOMER_SUBSCRIPTIONS_NOT_ALLOWED", { registration: registrationIn(target) }, options),
  metadataresolverbadgatewayerror: ({ options }) => new ProviderError("CSP_METADATA_RESOLVER_BAD_GATEWAY", {}, options),
  resourcenotfound: resourceNotFound,
  parentresourcenotfound: parentNotFound,
  resourcegroupnotfound: parentNotFound,
  subscriptionnotfound: subscriptionNotFound,
  invalidsubscriptionid: subscriptionNotFound,
  invalidresourcetype: typeNotServed,
  noregisteredproviderfound: typeNotServed,
  invalidapiversionparameter: typeNotServed,
  invalidresourcenamespace: typeNotServed,
  missingsubscriptionregistration: ({ target, options }) =>
    new ProviderError("CSP_PROVIDER_NOT_REGISTERED", { ...target }, options),
  readonlydisabledsubscription: ({ target, options }) =>
    new ProviderError("CSP_SUBSCRIPTION_DISABLED", { id: target.id }, options),
  authorizationfailed: notAuthorized,
  linkedauthorizationfailed: notAuthorized,
  invalidauthenticationtokentenant: ({ target, options }) =>
    new ProviderError("CSP_WRONG_DIRECTORY", { scope: target.id }, options),
};

/**
 * The error that an answer means, told by ARM's `error.code` and, where the code says nothing special, by the status.
 *
 * An answer without an ARM error in it, such as a proxy's page, never reads as "not found". `ScopeLocked` is
 * `isScopeLocked`'s, since its error names locks that have to be looked up.
 */
export function armError(target: Target, answer: ArmAnswer): ProviderError {
  const failure: Failure = { target, answer, options: { answer: describeAnswer(answer) } };
  const error = answer.status >= 400 ? parseErrorBody(answer.body) : undefined;
  const code = error?.code?.toLowerCase() ?? "";
  // The code comes off the wire, and every object has a member `constructor`.
  const explain = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined;
  return explain ? explain(failure) : byStatus(failure, error !== undefined);
}

/** Whether the answer says that a lock stands in the way. */
export function isScopeLocked(answer: ArmAnswer): boolean {
  return answer.status === 409 && parseErrorBody(answer.body)?.code?.toLowerCase() === "scopelocked";
}

/** The error of an answer that cannot be Azure Resource Manager's. */
export function notArm(target: Pick<Target, "host">, answer: ArmAnswer, reason: string): ProviderError {
  return new ProviderError("CSP_NOT_ARM", { host: target.host, reason }, { answer: describeAnswer(answer) });
}

function byStatus(failure: Failure, isArm: boolean): ProviderError {
  const { target, answer, options } = failure;
  const { status, request } = answer;
  const attempts = String(answer.attempts);
  if (status === 429) return new ProviderError("CSP_THROTTLED", { request, attempts }, options);
  const isService = isArm || answer.body === "";
  if (isService && (status >= 500 || status === 408)) {
    return new ProviderError("CSP_SERVICE_FAILED", { request, attempts }, options);
  }
  if (status === 401) return new ProviderError("CSP_NOT_AUTHENTICATED", { scope: target.id }, options);
  if (!isArm) return notArm(target, answer, describePage(answer));
  if (status === 403) return notAuthorized(failure);
  return new ProviderError("CSP_REQUEST_REFUSED", { request }, options);
}

/** On a missing item the code is about the item; before a list or a write can miss anything, its parent must be missing. */
function resourceNotFound(failure: Failure): ProviderError {
  const { target, options } = failure;
  if (target.action === "list" || target.action === "write") return parentNotFound(failure);
  return new ProviderError("CSP_RESOURCE_NOT_FOUND", { id: target.id }, options);
}

function parentNotFound({ target, options }: Failure): ProviderError {
  return new ProviderError("CSP_PARENT_NOT_FOUND", { id: target.id }, options);
}

function subscriptionNotFound({ target, options }: Failure): ProviderError {
  return new ProviderError("CSP_SUBSCRIPTION_NOT_FOUND", { id: target.id }, options);
}

function typeNotServed({ target, options }: Failure): ProviderError {
  return new ProviderError("CSP_TYPE_NOT_SERVED", { apiVersion: target.apiVersion }, options);
}

function notAuthorized({ target, options }: Failure): ProviderError {
  return new ProviderError("CSP_NOT_AUTHORIZED", { action: target.action, scope: target.id }, options);
}

function registrationIn(target: Target): string {
  return target.registration ? formatRegistrationId(target.registration) : target.id;
}

function namesIn(target: Target): { readonly registration: string; readonly customerSubscriptionId: string } {
  return {
    registration: registrationIn(target),
    customerSubscriptionId: target.customerSubscriptionId ?? "(none)",
  };
}

function describePage(answer: ArmAnswer): string {
  const type = answer.header("content-type")?.split(";")[0] ?? "nothing";
  return `${answer.body === "" ? "an empty body" : type} with status ${answer.status}`;
}
