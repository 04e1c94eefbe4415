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
type SendingOutcome = { readonly response: PipelineResponse } | { readonly error: unknown };

/** How far a request has come. */
interface Progress {
  /** Which sending it is, from 1. */
  readonly count: number;
  /** What is left for pauses. */
  readonly patienceInMs: number;
}

/** One sending, and the pause before the next one, where there may be one. */
interface Attempt {
  readonly outcome: SendingOutcome;
  readonly pauseInMs: number | undefined;
}

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

  async function attemptOnce(request: PipelineRequest, next: SendRequest, progress: Progress): Promise<Attempt> {
    const slot = await pacer.enter(request, { again: progress.count > 1 });
    sent.set(request, progress.count);
    const outcome = await outcomeOf(() => next(request));
    const pauseInMs = request.abortSignal?.aborted ? undefined : pauseAfter(outcome, progress);
    // Those who wait for this answer go as soon as the slot is left; the bucket has to be shut by then.
    if (pauseInMs !== undefined && isThrottled(outcome)) pacer.pause(request, pauseInMs);
    slot.leave("response" in outcome ? outcome.response : undefined);
    return { outcome, pauseInMs };
  }

  /** `undefined` where another sending would come too late or has no use. */
  function pauseAfter(outcome: SendingOutcome, { count, patienceInMs }: Progress): number | undefined {
    if (count >= limits.attempts || isFine(outcome)) return undefined;
    const askedInMs = "response" in outcome ? askedPause(outcome.response, clock.now()) : undefined;
    const pauseInMs = askedInMs ?? ownPause(limits, count, clock.random());
    return pauseInMs > patienceInMs ? undefined : pauseInMs;
  }

  async function sendRequest(request: PipelineRequest, next: SendRequest): Promise<PipelineResponse> {
    let patienceInMs = limits.patienceInMs;
    for (let count = 1; ; count += 1) {
      const { outcome, pauseInMs } = await attemptOnce(request, next, { count, patienceInMs });
      if (pauseInMs === undefined || !mayRepeat(service, request, outcome)) return settle(outcome);
      patienceInMs -= pauseInMs;
      onPause?.(pauseInMs);
      await clock.sleep(pauseInMs, request.abortSignal as AbortSignal | undefined);
    }
  }

  return { policy: { name: "azurestackCspRetryPolicy", sendRequest }, attempts: (request) => sent.get(request) ?? 0 };
}

async function outcomeOf(send: () => Promise<PipelineResponse>): Promise<SendingOutcome> {
  try {
    return { response: await send() };
  } catch (error) {
    return { error };
  }
}

function settle(outcome: SendingOutcome): PipelineResponse {
  if ("error" in outcome) throw outcome.error;
  return outcome.response;
}

function isFine(outcome: SendingOutcome): boolean {
  return "response" in outcome && outcome.response.status < 400;
}

function isThrottled(outcome: SendingOutcome): boolean {
  return "response" in outcome && outcome.response.status === 429;
}

function mayRepeat(service: Service, request: PipelineRequest, outcome: SendingOutcome): boolean {
  if ("response" in outcome) return permitsRepeat(service, viewOf(request), answerIn(service, outcome.response));
  // The sign-in behind this policy throws errors of the catalogue; of those only an authority that was not reached is
  // passing, and the request itself has not left then.
  if (isProviderError(outcome.error)) return hasCode(outcome.error, "CSP_UNREACHABLE");
  return !isCertificateFailure(outcome.error) && permitsRepeat(service, viewOf(request), "no answer");
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
