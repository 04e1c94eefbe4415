import { ProviderError, type ServiceAnswer } from "../../domain/errors/providerError.ts";
import { type Answer, describeAnswer } from "../wire/answer.ts";
import { errorByStatus } from "../wire/answerErrors.ts";
import type { ArmRequest } from "./armTransport.ts";
import { directoryIn } from "./challenge.ts";

/** What a request was about; an error speaks of it in these terms. */
export interface ArmTarget extends ArmRequest {
  readonly action: "read" | "write" | "delete" | "list";
}

/** Makes the error of one code of a service. */
export type Explain<Target> = (
  target: Target,
  options: { readonly answer: ServiceAnswer },
  answer: Answer,
) => ProviderError;

/** How a service explains its codes; their names in lower case. */
export type Explanations<Target> = Readonly<Record<string, Explain<Target>>>;

/** The codes of ARM's own gateway. */
const GATEWAY: Explanations<ArmTarget> = {
  resourcenotfound: resourceNotFound,
  parentresourcenotfound: parentNotFound,
  resourcegroupnotfound: parentNotFound,
  subscriptionnotfound: subscriptionNotFound,
  invalidsubscriptionid: subscriptionNotFound,
  readonlydisabledsubscription: ({ id }, options) => new ProviderError("CSP_SUBSCRIPTION_DISABLED", { id }, options),
  authorizationfailed: notAuthorized,
  linkedauthorizationfailed: notAuthorized,
  invalidauthenticationtokentenant: wrongDirectory,
  notfound: notFound,
  anotheroperationinprogress: busy,
  retryableerror: busy,
};

/**
 * The error that an answer means, told by ARM's `error.code` and, where the code says nothing special, by the status.
 *
 * `ScopeLocked` is `isScopeLocked`'s, since its error names locks that have to be looked up.
 *
 * @param own - the codes of the resource provider that was asked, which come before the gateway's.
 */
export function armError<Target extends ArmTarget>(
  target: Target,
  answer: Answer,
  own: Explanations<Target> = {},
): ProviderError {
  const explain = find(own, answer) ?? find(GATEWAY, answer);
  if (explain) return explain(target, { answer: describeAnswer(answer) }, answer);
  return errorByStatus({ action: target.action, scope: target.id }, answer);
}

/** Whether the answer says that a lock stands in the way. */
export function isScopeLocked({ status, error }: Answer): boolean {
  return status === 409 && error?.code?.toLowerCase() === "scopelocked";
}

/** The code comes off the wire, and every object has a member `constructor`. */
function find<Target>(explanations: Explanations<Target>, { error }: Answer): Explain<Target> | undefined {
  const code = error?.code?.toLowerCase() ?? "";
  return Object.hasOwn(explanations, code) ? explanations[code] : undefined;
}

/** On a missing item the code is about the item; before a list or a write can miss anything, its parent must be missing. */
function resourceNotFound(target: ArmTarget, options: { readonly answer: ServiceAnswer }): ProviderError {
  if (target.action === "list" || target.action === "write") return parentNotFound(target, options);
  return new ProviderError("CSP_RESOURCE_NOT_FOUND", { id: target.id }, options);
}

function parentNotFound({ id }: ArmTarget, options: { readonly answer: ServiceAnswer }): ProviderError {
  return new ProviderError("CSP_PARENT_NOT_FOUND", { id }, options);
}

/** What is missing is not said: the resource, what holds it, or the route to both. */
function notFound(target: ArmTarget, options: { readonly answer: ServiceAnswer }, answer: Answer): ProviderError {
  if (answer.status === 404) return new ProviderError("CSP_NOT_FOUND_UNNAMED", { id: target.id }, options);
  return errorByStatus({ action: target.action, scope: target.id }, answer);
}

/** It was repeated in vain; whether an earlier one of the same request is what is under way, nobody knows. */
function busy(target: ArmTarget, options: { readonly answer: ServiceAnswer }, answer: Answer): ProviderError {
  const { status, request, attempts } = answer;
  if (status === 429) return errorByStatus({ action: target.action, scope: target.id }, answer);
  return new ProviderError("CSP_SERVICE_FAILED", { request, attempts: String(attempts) }, options);
}

function wrongDirectory({ id }: ArmTarget, options: { readonly answer: ServiceAnswer }, answer: Answer): ProviderError {
  const directory = directoryIn(answer.header("www-authenticate"));
  const login = directory === undefined ? "az login --tenant <directory>" : `az login --tenant ${directory}`;
  const details = { scope: id, directory: directory ?? "one that Azure does not name", login };
  return new ProviderError("CSP_WRONG_DIRECTORY", details, options);
}

function subscriptionNotFound({ id }: ArmTarget, options: { readonly answer: ServiceAnswer }): ProviderError {
  return new ProviderError("CSP_SUBSCRIPTION_NOT_FOUND", { id }, options);
}

function notAuthorized({ action, id }: ArmTarget, options: { readonly answer: ServiceAnswer }): ProviderError {
  return new ProviderError("CSP_NOT_AUTHORIZED", { action, scope: id }, options);
}
