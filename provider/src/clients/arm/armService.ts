import type { Bucket, BucketSize } from "../wire/pacing/tokenBucket.ts";
import { isIdempotent, mayFareBetter, type Service, type ServiceRequest } from "../wire/service.ts";
import { readArmError } from "./armErrorBody.ts";

/** An address of Azure Resource Manager, or of a Hub's: its admin or its user endpoint. */
export interface ArmEndpoint {
  /** The resource manager's address, without a trailing slash. */
  readonly endpoint: string;
  /** The resource that tokens for it are asked for. */
  readonly audience: string;
  /** Codes by which a resource provider behind it says, at any status, that another attempt may fare better. */
  readonly passingCodes?: readonly string[];
  /** What it counts requests in, where that is not what Azure does. */
  readonly buckets?: ArmBuckets;
}

/** A bucket for each kind of operation. */
export type ArmBuckets = Readonly<Record<BucketName, BucketSize>>;

/**
 * Codes by which ARM itself says so, and by which any resource provider may: another operation on the resource has to end
 * first (learn.microsoft.com, "Troubleshoot common Azure deployment errors"), or the provider says itself that the request is
 * to be repeated.
 */
const PASSING_CODES = ["GatewayTimeout", "ServiceUnavailable", "AnotherOperationInProgress", "RetryableError"];

type BucketName = "reads" | "writes" | "deletes";

/** Per region, subscription, principal and kind of operation (learn.microsoft.com, request-limits-and-throttling). */
const BUCKETS: ArmBuckets = {
  reads: { capacity: 250, perSecond: 25 },
  writes: { capacity: 200, perSecond: 10 },
  deletes: { capacity: 200, perSecond: 10 },
};

/** Azure Resource Manager as a service, at one of its endpoints. */
export function createArmService({ endpoint, audience, passingCodes = [], buckets }: ArmEndpoint): Service {
  const passing = new Set([...PASSING_CODES, ...passingCodes].map((code) => code.toLowerCase()));
  return {
    origin: new URL(endpoint).origin,
    audience,
    correlationHeader: "x-ms-correlation-request-id",
    isRepeatable(request, outcome) {
      if (!isIdempotent(request)) return false;
      if (mayFareBetter(outcome) || outcome === "no answer") return true;
      return passing.has(outcome.error?.code?.toLowerCase() ?? "");
    },
    bucketOf: (request) => bucketOfArm(request, buckets),
    readError: ({ body }) => readArmError(body),
  };
}

/** For each subscription ARM has a bucket of reads, one of writes and one of deletes. */
export function bucketOfArm(
  { method, url }: Pick<ServiceRequest, "method" | "url">,
  buckets: ArmBuckets = BUCKETS,
): Bucket {
  const name = bucketName(method);
  return {
    key: `${name} ${subscriptionIn(url)}`,
    remainingHeader: `x-ms-ratelimit-remaining-subscription-${name}`,
    ...buckets[name],
  };
}

function bucketName(method: string): BucketName {
  if (method === "GET" || method === "HEAD") return "reads";
  return method === "DELETE" ? "deletes" : "writes";
}

function subscriptionIn(url: string): string {
  return /\/subscriptions\/([^/?]+)/i.exec(url)?.[1]?.toLowerCase() ?? "";
}
