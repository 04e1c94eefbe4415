import type { PipelinePolicy, PipelineRequest, PipelineResponse, SendRequest } from "@azure/core-rest-pipeline";
import { hasCode, isProviderError } from "../../domain/errors/providerError.ts";
import { type Answer, answerOf, type Sendings } from "./answer.ts";
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
  sendings(request: PipelineRequest): Sendings;
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

/** One sending, and the pause that it asks for, by its answer or by our own choice. */
interface Attempt {
  readonly outcome: SendingOutcome;
  readonly pauseInMs: number;
}

const UNSENT: Sendings = { attempts: 0, isOpen: false, shutUntil: undefined };

/**
 * Makes the one layer that repeats and paces requests; it takes the place of the SDK's own retry policy.
 *
 * After which outcomes a request is repeated, the service says. `Retry-After` is honoured; where it is absent
 * (hashicorp/terraform-provider-azurerm#19146), the pauses grow exponentially with jitter. A 429 holds back what else
 * goes to its bucket, even where the request itself is not repeated; where it asks for a longer pause than our patience,
 * what would go to its bucket fails unsent until then.
 */
export function createRetryPolicy(deps: RetryDeps): RetryPolicy {
  const { service, pacer, clock, onPause } = deps;
  const limits = { ...DEFAULTS, ...deps.limits };
  const sent = new WeakMap<PipelineRequest, Sendings>();
  const sendings = (request: PipelineRequest) => sent.get(request) ?? UNSENT;

  function note(request: PipelineRequest, news: Partial<Sendings>): void {
    sent.set(request, { ...sendings(request), ...news });
  }

  async function attemptOnce(request: PipelineRequest, next: SendRequest, count: number): Promise<Attempt> {
    const slot = await pacer.enter(request, { again: count > 1, patienceInMs: limits.patienceInMs });
    note(request, { attempts: count });
    const outcome = await outcomeOf(() => next(request));
    const pauseInMs = pauseAfter(outcome, count);
    // Those who wait for this answer go as soon as the slot is left; the bucket has to be shut by then.
    if (isThrottled(outcome) && !request.abortSignal?.aborted) {
      pacer.pause(request, pauseInMs);
      if (pauseInMs > limits.patienceInMs) note(request, { shutUntil: clock.now() + pauseInMs });
    }
    slot.leave("response" in outcome ? outcome.response : undefined);
    return { outcome, pauseInMs };
  }

  function pauseAfter(outcome: SendingOutcome, count: number): number {
    const askedInMs = "response" in outcome ? askedPause(outcome.response, clock.now()) : undefined;
    return askedInMs ?? ownPause(limits, count, clock.random());
  }

  /** Whether another sending is of use, and comes in time. */
  function goesOn(
    request: PipelineRequest,
    { outcome, pauseInMs }: Attempt,
    { count, patienceInMs }: Progress,
  ): boolean {
    if (count >= limits.attempts || isFine(outcome) || request.abortSignal?.aborted) return false;
    return pauseInMs <= patienceInMs && mayRepeat(service, request, outcome);
  }

  async function sendRequest(request: PipelineRequest, next: SendRequest): Promise<PipelineResponse> {
    let patienceInMs = limits.patienceInMs;
    let last: SendingOutcome | undefined;
    for (let count = 1; ; count += 1) {
      const attempt = await attemptOnce(request, next, count).catch((error: unknown) => {
        // One that may have been carried out tells so, whatever keeps it from being sent again.
        if (!last || !sendings(request).isOpen || !hasCode(error, "CSP_THROTTLED_UNTIL")) throw error;
        return { outcome: last, pauseInMs: Number.POSITIVE_INFINITY };
      });
      const { outcome, pauseInMs } = attempt;
      if (!goesOn(request, attempt, { count, patienceInMs })) return settle(outcome);
      if (leavesOpen(outcome)) note(request, { isOpen: true });
      last = outcome;
      patienceInMs -= pauseInMs;
      onPause?.(pauseInMs);
      await clock.sleep(pauseInMs, request.abortSignal as AbortSignal | undefined);
    }
  }

  return { policy: { name: "azurestackCspRetryPolicy", sendRequest }, sendings };
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

/** Whether the request may have been carried out; one that was throttled or whose sign-in failed was not. */
function leavesOpen(outcome: SendingOutcome): boolean {
  return "error" in outcome ? !isProviderError(outcome.error) : !isThrottled(outcome);
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
  return answerOf(response, { rules: service, sendings: { ...UNSENT, attempts: 1 }, secrets: [] });
}

function askedPause({ headers }: PipelineResponse, now: number): number | undefined {
  return parseRetryAfter({ retryAfter: headers.get("retry-after"), date: headers.get("date"), now });
}

/** Half of the pause is fixed and half is left to chance, so that requests that failed together do not return together. */
function ownPause({ firstDelayInMs, longestDelayInMs }: RetryLimits, count: number, random: number): number {
  const whole = Math.min(longestDelayInMs, firstDelayInMs * 2 ** (count - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}
