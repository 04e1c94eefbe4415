/** The classes of requests that ARM counts apart. */
export type OperationType = "reads" | "writes" | "deletes";

/** What ARM counts a method as. */
export function operationTypeOf(method: string): OperationType {
  if (method === "GET" || method === "HEAD") return "reads";
  return method === "DELETE" ? "deletes" : "writes";
}

/** Tokens that a bucket holds at most, and how many it gains a second. */
export interface BucketLimit {
  readonly capacity: number;
  readonly perSecond: number;
}

/** A limit for each class of requests. */
export type ThrottleLimits = Readonly<Record<OperationType, BucketLimit>>;

/** ARM's limits per subscription and principal (Microsoft Learn, "request limits and throttling"). */
export const armLimits: ThrottleLimits = Object.freeze({
  reads: { capacity: 250, perSecond: 25 },
  writes: { capacity: 200, perSecond: 10 },
  deletes: { capacity: 200, perSecond: 10 },
});

type ThrottleVerdict =
  | { readonly kind: "passed"; readonly remaining: number }
  | { readonly kind: "exceeded"; readonly retryAfterInSeconds: number };

/** The buckets of all callers. */
export interface Throttle {
  /** Takes a token from the caller's bucket, where one is left. */
  take(subscriptionId: string, objectId: string, type: OperationType): ThrottleVerdict;
}

/** Token buckets, one for each subscription, principal and operation type. */
export function createThrottle(limits: ThrottleLimits, now: () => Date): Throttle {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(subscriptionId, objectId, type) {
      const { capacity, perSecond } = limits[type];
      const key = `${subscriptionId} ${objectId} ${type}`.toLowerCase();
      const at = now().getTime();
      const bucket = buckets.get(key) ?? { tokens: capacity, at };
      const tokens = Math.min(capacity, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
      const passed = tokens >= 1;
      buckets.set(key, { tokens: passed ? tokens - 1 : tokens, at });
      if (passed) return { kind: "passed", remaining: Math.floor(tokens - 1) };
      return { kind: "exceeded", retryAfterInSeconds: Math.max(1, Math.ceil((1 - tokens) / perSecond)) };
    },
  };
}

/** What the remaining-requests headers say where nothing is throttled. */
export type Remaining = Readonly<Record<OperationType, number>>;

/** Azure's, as recorded for one request of an hour's. */
export const azureRemaining: Remaining = Object.freeze({ reads: 11999, writes: 1199, deletes: 14999 });

/** A Hub's, as recorded. */
export const hubRemaining: Remaining = Object.freeze({ reads: 14999, writes: 1199, deletes: 14999 });
