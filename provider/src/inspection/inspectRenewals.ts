import type { ManagedMapping } from "../domain/plan/managedMapping.ts";
import type { Renewal } from "../domain/plan/plan.ts";
import { viewRegistrations } from "../domain/plan/registrationView.ts";
import { findRenewals, suspectedRenewals } from "../domain/plan/renewals.ts";
import type { TenantList } from "../domain/tenantList/tenantList.ts";
import { type ClientSource, inspectRegistrations } from "./inspectRegistrations.ts";

/** Finds the Hubs that were registered anew; asks nothing where no key of the list has come to name another registration. */
export async function inspectRenewals(
  clientOf: ClientSource,
  known: { readonly list: TenantList; readonly managed: readonly ManagedMapping[] },
): Promise<readonly Renewal[]> {
  const suspected = suspectedRenewals(known);
  if (suspected.length === 0) return [];
  const live = await inspectRegistrations(clientOf, suspected);
  return findRenewals(viewRegistrations({ ...known, live }));
}
