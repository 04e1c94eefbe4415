import type { Details } from "../errors/catalogue.ts";

/** A subscription that is mapped to one tenant and declared for another. */
export interface MappedElsewhere {
  readonly customerSubscriptionId: string;
  readonly liveTenantId: string;
  readonly tenantId: string;
  /** ARM id. */
  readonly registration: string;
}

/**
 * The details of `CSP_SUBSCRIPTION_MAPPED_ELSEWHERE`.
 *
 * @param isRight - whether the subscription is known to belong to the declared tenant, so that the row needs no correction.
 */
export function mappedElsewhere(
  ids: MappedElsewhere,
  { isRight = false }: { readonly isRight?: boolean } = {},
): Details<"CSP_SUBSCRIPTION_MAPPED_ELSEWHERE"> {
  const overwrite = `overwrite: ["${ids.customerSubscriptionId}"]`;
  const remedy = isRight
    ? `Azure says that the subscription belongs to the declared tenant, so the row is right and the live mapping is not: displace it with ${overwrite}.`
    : `Correct the ids if one of them is wrong. If the tenant is to change, name the mapping to displace: ${overwrite}.`;
  return { ...ids, remedy };
}
