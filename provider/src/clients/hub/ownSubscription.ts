import { ProviderError } from "../../domain/errors/providerError.ts";
import type { HubEndpointKind } from "../../domain/hub.ts";
import type { OwnSubscription } from "./hubBodies.ts";

/**
 * The name of the operator's subscription, by which Microsoft's own tools find it
 * (AzureStack-Tools, RegistrationUtilities.psm1); beside it a Hub has one for metering and one for consumption.
 */
const OPERATORS = "default provider subscription";

/** The endpoint that is asked. */
export interface AskedEndpoint {
  /** Which of the two it is said to be. */
  readonly kind: HubEndpointKind;
  readonly host: string;
  /** What tokens for it are asked for. */
  readonly audience: string;
}

/**
 * The subscription that an endpoint is asked by, among those that the principal sees there.
 *
 * @returns `undefined` where a user has several, of which each is asked by itself.
 * @throws ProviderError `CSP_HUB_SUBSCRIPTION` where it sees none, or several of which none is the operator's;
 *   `CSP_HUB_ENDPOINT_OTHER` where that is because the endpoint is the other one.
 */
export function chooseSubscription(
  endpoint: AskedEndpoint,
  visible: readonly Omit<OwnSubscription, "tenantId">[],
): string | undefined {
  const { kind } = endpoint;
  const [first, ...others] = visible;
  if (!first) throw notChosen(endpoint, "the principal sees none");
  if (kind === "user") return others.length === 0 ? first.subscriptionId : undefined;
  const named = visible.filter(({ displayName }) => displayName?.trim().toLowerCase() === OPERATORS);
  if (others.length > 0 && named.length !== 1) {
    const names = visible.map(({ displayName, subscriptionId }) => `${displayName ?? "(no name)"} (${subscriptionId})`);
    const reason = `${named.length === 0 ? "none" : "more than one"} of those that the principal sees is called Default Provider Subscription: ${names.join(", ")}`;
    throw notChosen(endpoint, reason);
  }
  return (named[0] ?? first).subscriptionId;
}

/** The error of an endpoint that has no subscription to ask by. */
export function notChosen({ kind, host, audience }: AskedEndpoint, reason: string): ProviderError {
  const other = OTHERS[kind];
  if (URL.canParse(audience) && new URL(audience).hostname.split(".")[0] === other.firstLabel)
    return new ProviderError("CSP_HUB_ENDPOINT_OTHER", { ...other.details, host, audience });
  return new ProviderError("CSP_HUB_SUBSCRIPTION", { host, reason });
}

/**
 * How the audience of the endpoint begins that is not meant, by Entra ID and by AD FS (DOC "Use the Azure Stack Hub API";
 * metadata of Hubs). An address tells less, for a Hub may be reached by another name.
 */
const OTHERS = {
  admin: { firstLabel: "management", details: { property: "adminEndpoint", others: "users" } },
  user: { firstLabel: "adminmanagement", details: { property: "userEndpoint", others: "its operator" } },
} as const;
