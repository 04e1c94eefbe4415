import type { PipelineResponse } from "@azure/core-rest-pipeline";
import type { ServiceAnswer } from "../../domain/errors/providerError.ts";
import { strikeOut } from "./foreignText.ts";

/** What a service says went wrong. */
export interface ServiceError {
  readonly code: string | undefined;
  /** For people: on one line, of bounded length, as `sentences` makes it. */
  readonly message: string | undefined;
}

/** What became of a request on its way to its last answer. */
export interface Sendings {
  /** How often it was sent. */
  readonly attempts: number;
  /** Whether one before the last may have been carried out, for it got no answer or one that leaves that open. */
  readonly isOpen: boolean;
  /** Until when the service takes nothing like it, in milliseconds since 1970; only where that is too long to wait. */
  readonly shutUntil: number | undefined;
}

/** An answer as it came, before anything is made of it. */
export interface Answer extends Sendings {
  readonly status: number;
  /** Without the token and the secrets that the request was signed with. */
  readonly body: string;
  /** What the service says went wrong; absent below 400, and where the answer is not the service's own. */
  readonly error: ServiceError | undefined;
  /** Method and path of the request, without the query. */
  readonly request: string;
  /** The host asked. */
  readonly host: string;
  /** The answer's own correlation id, or the one sent where it has none. */
  readonly correlationId: string | undefined;
  header(name: string): string | undefined;
}

/** The part of an answer that tells what went wrong. */
type RefusingAnswer = Pick<Answer, "status" | "body" | "header">;

/** How the answers of a service are read. */
export interface AnswerRules {
  /** The header by which the service's support finds a request. */
  readonly correlationHeader: string;
  /**
   * What an answer of 400 or more says went wrong.
   *
   * @returns `undefined` where the answer is not the service's own, such as a proxy's page; it then proves nothing.
   */
  readError(answer: RefusingAnswer): ServiceError | undefined;
}

/** A secret as short as this would be found in innocent words, in characters. */
const SHORTEST_SECRET = 8;

/** The answer in a response of the pipeline. */
export function answerOf(
  response: Pick<PipelineResponse, "status" | "headers" | "request" | "bodyAsText">,
  facts: { readonly rules: AnswerRules; readonly sendings: Sendings; readonly secrets: readonly string[] },
): Answer {
  const { status, headers, request, bodyAsText } = response;
  const { rules, sendings, secrets } = facts;
  const token = request.headers.get("authorization")?.split(" ").at(-1) ?? "";
  const long = secrets.filter(({ length }) => length >= SHORTEST_SECRET);
  const body = strikeOut(bodyAsText ?? "", [token, ...long]);
  const header = (name: string) => headers.get(name);
  const { host, pathname } = new URL(request.url);
  return {
    status,
    body,
    error: status >= 400 ? rules.readError({ status, body, header }) : undefined,
    request: `${request.method} ${pathname}`,
    host,
    correlationId: header(rules.correlationHeader) ?? request.headers.get(rules.correlationHeader),
    ...sendings,
    header,
  };
}

/** What an error tells of the answer behind it. */
export function describeAnswer({ status, request, error, correlationId }: Answer): ServiceAnswer {
  return {
    status,
    request,
    ...(error?.code ? { code: error.code } : {}),
    ...(error?.message ? { message: error.message } : {}),
    ...(correlationId ? { correlationId } : {}),
  };
}

/** Whether the status says that the service is busy or down, and so nothing about what was asked. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}
