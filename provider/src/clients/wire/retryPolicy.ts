import type { PipelinePolicy, PipelineRequest, PipelineResponse, SendRequest } from "@azure/core-rest-pipeline";
import { hasCode, isProviderError } from "../../domain/errors/providerError.ts";
import { parseErrorBody } from "../arm/armAnswer.ts";
import { isCertificateFailure } from "./connectionErrors.ts";
import type { Pacer } from "./pacer.ts";
import { parseRetryAfter } from "./retryAfter.ts";

const RETRIED_STATUSES = new Set([408, 429, 500, 502, 503, 504]);
const RETRIED_CODES = new Set(["metadataresolverbadgatewayerror", "gatewaytimeout", "serviceunavailable"]);

/** How often and how patiently a request is repeated. */
interface RetryLimits {
  /** How often a request is sent at most; 5 by default. */
  readonly attempts: number;
  /** The first pause in milliseconds, doubled each time; 1,000 by default. */
  readonly firstDelay: number;
  /** The longest pause of our own choosing, in milliseconds; 30,000 by default. */
  readonly longestDelay: number;
  /** All pauses of one request together, in milliseconds; 300,000 by default. */
  readonly patience: number;
}

/** What the retry policy needs from outside. */
export interface RetryDeps {
  readonly pacer: Pacer;
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** A number from 0 up to 1, for jitter. */
  readonly random: () => number;
  readonly limits?: Partial<RetryLimits>;
  /** Told of each pause before it begins, in milliseconds. */
  readonly onPause?: (milliseconds: number) => void;
}

/** The retry policy, and what it knows about a request afterwards. */
export interface RetryPolicy {
  readonly policy: PipelinePolicy;
  /** How often the request was sent. */
  attempts(request: PipelineRequest): number;
}

const DEFAULTS: RetryLimits = { attempts: 5, firstDelay: 1000, longestDelay: 30_000, patience: 300_000 };

type Outcome = { readonly response: PipelineResponse } | { readonly error: unknown };

/**
 * Makes the one layer that repeats and paces requests; it takes the place of the SDK's own retry policy.
 *
 * Repeated: 408, 429, 500, 502, 503, 504, the registration service's MetadataResolverBadGatewayError at any status, and
 * connections that broke or gave no answer in time. Never repeated: refused certificates, failed sign-ins, other
 * answers. `Retry-After` is honoured; where it is absent (hashicorp/terraform-provider-azurerm#19146), the pauses grow
 * exponentially with jitter.
 */
export function createRetryPolicy(deps: RetryDeps): RetryPolicy {
  const limits = { ...DEFAULTS, ...deps.limits };
  const sent = new WeakMap<PipelineRequest, number>();

  async function attemptOnce(request: PipelineRequest, next: SendRequest, attempt: number): Promise<Outcome> {
    const slot = await deps.pacer.enter(request, { again: attempt > 1 });
    sent.set(request, attempt);
    try {
      const response = await next(request);
      slot.leave(response);
      return { response };
    } catch (error) {
      slot.leave(undefined);
      return { error };
    }
  }

  function pauseAfter(outcome: Outcome, attempt: number): number | undefined {
    if (!isWorthRepeating(outcome)) return undefined;
    const asked = "response" in outcome ? askedPause(outcome.response, deps.now()) : undefined;
    return asked ?? ownPause(limits, attempt, deps.random());
  }

  async function sendRequest(request: PipelineRequest, next: SendRequest): Promise<PipelineResponse> {
    let patience = limits.patience;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await attemptOnce(request, next, attempt);
      const pause = request.abortSignal?.aborted ? undefined : pauseAfter(outcome, attempt);
      if (pause === undefined || pause > patience || attempt >= limits.attempts) return settle(outcome);
      patience -= pause;
      deps.onPause?.(pause);
      if ("response" in outcome && outcome.response.status === 429) deps.pacer.pause(request, pause);
      await deps.sleep(pause, request.abortSignal as AbortSignal | undefined);
    }
  }

  return { policy: { name: "azurestackCspRetryPolicy", sendRequest }, attempts: (request) => sent.get(request) ?? 0 };
}

function settle(outcome: Outcome): PipelineResponse {
  if ("error" in outcome) throw outcome.error;
  return outcome.response;
}

function isWorthRepeating(outcome: Outcome): boolean {
  if ("error" in outcome) return isWorthRepeatingAfter(outcome.error);
  const { status, bodyAsText } = outcome.response;
  if (RETRIED_STATUSES.has(status)) return true;
  return status >= 400 && RETRIED_CODES.has(parseErrorBody(bodyAsText ?? "")?.code?.toLowerCase() ?? "");
}

/** The sign-in behind this policy throws errors of the catalogue; of those only an unreached authority is passing. */
function isWorthRepeatingAfter(error: unknown): boolean {
  if (isProviderError(error)) return hasCode(error, "CSP_UNREACHABLE");
  return !isCertificateFailure(error);
}

function askedPause({ headers }: PipelineResponse, now: number): number | undefined {
  return parseRetryAfter({ retryAfter: headers.get("retry-after"), date: headers.get("date"), now });
}

/** Half of the pause is fixed and half is left to chance, so that requests that failed together do not return together. */
function ownPause({ firstDelay, longestDelay }: RetryLimits, attempt: number, random: number): number {
  const whole = Math.min(longestDelay, firstDelay * 2 ** (attempt - 1));
  return Math.round(whole / 2 + (whole / 2) * random);
}
