import type { PipelinePolicy, PipelineRequest, PipelineResponse, SendRequest } from "@azure/core-rest-pipeline";
import { hasCode, isProviderError } from "../../domain/errors/providerError.ts";
import { type Answer, answerOf } from "./answer.ts";
import type { Clock } from "./clock.ts";
import { isCertificateFailure } from "./http/connectionErrors.ts";
import type { Pacer } from "./pacing/pacer.ts";
import { parseRetryAfter } from "./pacing/retryAfter.ts";
import { permitsRepeat, type Service, type ServiceRequest } from "./service.ts";

/** How often and how patiently a request is repeated. */
interface RetryLimits {
  /** How often a request is sent at most; 5 by default. */
  readonly attempts: number;
  /** The first pause, doubled each time; 1,000 by default. */
  readonly firstDelayInMs: number;
  /** The longest pause of our own choosing; 30,000 by default. */
  readonly longestDelayInMs: number;
  /** All pauses of one request together; 300,000 by default. */
  readonly patienceInMs: number;
}

/** What the retry policy needs from outside. */
export interface RetryDeps {
  readonly service: Service;
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly limits?: Partial<RetryLimits>;
  /** Told of each pause before it begins. */
  readonly onPause?: (pauseInMs: number) => void;
}

/** The retry policy, and what it knows about a request afterwards. */
export interface RetryPolicy {
  readonly policy: PipelinePolicy;
  /** How often the request was sent. */
  attempts(request: PipelineRequest): number;
}

const DEFAULTS: RetryLimits = {
  attempts: 5,
  firstDelayInMs: 1000,
  longestDelayInMs: 30_000,
  patienceInMs: 300_000,
};

/** What became of one sending. */
type Attempt = { readonly response: PipelineResponse } | { readonly error: unknown };

/**
 * Makes the one layer that repeats and paces requests; it takes the place of the SDK's own retry policy.
 *
 * After which outcomes a request is repeated, the service says. `Retry-After` is honoured; where it is absent
 * (hashicorp/terraform-provider-azurerm#19146), the pauses grow exponentially with jitter. A 429 holds back what else
 * goes to its bucket, even where the request itself is not repeated.
 */
export function createRetryPolicy(deps: RetryDeps): RetryPolicy {
  const { service, pacer, clock, onPause } = deps;
  const limits = { ...DEFAULTS, ...deps.limits };
  const sent = new WeakMap<PipelineRequest, number>();

  async function attemptOnce(request: PipelineRequest, next: SendRequest, count: number): Promise<Attempt> {
    const slot = await pacer.enter(request, { again: count > 1 });
    sent.set(request, count);
    try {
      const response = await next(request);
      slot.leave(response);
      return { response };
    } catch (error) {
      slot.leave(undefined);
      return { error };
    }
  }

  function pauseAfter(attempt: Attempt, count: number): number {
    const askedInMs = "response" in attempt ? askedPause(attempt.response, clock.now()) : undefined;
    return askedInMs ?? ownPause(limits, count, clock.random());
  }

  async function sendRequest(request: PipelineRequest, next: SendRequest): Promise<PipelineResponse> {
    let patienceInMs = limits.patienceInMs;
    for (let count = 1; ; count += 1) {
      const attempt = await attemptOnce(request, next, count);
      if (request.abortSignal?.aborted || count >= limits.attempts || isFine(attempt)) return settle(attempt);
      const pauseInMs = pauseAfter(attempt, count);
      if (pauseInMs > patienceInMs) return settle(attempt);
      if (isThrottled(attempt)) pacer.pause(request, pauseInMs);
      if (!mayRepeat(service, request, attempt)) return settle(attempt);
      patienceInMs -= pauseInMs;
      onPause?.(pauseInMs);
      await clock.sleep(pauseInMs, request.abortSignal as AbortSignal | undefined);
    }
  }

  return { policy: { name: "azurestackCspRetryPolicy", sendRequest }, attempts: (request) => sent.get(request) ?? 0 };
}

function settle(attempt: Attempt): PipelineResponse {
  if ("error" in attempt) throw attempt.error;
  return attempt.response;
}

function isFine(attempt: Attempt): boolean {
  return "response" in attempt && attempt.response.status < 400;
}

function isThrottled(attempt: Attempt): boolean {
  return "response" in attempt && attempt.response.status === 429;
}

function mayRepeat(service: Service, request: PipelineRequest, attempt: Attempt): boolean {
  if ("response" in attempt) return permitsRepeat(service, viewOf(request), answerIn(service, attempt.response));
  // The sign-in behind this policy throws errors of the catalogue; of those only an authority that was not reached is
  // passing, and the request itself has not left then.
  if (isProviderError(attempt.error)) return hasCode(attempt.error, "CSP_UNREACHABLE");
  return !isCertificateFailure(attempt.error) && permitsRepeat(service, viewOf(request), "no answer");
}

function viewOf({ method, url, headers }: PipelineRequest): ServiceRequest {
  return { method, url, header: (name) => headers.get(name) };
}

function answerIn(service: Service, response: PipelineResponse): Answer {
  return answerOf(response, { rules: service, attempts: 1, secrets: [] });
}

function askedPause({ headers }: PipelineResponse, now: number): number | undefined {
  return parseRetryAfter({ retryAfter: headers.get("retry-after"), date: headers.get("date"), now });
}

/** Half of the pause is fixed and half is left to chance, so that requests that failed together do not return together. */
function ownPause({ firstDelayInMs, longestDelayInMs }: RetryLimits, count: number, random: number): number {
  const whole = Math.min(longestDelayInMs, firstDelayInMs * 2 ** (count - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}
