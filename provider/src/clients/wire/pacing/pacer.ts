import type { PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { createGate, type Gate } from "./gate.ts";
import { type Bucket, createTokenBucket } from "./tokenBucket.ts";

/** The part of a request that pacing looks at. */
export type PacedRequest = Pick<PipelineRequest, "method" | "url" | "abortSignal">;

/** The part of an answer that pacing looks at. */
type PacedResponse = Pick<PipelineResponse, "headers">;

/** Keeps requests below the limits of a service. */
export interface Pacer {
  /** Resolves when the request may be sent; a repeated one goes before those that still wait. */
  enter(request: PacedRequest, options: { readonly again: boolean }): Promise<Slot>;
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
    async enter(request, { again }) {
      const bucket = bucketOf(request);
      const gate = gateOf(bucket);
      const ticket = await gate.pass(again, request.abortSignal);
      return { leave: (response) => gate.leave(ticket, remainingIn(response, bucket)) };
    },
    pause: (request, pauseInMs) => gateOf(bucketOf(request)).pause(pauseInMs),
  };
}

function remainingIn(response: PacedResponse | undefined, { remainingHeader }: Bucket): number | undefined {
  const said = remainingHeader === undefined ? undefined : response?.headers.get(remainingHeader);
  const remaining = Number(said);
  // Less than nothing cannot be left, and would hold the run for as long as somebody likes to write there.
  return said && Number.isFinite(remaining) ? Math.max(0, remaining) : undefined;
}
