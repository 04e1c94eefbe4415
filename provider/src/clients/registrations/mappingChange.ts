import type { ChangeLogEntry } from "../wire/changeLog.ts";

/** A change of a mapping, as the one who made it knows it. */
export interface MappingChange {
  readonly operation: "put" | "delete";
  /** ARM id of the registration. */
  readonly registration: string;
  readonly customerSubscriptionId: string;
  readonly oldTenantId: string | undefined;
  readonly newTenantId: string | undefined;
  /** The subscription that the tenant was mapped to before, where it was another one. */
  readonly oldCustomerSubscriptionId: string | undefined;
  /** `unknown` where no usable answer came. */
  readonly outcome: "done" | "unknown";
}

/** The entry of a mapping's change; the order of the facts is that of the lines since the first release. */
export function mappingEntry(change: MappingChange): ChangeLogEntry {
  const { operation, outcome, registration, customerSubscriptionId } = change;
  const { oldTenantId, newTenantId, oldCustomerSubscriptionId } = change;
  return {
    resource: `${registration}/customerSubscriptions/${customerSubscriptionId}`,
    operation,
    facts: { registration, customerSubscriptionId, oldTenantId, newTenantId, oldCustomerSubscriptionId },
    outcome,
  };
}
