import { type ArmBuckets, createArmService } from "../arm/armService.ts";
import { type Outcome, permitsRepeat, type Service } from "../wire/service.ts";

/** How a Hub's resource manager is addressed. */
export interface HubServiceOptions {
  /** `https://host[:port]` of one of its endpoints. */
  readonly endpoint: string;
  /** The resource that tokens for this endpoint are asked for; the other endpoint has another. */
  readonly audience: string;
}

/**
 * A Hub still counts requests by the hour, as Azure did before 2024: a recorded answer of its usage API has 14,785 reads
 * left (`x-ms-ratelimit-remaining-subscription-reads`); writes and deletes are those of that time (learn.microsoft.com,
 * request-limits-and-throttling, version of 2023).
 */
const BUCKETS: ArmBuckets = {
  reads: { capacity: 15_000, perSecond: 15_000 / 3600 },
  writes: { capacity: 1_200, perSecond: 1_200 / 3600 },
  deletes: { capacity: 15_000, perSecond: 15_000 / 3600 },
};

/** The code by which the usage service says that a window is not ready yet. */
const PASSING_CODES = ["ProcessingNotCompleted"] as const;

/**
 * A Hub's admin or user endpoint as a service.
 *
 * A gateway's timeout over the usage of all subscribers is not repeated: each attempt takes a minute, and what is of use is
 * to ask for less.
 */
export function createHubService({ endpoint, audience }: HubServiceOptions): Service {
  const arm = createArmService({ endpoint, audience, passingCodes: PASSING_CODES, buckets: BUCKETS });
  return {
    ...arm,
    isRepeatable(request, outcome) {
      return !(isGatewayTimeout(outcome) && asksForAll(request.url)) && permitsRepeat(arm, request, outcome);
    },
  };
}

/** Whether the gateway before the usage service gave up waiting. */
function isGatewayTimeout(outcome: Outcome): boolean {
  return outcome !== "no answer" && outcome.status === 504 && outcome.error?.code?.toLowerCase() === "gatewaytimeout";
}

function asksForAll(url: string): boolean {
  const { pathname, searchParams } = new URL(url);
  if (!/\/subscriberUsageAggregates$/i.test(pathname)) return false;
  return ![...searchParams.keys()].some((name) => name.toLowerCase() === "subscriberid");
}
