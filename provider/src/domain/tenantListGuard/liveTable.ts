import { type RegistrationId, registrationKey } from "../ids.ts";
import type { MappingTable } from "./losses.ts";

/**
 * What a look at registrations has shown, by registration (its ARM id in lower case) and customer subscription: the
 * tenant, or an empty text where the service gives none. What could not be read is absent, and so not known.
 */
export type LiveTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The table of some registrations that were read. */
export function toLiveTable(
  read: readonly {
    readonly registration: RegistrationId;
    readonly mappings: readonly { readonly customerSubscriptionId: string; readonly tenantId: string | undefined }[];
  }[],
): LiveTable {
  return Object.fromEntries(
    read.map(({ registration, mappings }) => [
      registrationKey(registration),
      Object.fromEntries(
        mappings.map(({ customerSubscriptionId, tenantId = "" }) => [
          customerSubscriptionId.toLowerCase(),
          tenantId.toLowerCase(),
        ]),
      ),
    ]),
  );
}

/** Whether the look has shown that the tenant is not mapped to the customer subscription; what is not known is not missing. */
export function isMissing(
  live: LiveTable,
  mapping: { readonly registration: string; readonly customerSubscriptionId: string; readonly tenantId: string },
): boolean {
  const mappings = live[mapping.registration];
  if (!mappings) return false;
  const tenantId = mappings[mapping.customerSubscriptionId.toLowerCase()];
  return tenantId === undefined || (tenantId !== "" && tenantId !== mapping.tenantId.toLowerCase());
}

/** The mappings of a table that are live, or that nobody looked for. */
export function withoutMissing(table: MappingTable, live: LiveTable): MappingTable {
  return Object.fromEntries(
    Object.entries(table).map(([registration, tenants]) => {
      const kept = Object.entries(tenants).filter(
        ([tenantId, customerSubscriptionId]) => !isMissing(live, { registration, customerSubscriptionId, tenantId }),
      );
      return [registration, Object.fromEntries(kept)];
    }),
  );
}
