import type { Access } from "../access.ts";
import type { CustomerSubscriptionId } from "../ids.ts";
import type { Place, Tenant, TenantList, TenantState } from "./tenantList.ts";

/** The inputs of a declared customer subscription, spelled as in the list. */
export interface DeclarationInputs extends Access {
  readonly registrationSubscriptionId: string;
  readonly resourceGroup: string;
  readonly registrationName: string;
  readonly customerSubscriptionId: string;
  readonly tenantId: string;
  /** Absent where the list names none; a mutable copy, as Pulumi's input types ask for. */
  readonly overwrite?: string[];
  /** The last day, `YYYY-MM-DD` in UTC, on which the mapping may not be removed. */
  readonly retainUntil?: string;
}

/** One customer subscription to be declared: one tenant on one registration. */
export interface Declaration {
  /** `<registration key>/<tenant id in lower case>`: the resource's name, which only these two can change. */
  readonly name: string;
  readonly registrationKey: string;
  readonly tenantName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly state: TenantState;
  /** Which customer subscription it is; the registration's parts are read from the list once. */
  readonly id: CustomerSubscriptionId;
  readonly inputs: DeclarationInputs;
  /** Where the tenant's row begins. */
  readonly place: Place;
}

/** The customer subscriptions that a list declares, by name, so that the order of rows does not matter. */
export function toDeclarations(list: TenantList): readonly Declaration[] {
  const registrations = new Map(list.registrations.map((listed) => [listed.key, listed]));
  return list.tenants
    .flatMap((tenant) =>
      tenant.mappings.flatMap(({ registrationKey, customerSubscriptionId }): Declaration[] => {
        const listed = registrations.get(registrationKey);
        if (!listed) return [];
        const { registration, access } = listed;
        const inputs = { ...registration, ...access, customerSubscriptionId };
        return [toDeclaration(tenant, { registrationKey, id: { registration, customerSubscriptionId }, inputs })];
      }),
    )
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function toDeclaration(
  tenant: Tenant,
  mapping: Pick<Declaration, "registrationKey" | "id"> & { readonly inputs: Omit<DeclarationInputs, "tenantId"> },
): Declaration {
  const { name, tenantId, labels, state, retainUntil, overwrite, place } = tenant;
  const { registrationKey, id, inputs } = mapping;
  return {
    name: `${registrationKey}/${tenantId.toLowerCase()}`,
    registrationKey,
    tenantName: name,
    labels,
    state,
    id,
    inputs: {
      ...inputs,
      tenantId,
      ...(overwrite.length > 0 ? { overwrite: [...overwrite] } : {}),
      ...(retainUntil === undefined ? {} : { retainUntil }),
    },
    place,
  };
}
