import type { PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { ProviderError } from "../../../domain/errors/providerError.ts";
import { createGate, type Gate } from "./gate.ts";
import { type Bucket, createTokenBucket } from "./tokenBucket.ts";

/** The part of a request that pacing looks at. */
export type PacedRequest = Pick<PipelineRequest, "method" | "url" | "abortSignal">;

/** The part of an answer that pacing looks at. */
type PacedResponse = Pick<PipelineResponse, "headers">;

/** How a request waits for its turn. */
interface Turn {
  /** Whether it was sent before; it goes before those that still wait. */
  readonly again: boolean;
  /** How long it waits for a bucket that is shut; without end by default. */
  readonly patienceInMs?: number;
}

/** Keeps requests below the limits of a service. */
export interface Pacer {
  /**
   * Resolves when the request may be sent.
   *
   * @throws ProviderError `CSP_THROTTLED_UNTIL` where its bucket is shut for longer than it waits.
   */
  enter(request: PacedRequest, turn: Turn): Promise<Slot>;
  /** Shuts the request's bucket for a time, as a 429 asks. */
  pause(request: PacedRequest, pauseInMs: number): void;
}

/** Leave to send one request. */
interface Slot {
  /** Takes note of the answer, or of its absence. */
  leave(response: PacedResponse | undefined): void;
}

/**
 * Makes the pacer of one principal, with an account of each bucket that the service counts it in.
 *
 * Requests of a bucket leave in the order they came. Another process with the same principal empties the same buckets;
 * what the answers say is left shows that.
 */
export function createPacer(deps: {
  readonly bucketOf: (request: PacedRequest) => Bucket;
  readonly now: () => number;
  readonly sleep: (pauseInMs: number) => Promise<void>;
}): Pacer {
  const { bucketOf, now, sleep } = deps;
  const gates = new Map<string, Gate>();

  function gateOf(bucket: Bucket): Gate {
    const gate = gates.get(bucket.key) ?? createGate({ sleep, bucket: createTokenBucket({ ...bucket, now }) });
    gates.set(bucket.key, gate);
    return gate;
  }

  return {
    async enter(request, { again, patienceInMs = Number.POSITIVE_INFINITY }) {
      const bucket = bucketOf(request);
      const gate = gateOf(bucket);
      const tooLong = (shutForInMs: number) => throttledUntil(request, now() + shutForInMs);
      const ticket = await gate.pass({ ahead: again, signal: request.abortSignal, patienceInMs, tooLong });
      return { leave: (response) => gate.leave(ticket, remainingIn(response, bucket)) };
    },
    pause: (request, pauseInMs) => gateOf(bucketOf(request)).pause(pauseInMs),
  };
}

/** The error of a request that is not sent, because one like it was refused until then. */
function throttledUntil({ method, url }: PacedRequest, until: number): ProviderError {
  const details = { request: `${method} ${new URL(url).pathname}`, until: new Date(until).toISOString() };
  return new ProviderError("CSP_THROTTLED_UNTIL", details);
}

function remainingIn(response: PacedResponse | undefined, { remainingHeader }: Bucket): number | undefined {
  const said = remainingHeader === undefined ? undefined : response?.headers.get(remainingHeader);
  const remaining = Number(said);
  // Less than nothing cannot be left, and would hold the run for as long as somebody likes to write there.
  return said && Number.isFinite(remaining) ? Math.max(0, remaining) : undefined;
}
