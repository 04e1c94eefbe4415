import {
  type ManagedMapping,
  type MappingTable,
  type RegistrationId,
  registrationKey,
  type TenantList,
  toDeclarations,
} from "@azurestack-csp/provider";

interface Mapping {
  readonly registration: RegistrationId;
  readonly tenantId: string;
  readonly customerSubscriptionId: string;
}

/** What a list declares. */
export function tableOfList(list: TenantList): MappingTable {
  return toTable(toDeclarations(list).map(({ inputs }) => ({ ...inputs, registration: inputs })));
}

/** What a stack manages and does not delete anyway. */
export function tableOfManaged(managed: readonly ManagedMapping[]): MappingTable {
  return toTable(
    managed
      .filter(({ provider, isPendingDelete }) => provider === "azurestack-csp" && !isPendingDelete)
      .map(({ id, tenantId = `unknown, of ${id.customerSubscriptionId}` }) => ({ ...id, tenantId })),
  );
}

function toTable(mappings: readonly Mapping[]): MappingTable {
  const table: Record<string, Record<string, string>> = {};
  for (const { registration, tenantId, customerSubscriptionId } of mappings) {
    const key = registrationKey(registration);
    table[key] ??= {};
    table[key][tenantId.toLowerCase()] = customerSubscriptionId.toLowerCase();
  }
  return table;
}
