import { ProviderError } from "../../domain/errors/providerError.ts";
import type { HubEndpointKind } from "../../domain/hub.ts";
import type { OwnSubscription } from "./hubBodies.ts";

/**
 * The name of the operator's subscription, by which Microsoft's own tools find it
 * (AzureStack-Tools, RegistrationUtilities.psm1); beside it a Hub has one for metering and one for consumption.
 */
const OPERATORS = "default provider subscription";

/**
 * The subscription that an endpoint is asked by, among those that the principal sees there.
 *
 * @returns `undefined` where a user has several, of which each is asked by itself.
 * @throws ProviderError `CSP_HUB_SUBSCRIPTION` where it sees none, or several of which none is the operator's.
 */
export function chooseSubscription(seen: {
  readonly kind: HubEndpointKind;
  readonly host: string;
  readonly visible: readonly Omit<OwnSubscription, "tenantId">[];
}): string | undefined {
  const { kind, host, visible } = seen;
  const [first, ...others] = visible;
  if (!first) throw new ProviderError("CSP_HUB_SUBSCRIPTION", { host, reason: "the principal sees none" });
  if (kind === "user") return others.length === 0 ? first.subscriptionId : undefined;
  const named = visible.filter(({ displayName }) => displayName?.trim().toLowerCase() === OPERATORS);
  if (others.length > 0 && named.length !== 1) {
    const names = visible.map(({ displayName, subscriptionId }) => `${displayName ?? "(no name)"} (${subscriptionId})`);
    const reason = `${named.length === 0 ? "none" : "more than one"} of those that the principal sees is called Default Provider Subscription: ${names.join(", ")}`;
    throw new ProviderError("CSP_HUB_SUBSCRIPTION", { host, reason });
  }
  return (named[0] ?? first).subscriptionId;
}
