import type { HubFact } from "./hub.ts";
import type { ResourceGroup } from "./resourceGroup.ts";

export type { ResourceGroup };

/** An application and the service principal it has in its own directory. */
export interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Object id of the service principal in the application's own directory. */
  readonly objectId: string;
  readonly displayName?: string;
  /** Whether tokens are issued for every directory of the world, not only the application's own. */
  readonly multiTenant?: boolean;
}

/** A Microsoft Entra directory. */
export interface Directory {
  readonly tenantId: string;
  readonly displayName?: string;
  readonly domain?: string;
  readonly applications?: readonly Application[];
}

/** How a subscription was sold: only `csp` ones can be customer subscriptions. */
export type SubscriptionKind = "csp" | "apss" | "ea" | "payg";

/** What ARM says of a subscription: writes to a disabled one are refused, a deleted one is not found. */
export type SubscriptionState = "Enabled" | "Warned" | "PastDue" | "Disabled" | "Deleted";

/** An Azure subscription: the CSP's own, or a customer's. */
export interface Subscription {
  readonly subscriptionId: string;
  /** The directory the subscription trusts. */
  readonly tenantId: string;
  readonly displayName: string;
  /** @default "Enabled" */
  readonly state?: SubscriptionState;
  readonly kind: SubscriptionKind;
  /** The partner who sold it; two subscriptions belong together when this is equal. */
  readonly partnerId?: string;
  /** Whether the service can look the subscription up; `false` yields MetadataResolverBadGatewayError. @default true */
  readonly metadataAvailable?: boolean;
  /** Namespaces of the resource providers registered in it. */
  readonly providers?: readonly string[];
  readonly resourceGroups?: readonly ResourceGroup[];
}

/** The part of a customer subscription that a world states. */
export interface CustomerSubscriptionFact {
  readonly customerSubscriptionId: string;
  readonly tenantId: string;
  readonly createdAt?: string;
  /** In place of `createdAt`: so many days before the emulator starts. */
  readonly createdDaysAgo?: number;
  readonly createdBy?: string;
  readonly lastModifiedAt?: string;
  readonly lastModifiedBy?: string;
}

/** Whom a tenant's usage is billed to from a time on. */
export interface MappingChange {
  readonly tenantId: string;
  /** Null: the registration's own subscription. */
  readonly customerSubscriptionId: string | null;
  readonly since: string;
}

/** The registration of one Hub, with the customer subscriptions it has already. */
export interface RegistrationFact {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
  /** @default "global" */
  readonly location?: string;
  /** Identifier of the Hub. */
  readonly cloudId: string;
  /** Object id of the Hub's Azure bridge. */
  readonly objectId: string;
  readonly billingModel: string;
  /** Whether Microsoft approved the registration for multi-tenancy. @default false */
  readonly approvedForMultiTenancy?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly etag?: string;
  readonly customerSubscriptions?: readonly CustomerSubscriptionFact[];
  /** Whom usage was billed to over time. @default to the customer subscriptions, each since its `createdAt` */
  readonly mappingHistory?: readonly MappingChange[];
}

/** A management lock. */
export interface Lock {
  readonly name: string;
  readonly level: "CanNotDelete" | "ReadOnly";
  /** ARM id of what it holds; everything below inherits it. */
  readonly scope: string;
  readonly notes?: string;
}

/** A role of a principal on a scope and all below it; the role by name or id, or plain `actions`. */
export interface RoleAssignment {
  /** GUID; made from the other members when absent. */
  readonly name?: string;
  /** Object id of the service principal; or `clientId` for the application's service principals of every directory. */
  readonly principalId?: string;
  readonly clientId?: string;
  /** Name of a built-in role, or the GUID of its definition. */
  readonly role?: string;
  readonly actions?: readonly string[];
  readonly scope: string;
}

/** Everything the emulated Azure knows at the start. */
export interface World {
  readonly directories: readonly Directory[];
  readonly subscriptions: readonly Subscription[];
  readonly registrations?: readonly RegistrationFact[];
  readonly hubs?: readonly HubFact[];
  /** On Azure and on Hubs, as the role assignments are. */
  readonly locks?: readonly Lock[];
  /**
   * Absent: every application is Owner of every subscription that holds a registration, and of every subscription of
   * the Hubs.
   */
  readonly roleAssignments?: readonly RoleAssignment[];
}
