import { escapeUnprintable } from "../printable.ts";
import { type Details, type ErrorCode, type ErrorKind, errorCatalogue, explain } from "./catalogue.ts";

const BRAND = "azurestack-csp.ProviderError";

/** What the service said, where an error came from an answer. */
export interface ServiceAnswer {
  /** HTTP status; absent where no answer came. */
  readonly status?: number;
  /** `error.code` of ARM's body, in the service's spelling. */
  readonly code?: string;
  /** `error.message` of ARM's body. */
  readonly message?: string;
  /** Method and path of the request, without the query. */
  readonly request: string;
  /** `x-ms-correlation-request-id`, by which Microsoft's support finds the request. */
  readonly correlationId?: string;
}

/** An error of the catalogue: a stable code, the details behind its text, and what the service answered if it did. */
export class ProviderError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = "ProviderError";
  readonly code: Code;
  readonly kind: ErrorKind;
  readonly details: Details<Code>;
  readonly answer: ServiceAnswer | undefined;
  readonly brand = BRAND;

  constructor(code: Code, details: Details<Code>, options: { answer?: ServiceAnswer; cause?: unknown } = {}) {
    super(explain(code, details) + answerText(options.answer), { cause: options.cause });
    this.code = code;
    this.kind = errorCatalogue[code].kind;
    this.details = details;
    this.answer = options.answer;
  }
}

/** Whether the value is an error of the catalogue, also one made by another copy of this package. */
export function isProviderError(error: unknown): error is ProviderError {
  return error instanceof Error && "brand" in error && error.brand === BRAND;
}

/** Whether the value is an error of the catalogue with one of the codes. */
export function hasCode<Code extends ErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is ProviderError<Code> {
  return isProviderError(error) && codes.some((code) => code === error.code);
}

/** Whether the error says nothing for good: the service or the way to it failed, and another attempt may fare better. */
export function mayPass(error: unknown): boolean {
  if (hasCode(error, "CSP_UNREACHABLE", "CSP_NOT_ARM")) return true;
  return isProviderError(error) && (error.kind === "service" || error.kind === "throttled");
}

function answerText(answer: ServiceAnswer | undefined): string {
  if (!answer) return "";
  const status = answer.status === undefined ? "no answer" : `${answer.status}${answer.code ? ` ${answer.code}` : ""}`;
  const message = answer.message ? `: "${answer.message}"` : "";
  const correlation = answer.correlationId ? ` (correlation id ${answer.correlationId})` : "";
  return [answer.request, `${status}${message}${correlation}`].map((line) => `\n  ${escapeUnprintable(line)}`).join("");
}
