import {
  type AzureClients,
  formatRegistrationId,
  type HubClient,
  hasCode,
  isProviderError,
  type LocalSubscription,
  ProviderError,
  type RegistrationId,
} from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import type { Asker, UsageSource } from "./usageSource.ts";

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
    asker: async () => ({ kind: hub.kind, subscription: (await hub.describe()).subscriptionId?.toLowerCase() }),
    async usagePage(query, link) {
      try {
        return { kind: "page", ...(await hub.usagePage(query, link)) };
      } catch (error) {
        if (hasCode(error, "CSP_HUB_GATEWAY_TIMEOUT")) return { kind: "timedOut" };
        if (hasCode(error, "CSP_HUB_PAGE_LOST")) return { kind: "lost" };
        if (query.subscriberId !== undefined && hasCode(error, "CSP_HUB_NOT_A_SUBSCRIBER"))
          return { kind: "notServed" };
        if (query.subscriberId !== undefined && isOfSubscriber(error, hub.kind)) return { kind: "refused", error };
        throw error;
      }
    },
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

/** Statuses by which a Hub refuses a subscription; an operator who may not ask for one may ask for none. */
const OF_SUBSCRIBER = { admin: new Set([400, 404, 409]), user: new Set([400, 403, 404, 409]) } as const;

function isOfSubscriber(error: unknown, kind: Asker["kind"]): error is ProviderError {
  const status = isProviderError(error) ? error.answer?.status : undefined;
  return status !== undefined && OF_SUBSCRIBER[kind].has(status);
}

/** What bills and reports go by; whatever else a Hub says of a subscription may change without meaning anything. */
function noteOf(subscription: LocalSubscription) {
  const { subscriptionId, displayName, tenantId, owner, offerId, state, externalReferenceId } = subscription;
  const facts = { displayName, tenantId: tenantId?.toLowerCase(), owner, offerId, state, externalReferenceId };
  return { name: subscriptionId.toLowerCase(), facts };
}
