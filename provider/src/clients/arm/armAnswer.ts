import type { PipelineResponse } from "@azure/core-rest-pipeline";
import type { ServiceAnswer } from "../../domain/errors/providerError.ts";
import { escapeUnprintable } from "../../domain/printable.ts";

/** An answer as it came, before anything is made of it. */
export interface ArmAnswer {
  readonly status: number;
  readonly body: string;
  /** Method and path of the request, without the query. */
  readonly request: string;
  /** The answer's own correlation id, or the one sent where it has none. */
  readonly correlationId: string | undefined;
  /** How often the request was sent. */
  readonly attempts: number;
  header(name: string): string | undefined;
}

/** The header by which Microsoft's support finds a request; a caller's value is kept by ARM. */
export const CORRELATION_HEADER = "x-ms-correlation-request-id";

/** The answer in a response of the pipeline. */
export function answerOf(
  response: Pick<PipelineResponse, "status" | "headers" | "request" | "bodyAsText">,
  attempts: number,
): ArmAnswer {
  const { status, headers, request, bodyAsText } = response;
  return {
    status,
    body: withoutToken(bodyAsText ?? "", request.headers.get("authorization")),
    request: `${request.method} ${new URL(request.url).pathname}`,
    correlationId: headers.get(CORRELATION_HEADER) ?? request.headers.get(CORRELATION_HEADER),
    attempts,
    header: (name) => headers.get(name),
  };
}

/** The body without the token that the request was signed with: a service that repeats it must not bring it into a log. */
function withoutToken(body: string, authorization: string | undefined): string {
  const token = authorization?.split(" ").at(-1) ?? "";
  return token === "" ? body : body.replaceAll(token, "***");
}

/** `code` and `message` of an error body. */
export interface ArmErrorBody {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/**
 * The error in a body: `{"error":{"code","message"}}`, or the same without its envelope, names in any letter case.
 *
 * @returns `undefined` where the body is not an error of ARM's.
 */
export function parseErrorBody(body: string): ArmErrorBody | undefined {
  const parsed = parseObject(body);
  if (!parsed) return undefined;
  const inner = member(parsed, "error");
  const error = isObject(inner) ? inner : parsed;
  const code = text(member(error, "code"));
  const message = sentences(member(error, "message"));
  return code === undefined && message === undefined ? undefined : { code, message };
}

/** What an error tells of the answer behind it. */
export function describeAnswer(answer: ArmAnswer): ServiceAnswer {
  const error = answer.status >= 400 ? parseErrorBody(answer.body) : undefined;
  return {
    status: answer.status,
    request: answer.request,
    ...(error?.code ? { code: error.code } : {}),
    ...(error?.message ? { message: error.message } : {}),
    ...(answer.correlationId ? { correlationId: answer.correlationId } : {}),
  };
}

/** Whether the status says that the service is busy or down, and so nothing about what was asked. */
export function isPassing(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The JSON object in the text, or `undefined` where there is none. */
export function parseObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the value is a JSON object, not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How much of a foreign text is kept, in characters; ids, names and explanations are shorter. */
const LONGEST_TEXT = 1_000;

/** A JSON Web Token, or whatever follows the word that announces a token. */
const TOKEN = /eyJ[\w-]{8,}(?:\.[\w-]+)*|(?<=\b[Bb]earer\s+)[\w.~+/=-]{20,}/g;

/**
 * The text in the value for people and logs: tokens struck out, what cannot be printed escaped, and cut where it is
 * longer than 1,000 characters; `undefined` where it is empty or none.
 */
export function text(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  return escapeUnprintable(shorten(value).replaceAll(TOKEN, "***"));
}

/**
 * The beginning of a foreign text, as much of it as is kept, with a mark where it is longer.
 *
 * It comes before any pattern: many need time by the square of the length.
 */
export function shorten(foreign: string): string {
  return foreign.length > LONGEST_TEXT ? `${foreign.slice(0, LONGEST_TEXT)}…` : foreign;
}

/** The text in the value on one line, a space for each line break, or `undefined` where it is empty or none. */
function sentences(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return text(shorten(value.trim()).replaceAll(/\s*[\r\n]\s*/g, " "));
}

function member(object: Readonly<Record<string, unknown>>, name: string): unknown {
  const key = Object.keys(object).find((each) => each.toLowerCase() === name);
  return key === undefined ? undefined : object[key];
}
