import { formatRegistrationId, type TenantList, type TenantState } from "@azurestack-csp/provider";

/** What a list declares for one customer on one Hub. */
export interface ListRow {
  readonly customer: string;
  readonly tenantId: string;
  /** The key of the Hub's registration. */
  readonly registration: string;
  readonly registrationId: string;
  readonly customerSubscriptionId: string;
  readonly state: TenantState;
  /** The last day, `YYYY-MM-DD` in UTC, on which the mapping may not be removed; absent where the list names none. */
  readonly retainUntil?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A row for each customer and Hub, in the order of the list, with all defaults filled in. */
export function toListRows({ registrations, tenants }: TenantList): readonly ListRow[] {
  const ids = new Map(registrations.map(({ key, registration }) => [key, formatRegistrationId(registration)]));
  return tenants.flatMap(({ name, tenantId, mappings, state, retainUntil, labels }) =>
    mappings.map(({ registrationKey, customerSubscriptionId }) => ({
      customer: name,
      tenantId,
      registration: registrationKey,
      registrationId: ids.get(registrationKey) ?? "",
      customerSubscriptionId,
      state,
      ...(retainUntil === undefined ? {} : { retainUntil }),
      labels,
    })),
  );
}

/** The names of all labels, in the order in which they come up. */
export function labelNames(rows: readonly ListRow[]): readonly string[] {
  return [...new Set(rows.flatMap(({ labels }) => Object.keys(labels)))];
}
