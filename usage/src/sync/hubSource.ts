import {
  type AzureClients,
  formatRegistrationId,
  type HubClient,
  hasCode,
  type LocalSubscription,
  ProviderError,
  type RegistrationId,
} from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import type { UsageSource } from "./usageSource.ts";

/** What a Hub's usage comes from. */
export interface HubSourceParts {
  /** The key of the registration in the list. */
  readonly key: string;
  readonly registration: RegistrationId;
  readonly hub: HubClient;
  /** The registrations in Azure, of which the Hub's is one. */
  readonly registrations: Pick<AzureClients["registrations"], "getRegistration" | "listCustomerSubscriptions">;
}

/** A Hub as a sync asks it: the Hub itself for usage, and Azure for whom it is. */
export function createHubSource({ key, registration, hub, registrations }: HubSourceParts): UsageSource {
  return {
    key,
    async cloudId() {
      const { cloudId } = await registrations.getRegistration(registration);
      if (cloudId !== undefined) return cloudId;
      throw new ProviderError(usageErrors.CSP_SYNC_CLOUD_ID, { key, cloudId: "" });
    },
    isAskedBySubscriber: async () => hub.kind === "user" && (await hub.describe()).subscriptionId === undefined,
    async usagePage(query, link) {
      try {
        return { kind: "page", ...(await hub.usagePage(query, link)) };
      } catch (error) {
        if (hasCode(error, "CSP_HUB_GATEWAY_TIMEOUT")) return { kind: "timedOut" };
        if (hasCode(error, "CSP_HUB_PAGE_LOST")) return { kind: "lost" };
        throw error;
      }
    },
    ownSubscription: async () => (await hub.describe()).subscriptionId,
    subscriptions: async () => (await hub.localSubscriptions()).map(noteOf),
    async mappings() {
      const found = await registrations.listCustomerSubscriptions(registration);
      return found.map(({ customerSubscriptionId, tenantId }) => ({
        name: customerSubscriptionId.toLowerCase(),
        facts: { registrationId: formatRegistrationId(registration), tenantId: tenantId?.toLowerCase() ?? null },
      }));
    },
  };
}

/** What bills and reports go by; whatever else a Hub says of a subscription may change without meaning anything. */
function noteOf(subscription: LocalSubscription) {
  const { subscriptionId, displayName, tenantId, owner, offerId, state, externalReferenceId } = subscription;
  const facts = { displayName, tenantId: tenantId?.toLowerCase(), owner, offerId, state, externalReferenceId };
  return { name: subscriptionId.toLowerCase(), facts };
}
