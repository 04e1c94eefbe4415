import type { Access } from "../access.ts";
import type { CustomerSubscriptionId } from "../ids.ts";

/** A customer subscription that a stack manages. */
export interface ManagedMapping {
  readonly urn: string;
  /** The resource's name, `<registration key>/<tenant id>` where it came from a tenant list. */
  readonly name: string;
  /** Whose resource it is: ours, or that of `@pulumi/azure-native`. */
  readonly provider: "azurestack-csp" | "azure-native";
  readonly id: CustomerSubscriptionId;
  /** The tenant that was declared; absent only where the last run could not tell. */
  readonly tenantId: string | undefined;
  /** The last day, `YYYY-MM-DD` in UTC, on which the mapping may not be removed. */
  readonly retainUntil: string | undefined;
  /** Whether a replacement or an interrupted run left it to be deleted by the next one. */
  readonly isPendingDelete: boolean;
  readonly isProtected: boolean;
  /** Whether the last run sent a write and could not make sure of its outcome. */
  readonly isUnconfirmed: boolean;
  readonly access: Access;
  /** The directory that the customer subscription belongs to, where the state knows it to be another than the tenant. */
  readonly directory?: string | undefined;
  /** Whether it came into the state beside a run, as by an import, so that nobody may have asked for its directory. */
  readonly isUnasked?: boolean;
  /** Whether it did, and no run has declared it since, because no guard remembers it. */
  readonly isNew?: boolean;
}
