import { ProviderError } from "../../domain/errors/providerError.ts";
import { type Answer, describeAnswer } from "./answer.ts";

/** What was asked of a service, in the terms of an error. */
export interface Asked {
  readonly action: "read" | "write" | "delete" | "list";
  /** What was read, written or removed, as the service names it. */
  readonly scope: string;
}

/**
 * The error that an answer means by its status alone, for whatever the service's own codes do not tell.
 *
 * An answer in which the service says nothing, such as a proxy's page, never reads as "not found".
 */
export function errorByStatus({ action, scope }: Asked, answer: Answer): ProviderError {
  const { status, request, error, body } = answer;
  const options = { answer: describeAnswer(answer) };
  const attempts = String(answer.attempts);
  if (status === 429 && !answer.isOpen) return throttled(answer);
  const isService = error !== undefined || body === "";
  // Of a throttled request that may have been carried out before, the outcome is not known either.
  if (status === 429 || (isService && (status >= 500 || status === 408))) {
    return new ProviderError("CSP_SERVICE_FAILED", { request, attempts }, options);
  }
  if (status === 401) return new ProviderError("CSP_NOT_AUTHENTICATED", { scope }, options);
  if (error === undefined) return strangeAnswer(answer, describePage(answer));
  if (status === 403) return new ProviderError("CSP_NOT_AUTHORIZED", { action, scope }, options);
  return new ProviderError("CSP_REQUEST_REFUSED", { request }, options);
}

function throttled(answer: Answer): ProviderError {
  const { request, shutUntil } = answer;
  const options = { answer: describeAnswer(answer) };
  if (shutUntil === undefined) {
    return new ProviderError("CSP_THROTTLED", { request, attempts: String(answer.attempts) }, options);
  }
  return new ProviderError("CSP_THROTTLED_UNTIL", { request, until: new Date(shutUntil).toISOString() }, options);
}

/** The error of an answer that cannot be the service's. */
export function strangeAnswer(answer: Answer, reason: string): ProviderError {
  return new ProviderError("CSP_NOT_ARM", { host: answer.host, reason }, { answer: describeAnswer(answer) });
}

function describePage(answer: Answer): string {
  const type = answer.header("content-type")?.split(";")[0] ?? "nothing";
  return `${answer.body === "" ? "an empty body" : type} with status ${answer.status}`;
}
