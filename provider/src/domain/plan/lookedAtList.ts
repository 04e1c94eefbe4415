import type { TenantList } from "../tenantList/tenantList.ts";
import { type LiveTable, toLiveTable } from "../tenantListGuard/liveTable.ts";
import { isReadable, type RegistrationFacts } from "./liveFacts.ts";

/** A tenant list, together with what a look at its registrations has shown. */
export interface LookedAtTenantList extends TenantList {
  /** What was live on the registrations that could be read; absent where nobody looked. */
  readonly live?: LiveTable | undefined;
}

/** What was live on the registrations that could be read. */
export function liveTableOf(facts: readonly RegistrationFacts[]): LiveTable {
  return toLiveTable(facts.filter(isReadable));
}
