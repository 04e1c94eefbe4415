import { compareAccess } from "../access.ts";
import { type RegistrationId, registrationKey } from "../ids.ts";
import type { ListedRegistration, Place, Tenant, TenantList } from "../tenantList/tenantList.ts";
import type { ManagedMapping } from "./managedMapping.ts";

/** What is limited, and to what. */
export interface LimitRequest {
  readonly list: TenantList;
  readonly managed: readonly ManagedMapping[];
  /** The keys of the registrations that a run works on; all of them are defined by the list. */
  readonly keys: readonly string[];
}

/** A list that changes nothing outside the chosen registrations. */
export interface LimitedTenantList {
  /** The chosen registrations as the list has them, and all others as the stack manages them. */
  readonly list: TenantList;
  /** The chosen registrations alone, as the list has them. */
  readonly chosen: TenantList;
  /** Whether a managed mapping is on a chosen registration, or on the one that had its key and that the list defines no more. */
  readonly isChosen: (mapping: Pick<ManagedMapping, "id" | "name">) => boolean;
  /** Whether Azure has to be asked about the registration. */
  readonly isLookedAt: (registration: RegistrationId) => boolean;
  /** What is on other registrations and that no list declares as the stack has it; a run with this list would change it. */
  readonly unkept: readonly ManagedMapping[];
}

/** Limits a list to some registrations: what the stack manages on all others is declared as the state has it; pure. */
export function limitTenantList({ list, managed, keys }: LimitRequest): LimitedTenantList {
  const wanted = new Set(keys);
  const defined = new Map(list.registrations.map(({ key, registration }) => [registrationKey(registration), key]));
  const isChosen: LimitedTenantList["isChosen"] = ({ id, name }) =>
    wanted.has(defined.get(registrationKey(id.registration)) ?? keyIn(name));
  const chosen = chooseRows(list, keys);
  const { kept, unkept } = sortOthers(
    managed.filter((mapping) => !isChosen(mapping)),
    wanted,
  );
  const looked = new Set([
    ...chosen.registrations.map(({ registration }) => registrationKey(registration)),
    ...managed.filter(isChosen).map(({ id }) => registrationKey(id.registration)),
  ]);
  return {
    list: {
      registrations: mergeRegistrations(list, { kept, wanted }),
      tenants: [...chosen.tenants, ...toTenants(kept, list)],
    },
    chosen,
    isChosen,
    isLookedAt: (registration) => looked.has(registrationKey(registration)),
    unkept,
  };
}

/** The part of a list that is about some of its registrations, by their keys. */
export function chooseRows({ registrations, tenants }: TenantList, keys: readonly string[]): TenantList {
  const wanted = new Set(keys);
  return {
    registrations: registrations.filter(({ key }) => wanted.has(key)),
    tenants: tenants.flatMap((tenant) => {
      const mappings = tenant.mappings.filter(({ registrationKey: key }) => wanted.has(key));
      return mappings.length > 0 ? [{ ...tenant, mappings }] : [];
    }),
  };
}

/** A mapping whose row can be written down: its tenant is known. */
type Kept = ManagedMapping & { readonly tenantId: string };

/** Tells what a list can declare as the state has it from what it cannot. */
function sortOthers(
  others: readonly ManagedMapping[],
  taken: ReadonlySet<string>,
): { readonly kept: readonly Kept[]; readonly unkept: readonly ManagedMapping[] } {
  const kept = new Map<string, Kept>();
  const firsts = new Map<string, Kept>();
  const unkept: ManagedMapping[] = [];
  for (const mapping of others) {
    const key = keyIn(mapping.name);
    const first = firsts.get(key);
    const fits = isPlain(mapping) && !taken.has(key) && !kept.has(mapping.name);
    // A key of a list stands for one registration, reached in one way.
    if (fits && (!first || isReachedAlike(first, mapping))) {
      kept.set(mapping.name, mapping);
      if (!first) firsts.set(key, mapping);
    } else unkept.push(mapping);
  }
  return { kept: [...kept.values()], unkept };
}

/** Whether the next run leaves the mapping alone once it is declared, and a list can name it so. */
function isPlain(mapping: ManagedMapping): mapping is Kept {
  const { provider, name, tenantId, isPendingDelete, isProtected, isUnconfirmed } = mapping;
  if (provider !== "azurestack-csp" || isPendingDelete || isProtected || isUnconfirmed) return false;
  const key = keyIn(name);
  return tenantId !== undefined && key !== "" && name === `${key}/${tenantId.toLowerCase()}`;
}

function isReachedAlike(left: ManagedMapping, right: ManagedMapping): boolean {
  const isSame = registrationKey(left.id.registration) === registrationKey(right.id.registration);
  return isSame && compareAccess(left.access, right.access).length === 0;
}

/** The list's registrations, each as the state has it where rows of the state need it so; then those of the state alone. */
function mergeRegistrations(
  list: TenantList,
  { kept, wanted }: { readonly kept: readonly Kept[]; readonly wanted: ReadonlySet<string> },
): readonly ListedRegistration[] {
  const firsts = new Map(kept.toReversed().map((mapping) => [keyIn(mapping.name), mapping]));
  const held = new Set(kept.map(({ id }) => registrationKey(id.registration)));
  const own = list.registrations.flatMap((listed) => {
    if (wanted.has(listed.key)) return [listed];
    const first = firsts.get(listed.key);
    if (first) return [asHeld(listed, first)];
    // Under another key it is there already.
    return held.has(registrationKey(listed.registration)) ? [] : [listed];
  });
  const known = new Set(list.registrations.map(({ key }) => key));
  const left = [...firsts].filter(([key]) => !known.has(key));
  return [
    ...own,
    ...left.map(([key, { id, access, urn }]) => ({ key, registration: id.registration, access, place: placeOf(urn) })),
  ];
}

/** In the list's spelling where both are one registration, reached in one way. */
function asHeld(listed: ListedRegistration, { id: { registration }, access }: Kept): ListedRegistration {
  const isSame =
    registrationKey(listed.registration) === registrationKey(registration) &&
    compareAccess(listed.access ?? {}, access).length === 0;
  return isSame ? listed : { key: listed.key, registration, access, place: listed.place };
}

function toTenants(kept: readonly Kept[], list: TenantList): readonly Tenant[] {
  const rows = new Map(list.tenants.map((tenant) => [tenant.tenantId.toLowerCase(), tenant]));
  return kept.map((mapping) => toTenant(mapping, rows.get(mapping.tenantId.toLowerCase())));
}

function toTenant({ name, id, tenantId, retainUntil, urn }: Kept, row: Tenant | undefined): Tenant {
  const place = row?.place ?? placeOf(urn);
  return {
    name: row?.name ?? tenantId,
    tenantId,
    mappings: [{ registrationKey: keyIn(name), customerSubscriptionId: id.customerSubscriptionId, place }],
    labels: row?.labels ?? {},
    state: "active",
    ...(retainUntil === undefined ? {} : { retainUntil }),
    overwrite: [],
    place,
  };
}

/** What stands in no file is named by its resource. */
function placeOf(urn: string): Place {
  return { file: "state", line: 1, column: 1, path: urn };
}

function keyIn(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf("/")));
}
