import type { HubEndpointKind } from "../../domain/hub.ts";
import type { UsageQuery } from "../../domain/usage/usageQuery.ts";

/** The only version of the usage APIs. */
export const USAGE_API_VERSION = "2015-06-01-preview";

/** The ARM id of the list of usage aggregates under a subscription. */
export function usageListId(kind: HubEndpointKind, subscriptionId: string): string {
  const list =
    kind === "admin" ? "Microsoft.Commerce.Admin/subscriberUsageAggregates" : "Microsoft.Commerce/usageAggregates";
  return `/subscriptions/${encodeURIComponent(subscriptionId)}/providers/${list}`;
}

/**
 * The query of a list of usage aggregates.
 *
 * Times are percent-encoded: an unescaped `+` of an offset would be read as a space, and a plain colon has been refused.
 * A user's endpoint has no `subscriberId`, and no endpoint of a Hub heeds `showDetails` (DOC "Usage API FAQ").
 */
export function usageParameters(kind: HubEndpointKind, { window, granularity, subscriberId }: UsageQuery): string {
  const parameters = [
    ["api-version", USAGE_API_VERSION],
    ["reportedStartTime", window.start],
    ["reportedEndTime", window.end],
    ["aggregationGranularity", granularity],
    ...(kind === "admin" && subscriberId !== undefined ? [["subscriberId", subscriberId] as const] : []),
  ] as const;
  return parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
}
