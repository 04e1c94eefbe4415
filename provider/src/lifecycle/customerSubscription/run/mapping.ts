import { type CustomerSubscriptionId, registrationKey, sameId } from "../../../domain/ids.ts";

/** A mapping that a resource declares, holds or writes. */
export interface Mapping {
  readonly id: CustomerSubscriptionId;
  readonly tenantId: string;
}

/** One key for all spellings of a tenant on a registration. */
export function tenantKey({ id, tenantId }: Mapping): string {
  return `${registrationKey(id.registration)}|${tenantId.toLowerCase()}`;
}

/** One key for all spellings of a mapping. */
export function mappingKey(mapping: Mapping): string {
  return `${tenantKey(mapping)}|${mapping.id.customerSubscriptionId.toLowerCase()}`;
}

/** Whether two mappings of one registration are the same. */
export function sameMapping(left: Mapping, right: Mapping): boolean {
  return (
    sameId(left.id.customerSubscriptionId, right.id.customerSubscriptionId) && sameId(left.tenantId, right.tenantId)
  );
}
