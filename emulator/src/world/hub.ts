import type { ResourceGroup } from "./resourceGroup.ts";

/** What a Hub says of a local subscription; a deleted one is not found any more, and its usage stays. */
export type LocalSubscriptionState = "Enabled" | "Disabled" | "Deleting" | "Deleted" | "PartiallyDeleted";

/** A subscription of a Hub, which a tenant's resources live in; no Azure subscription. */
export interface LocalSubscription {
  readonly subscriptionId: string;
  /** The directory whose people own it. */
  readonly tenantId: string;
  readonly displayName: string;
  readonly owner: string;
  /** @default "Enabled" */
  readonly state?: LocalSubscriptionState;
  /** Free text; a place for the CSP's own key of the customer. */
  readonly externalReferenceId?: string;
  /** Name of the offer, or its ARM id. @default "csp-standard" */
  readonly offer?: string;
  /** Namespaces of the resource providers registered in it. */
  readonly providers?: readonly string[];
  readonly resourceGroups?: readonly ResourceGroup[];
}

/** A directory whose people may sign in to a Hub. */
export interface DirectoryTenant {
  /** Its domain. */
  readonly name: string;
  readonly tenantId: string;
}

/** A Hub: a datacenter's own Azure, with an endpoint for its operator and one for its users. */
export interface HubFact {
  /** Names it in the ready line. */
  readonly name: string;
  readonly region: string;
  /** Which registration it is of: identifier of the Hub, as the registration has it. */
  readonly cloudId: string;
  /** @default "entra" */
  readonly identityProvider?: "entra" | "adfs";
  /** The operator's directory. */
  readonly homeTenantId: string;
  /** The Default Provider Subscription, which only the admin endpoint knows. */
  readonly providerSubscriptionId: string;
  /** Whether the Hub sends its usage to Azure. @default true */
  readonly usageReportingEnabled?: boolean;
  /** ARM id of the registration that the activation record names. @default that of the registration with this cloudId */
  readonly registrationId?: string;
  /** Those of the Default Provider Subscription. @default what a new Hub has: activation, system and offers */
  readonly resourceGroups?: readonly ResourceGroup[];
  /** @default the operator's, and those of the local subscriptions */
  readonly directoryTenants?: readonly DirectoryTenant[];
  readonly subscriptions?: readonly LocalSubscription[];
}
