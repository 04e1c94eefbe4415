import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { ProviderError } from "../../../domain/errors/providerError.ts";
import { failureCode } from "./connectionErrors.ts";

/** How long a request may take that names no limit of its own, such as one of a sign-in. */
const ANSWER_TIMEOUT_IN_MS = 30_000;

/** How large an answer may be, in bytes; a list of 100,000 customers on one page is smaller. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/** Asks for the body of every answer as it comes. */
const ALL_STATUSES: ReadonlySet<number> = new Set([Number.POSITIVE_INFINITY]);

/** What bounds the requests. */
export interface HttpLimits {
  /** Ends every request under way. */
  readonly abortSignal?: AbortSignal | undefined;
  /** Whether a signal keeps requests from leaving, and ends none that has left. @default false */
  readonly awaitsAnswers?: boolean;
  /** For requests that name no limit of their own; 30,000 by default. */
  readonly timeoutInMs?: number;
  /** In bytes, unpacked; 64 MiB by default. */
  readonly largestAnswer?: number;
}

/**
 * Bounds every request of a client, those of the sign-in library too, in time and size, to the last byte of the answer.
 *
 * @throws ProviderError `CSP_NOT_ARM` where an answer is too large or cannot be unpacked; an error called `AbortError`
 *   where it took too long or the signal fired.
 */
export function limitHttpClient(inner: () => Promise<HttpClient>, limits: HttpLimits = {}): () => Promise<HttpClient> {
  const { timeoutInMs = ANSWER_TIMEOUT_IN_MS, largestAnswer = LARGEST_ANSWER, awaitsAnswers = false } = limits;

  async function sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    const cancel = new AbortController();
    const stop = () => cancel.abort();
    const signals = [request.abortSignal, limits.abortSignal].filter((signal) => signal !== undefined);
    if (!awaitsAnswers) for (const signal of signals) signal.addEventListener("abort", stop);
    const timer = setTimeout(stop, request.timeout > 0 ? request.timeout : timeoutInMs);
    try {
      const bounded = { ...request, abortSignal: cancel.signal, streamResponseStatusCodes: new Set(ALL_STATUSES) };
      const client = await inner();
      if (signals.some(({ aborted }) => aborted)) stop();
      const response = await client.sendRequest(bounded);
      return { ...response, request, bodyAsText: (await readBody(response, largestAnswer)) ?? null };
    } finally {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", stop);
    }
  }

  return async () => ({ sendRequest });
}

async function readBody(
  { request, bodyAsText, readableStreamBody }: PipelineResponse,
  largest: number,
): Promise<string | null | undefined> {
  if (!readableStreamBody || bodyAsText !== undefined) return bodyAsText;
  const { host } = new URL(request.url);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of readableStreamBody) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > largest) {
        throw new ProviderError("CSP_NOT_ARM", { host, reason: `an answer of more than ${largest} bytes` });
      }
      chunks.push(bytes);
    }
  } catch (error) {
    const code = failureCode(error);
    if (!code?.startsWith("Z_")) throw error;
    throw new ProviderError("CSP_NOT_ARM", { host, reason: `an answer that cannot be unpacked (${code})` });
  }
  return Buffer.concat(chunks).toString("utf8");
}
