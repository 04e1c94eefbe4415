import { type CustomerSubscriptionId, registrationKey } from "../ids.ts";

/** Mappings by registration (its ARM id in lower case) and tenant; the value is the customer subscription. */
export type MappingTable = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The table of some mappings. */
export function toMappingTable(
  mappings: readonly { readonly id: CustomerSubscriptionId; readonly tenantId: string }[],
): MappingTable {
  const table: Record<string, Record<string, string>> = {};
  for (const { id, tenantId } of mappings) {
    const key = registrationKey(id.registration);
    table[key] ??= {};
    table[key][tenantId.toLowerCase()] = id.customerSubscriptionId.toLowerCase();
  }
  return table;
}

/** A mapping that would go, or go elsewhere. */
export interface Loss {
  /** ARM id of the registration. */
  readonly registration: string;
  readonly tenantId: string;
  /** The customer subscription that the tenant is mapped to now. */
  readonly from: string;
  /** The one it would be mapped to; absent where it would be mapped to none. */
  readonly to: string | undefined;
  /** ARM id of the registration that it goes to with its Hub; absent where it stays on its own. */
  readonly toRegistration?: string;
}

/** What a run would take away, out of how many. */
export interface Losses {
  /** How many mappings were managed before. */
  readonly managed: number;
  /** Tenants that would have no mapping on a registration any more. */
  readonly removals: readonly Loss[];
  /** Tenants that would be mapped to another customer subscription, or go to another registration of their Hub. */
  readonly moves: readonly Loss[];
}

/**
 * Counts what the declared mappings take away from the managed ones, tenant by tenant and registration by registration.
 *
 * Names of rows, keys of registrations and their order do not count: what is compared is what Azure would lose.
 *
 * @param successors - the registrations of Hubs that were registered anew, old ones with new ones.
 */
export function countLosses(
  managed: MappingTable,
  declared: MappingTable,
  successors: ReadonlyMap<string, string> = new Map(),
): Losses {
  const losses = Object.entries(managed).flatMap(([registration, tenants]) =>
    Object.entries(tenants).flatMap(([tenantId, from]): Loss[] => {
      const to = declared[registration]?.[tenantId];
      if (to !== undefined) return to === from ? [] : [{ registration, tenantId, from, to }];
      const toRegistration = successors.get(registration) ?? "";
      const there = declared[toRegistration]?.[tenantId];
      const loss = { registration, tenantId, from, to: there };
      return [there === undefined ? loss : { ...loss, toRegistration }];
    }),
  );
  return {
    managed: Object.values(managed).reduce((sum, tenants) => sum + Object.keys(tenants).length, 0),
    removals: losses.filter(({ to }) => to === undefined),
    moves: losses.filter(({ to }) => to !== undefined),
  };
}
