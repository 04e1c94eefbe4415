import {
  type ManagedMapping,
  type MappingTable,
  type TenantList,
  toDeclarations,
  toMappingTable,
} from "@azurestack-csp/provider";

/** What a list declares. */
export function tableOfList(list: TenantList): MappingTable {
  return toMappingTable(toDeclarations(list).map(({ id, inputs }) => ({ id, tenantId: inputs.tenantId })));
}

/** What a stack manages and does not delete anyway. */
export function tableOfManaged(managed: readonly ManagedMapping[]): MappingTable {
  return toMappingTable(
    managed
      .filter(({ provider, isPendingDelete }) => provider === "azurestack-csp" && !isPendingDelete)
      .map(({ id, tenantId = `unknown, of ${id.customerSubscriptionId}` }) => ({ id, tenantId })),
  );
}
