import { escapeUnprintable } from "../printable.ts";
import {
  type CodeOf,
  type Details,
  definitionOf,
  type ErrorCode,
  type ErrorReference,
  errorCatalogue,
} from "./catalogue.ts";
import type { ErrorKind } from "./defineErrors.ts";
import { explain } from "./explain.ts";

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

/**
 * An error with a stable code, the details behind its text, and what the service answered if it did.
 *
 * The provider's own are made from their code, those of another family from their definition.
 */
export class ProviderError<Reference extends ErrorReference = ErrorReference> extends Error {
  override readonly name = "ProviderError";
  readonly code: CodeOf<Reference>;
  readonly kind: ErrorKind;
  readonly details: Details<Reference>;
  readonly answer: ServiceAnswer | undefined;
  readonly brand = BRAND;

  constructor(
    reference: Reference,
    details: Details<Reference>,
    options: { answer?: ServiceAnswer; cause?: unknown } = {},
  ) {
    super(explain(reference, details) + answerText(options.answer), { cause: options.cause });
    const { code, kind } = definitionOf(reference);
    this.code = code as CodeOf<Reference>;
    this.kind = kind;
    this.details = details;
    this.answer = options.answer;
  }
}

/** Whether the value is an error of a family, also one made by another copy of this package. */
export function isProviderError(error: unknown): error is ProviderError {
  return error instanceof Error && "brand" in error && error.brand === BRAND;
}

/** Whether the value is an error of the provider's own catalogue, and none of another family. */
export function isCatalogueError(error: unknown): error is ProviderError<ErrorCode> {
  return isProviderError(error) && Object.hasOwn(errorCatalogue, error.code);
}

/** Whether the value is one of the errors: the provider's own by their codes, others by their definitions. */
export function hasCode<References extends readonly ErrorReference[]>(
  error: unknown,
  ...references: References
): error is ProviderError<References[number]> {
  return isProviderError(error) && references.some((reference) => codeOf(reference) === error.code);
}

/** Whether the error says nothing for good: the service or the way to it failed, and another attempt may fare better. */
export function mayPass(error: unknown): boolean {
  if (hasCode(error, "CSP_UNREACHABLE", "CSP_NOT_ARM")) return true;
  return isProviderError(error) && (error.kind === "service" || error.kind === "throttled");
}

function codeOf(reference: ErrorReference): string {
  return typeof reference === "string" ? reference : reference.code;
}

function answerText(answer: ServiceAnswer | undefined): string {
  if (!answer) return "";
  const status = answer.status === undefined ? "no answer" : `${answer.status}${answer.code ? ` ${answer.code}` : ""}`;
  const message = answer.message ? `: "${answer.message}"` : "";
  const correlation = answer.correlationId ? ` (correlation id ${answer.correlationId})` : "";
  return [answer.request, `${status}${message}${correlation}`].map((line) => `\n  ${escapeUnprintable(line)}`).join("");
}
