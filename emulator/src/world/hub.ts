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
  /** Name of the offer. @default "csp-standard" */
  readonly offer?: string;
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
  readonly subscriptions?: readonly LocalSubscription[];
}
