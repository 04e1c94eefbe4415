import type { HubEndpointKind } from "../../domain/hub.ts";
import type { UsagePage, UsageQuery } from "../../domain/usage/usageQuery.ts";
import type { UsageRow } from "../../domain/usage/usageRow.ts";
import type { HubSignIn } from "../access/hubSettings.ts";

/** What is found out about a Hub by the endpoint that is asked. */
export interface HubDescription extends HubSignIn {
  readonly kind: HubEndpointKind;
  /** `https://host[:port]` */
  readonly endpoint: string;
  /**
   * The subscription that it is asked by: at the admin endpoint the Default Provider Subscription, at the user's the only
   * one of the user's; `undefined` where the user has several, which are asked one by one.
   */
  readonly subscriptionId: string | undefined;
  /**
   * The operator's own directory, which is that of the subscription it is asked by, in lower case; `undefined` where the Hub
   * does not tell, where the subscription was named, and at a user's endpoint.
   */
  readonly homeTenantId: string | undefined;
  /** The Hub's region; `undefined` where the principal is not told, and at a user's endpoint, which is not asked. */
  readonly region: string | undefined;
}

/** A subscription of a Hub's user, which is known on that Hub alone. */
export interface LocalSubscription {
  /** As the Hub spells it; a recorded one is no GUID. */
  readonly subscriptionId: string;
  readonly displayName: string | undefined;
  /** The directory that owns it, by which its usage is mapped to a customer; a user's endpoint does not name it. */
  readonly tenantId: string | undefined;
  /** The user principal name of its owner. */
  readonly owner: string | undefined;
  /** The ARM id of its offer. */
  readonly offerId: string | undefined;
  /** `Enabled`, `Disabled` (which reports no usage), `Deleting` and so on, in the Hub's spelling. */
  readonly state: string | undefined;
  /** Whatever the operator noted, such as a customer's number. */
  readonly externalReferenceId: string | undefined;
}

/** What a Hub says of its own registration in Azure (Microsoft.AzureBridge.Admin/activations). */
export interface Activation {
  /** The ARM id of the registration in Azure, as the Hub spells it. */
  readonly registrationId: string | undefined;
  /** The cloud of the registration, such as `AzureCloud`. */
  readonly cloud: string | undefined;
  /** When it ends, as the Hub writes it. */
  readonly expiration: string | undefined;
  /** Whether usage is sent to Azure; `undefined` where the record does not say. */
  readonly usageReportingEnabled: boolean | undefined;
  /** `Succeeded` where the Hub is registered. */
  readonly provisioningState: string | undefined;
}

/** One page of usage, and the text that it was read from. */
export interface HubUsagePage extends UsagePage<UsageRow> {
  /** The answer as it came, for evidence. */
  readonly body: string;
  /** When the Hub answered by its own clock (`Date`), in milliseconds since 1970; `undefined` where it does not say. */
  readonly answeredAt?: number | undefined;
}

/** Reads from one of a Hub's resource managers, as one principal; changes nothing. */
export interface HubClient {
  /** Which of the Hub's endpoints it asks; known before anything is sent. */
  readonly kind: HubEndpointKind;
  /** `https://host[:port]` of that endpoint. */
  readonly endpoint: string;
  /**
   * Finds out where one signs in, which subscription is asked by, and the region; remembered.
   *
   * @throws ProviderError `CSP_HUB_METADATA`, `CSP_HUB_AUTHORITY`, `CSP_HUB_ENDPOINT_OTHER`, `CSP_HUB_SUBSCRIPTION`, `CSP_HUB_NOT_AUTHORIZED`
   */
  describe(): Promise<HubDescription>;
  /**
   * Lists the local subscriptions, all pages: those of all users at the admin endpoint, the user's own at the user's.
   *
   * Deleted ones are not among them, although their usage still is in that of all subscribers.
   */
  localSubscriptions(): Promise<readonly LocalSubscription[]>;
  /** The activation record, at the admin endpoint alone; `undefined` where the Hub surely has none, since it is not registered. */
  activation(): Promise<Activation | undefined>;
  /**
   * Reads one page of usage: the first of a query, or the one that a `nextLink` of the same query leads to.
   *
   * A user's endpoint knows one subscription at a time: the query's `subscriberId`, else the user's only one.
   *
   * @param link - a page's `nextLink`, as the Hub wrote it; it goes back verbatim, and to the Hub alone.
   * @throws ProviderError `CSP_HUB_GATEWAY_TIMEOUT` where less has to be asked at once, one subscriber at a time;
   *   `CSP_HUB_PAGE_LOST` where the window has to be read anew from its first page; `CSP_PAGING_BROKEN` for a link that
   *   leads to another host or nowhere; `CSP_USAGE_PAGE_UNREADABLE`; `CSP_HUB_…` for whatever the Hub refuses.
   */
  usagePage(query: UsageQuery, link?: string): Promise<HubUsagePage>;
}
