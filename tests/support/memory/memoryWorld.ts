/** One registration of an in-memory world. */
export interface MemoryRegistration {
  readonly registrationSubscriptionId: string;
  readonly resourceGroup: string;
  readonly registrationName: string;
  readonly cloudId?: string;
  /** `PayAsYouUse` by default; `Capacity` takes no customer subscriptions. */
  readonly billingModel?: string;
  /** Whether Microsoft approved it for multi-tenancy; true by default. */
  readonly approved?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly locks?: readonly MemoryLock[];
  readonly mappings?: readonly MemoryMapping[];
}

/** A lock set on a registration, met by everything under it. */
export interface MemoryLock {
  readonly name: string;
  readonly level: "CanNotDelete" | "ReadOnly";
  readonly notes?: string;
}

/** A live mapping of a directory tenant to a customer subscription. */
export interface MemoryMapping {
  readonly customerSubscriptionId: string;
  readonly tenantId: string;
}

/** A subscription that the world knows about; one it does not know passes every check and has no directory. */
export interface MemorySubscription {
  readonly subscriptionId: string;
  /** The directory that its challenge names. */
  readonly tenantId?: string;
  /** What a PUT of it is refused with, as the service's code. */
  readonly refusedAs?: "InvalidCustomerSubscriptionId" | "InvalidCSPSubscription" | "BadCustomerSubscriptionId";
}

/** The facts that an in-memory registrations client starts from. */
export interface MemoryWorld {
  readonly registrations: readonly MemoryRegistration[];
  readonly subscriptions?: readonly MemorySubscription[];
  /** What a PUT answers: `body` by default; the service's documentation has `empty`. */
  readonly putAnswer?: "body" | "empty";
  /** Whether the mapping that a PUT displaces stays in lists; false by default, and open in Microsoft's documentation. */
  readonly keepDisplaced?: boolean;
}
