import type { PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { createGate, type Gate } from "./gate.ts";
import { type BucketSize, createTokenBucket } from "./tokenBucket.ts";

/** The part of a request that pacing looks at. */
export type PacedRequest = Pick<PipelineRequest, "method" | "url" | "abortSignal">;

/** The part of an answer that pacing looks at. */
type PacedResponse = Pick<PipelineResponse, "headers">;

/** Keeps requests below ARM's limits. */
export interface Pacer {
  /** Resolves when the request may be sent; a repeated one goes before those that still wait. */
  enter(request: PacedRequest, options: { readonly again: boolean }): Promise<Slot>;
  /** Shuts the request's bucket for a time, in milliseconds, as a 429 asks. */
  pause(request: PacedRequest, milliseconds: number): void;
}

/** Leave to send one request. */
interface Slot {
  /** Takes note of the answer, or of its absence. */
  leave(response: PacedResponse | undefined): void;
}

type BucketName = "reads" | "writes" | "deletes";

/** Per region, subscription, principal and kind of operation (learn.microsoft.com, request-limits-and-throttling). */
const ARM_BUCKETS: Readonly<Record<BucketName, BucketSize>> = {
  reads: { capacity: 250, perSecond: 25 },
  writes: { capacity: 200, perSecond: 10 },
  deletes: { capacity: 200, perSecond: 10 },
};

/**
 * Makes the pacer of one principal: for each subscription a bucket of reads, one of writes and one of deletes.
 *
 * Requests leave in the order they came. Another process with the same principal empties the same buckets; what the
 * answers say is left shows that.
 */
export function createPacer(deps: {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}): Pacer {
  const gates = new Map<string, Gate>();

  function gateOf({ method, url }: PacedRequest): Gate {
    const name = bucketName(method);
    const key = `${name} ${subscriptionOf(url)}`;
    const found =
      gates.get(key) ?? createGate({ ...deps, bucket: createTokenBucket({ ...ARM_BUCKETS[name], ...deps }) });
    gates.set(key, found);
    return found;
  }

  return {
    async enter(request, { again }) {
      const ticket = await gateOf(request).pass(again, request.abortSignal);
      return {
        leave: (response) => gateOf(request).leave(ticket, remainingIn(response, bucketName(request.method))),
      };
    },
    pause: (request, milliseconds) => gateOf(request).pause(milliseconds),
  };
}

function bucketName(method: string): BucketName {
  if (method === "GET" || method === "HEAD") return "reads";
  return method === "DELETE" ? "deletes" : "writes";
}

function subscriptionOf(url: string): string {
  return /\/subscriptions\/([^/?]+)/i.exec(url)?.[1]?.toLowerCase() ?? "";
}

function remainingIn(response: PacedResponse | undefined, name: BucketName): number | undefined {
  const said = response?.headers.get(`x-ms-ratelimit-remaining-subscription-${name}`);
  const remaining = Number(said);
  // Less than nothing cannot be left, and would hold the run for as long as somebody likes to write there.
  return said && Number.isFinite(remaining) ? Math.max(0, remaining) : undefined;
}
