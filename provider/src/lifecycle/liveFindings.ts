import { type CustomerSubscriptionId, registrationKey } from "../domain/ids.ts";
import { isMissing, type LiveTable } from "../domain/tenantListGuard/liveTable.ts";
import type { MappingTable } from "../domain/tenantListGuard/losses.ts";

/**
 * What the program saw live before the run, and what the last run declared.
 *
 * An engine asks nothing about a resource whose inputs have not changed, so this alone can tell that a mapping is gone
 * which the state holds. A list may lag: what it does not show is looked up by itself before anything follows from it.
 */
export interface LiveFindings {
  /** Notes what was seen; the guard's `check` calls it, before any customer is checked. */
  note(live: LiveTable): void;
  /** Whether the tenant was seen not to be mapped to the customer subscription; `false` where nobody looked. */
  isMissing(mapping: FoundMapping): boolean;
  /** Notes what the last run declared, nothing where there was none; the guard's `check` calls it, too. */
  remember(declared: MappingTable): void;
  /** Whether a mapping of the state came there beside a run, as by an import: no run declared it. `false` without a guard. */
  cameBeside(mapping: FoundMapping): boolean;
}

type FoundMapping = { readonly id: CustomerSubscriptionId; readonly tenantId: string };

/** Findings of a run in which nobody has looked yet. */
export function createLiveFindings(): LiveFindings {
  let seen: LiveTable = {};
  const remembered: MappingTable[] = [];
  return {
    note(live) {
      seen = { ...seen, ...live };
    },
    isMissing({ id: { registration, customerSubscriptionId }, tenantId }) {
      return isMissing(seen, { registration: registrationKey(registration), customerSubscriptionId, tenantId });
    },
    remember: (declared) => void remembered.push(declared),
    cameBeside({ id: { registration, customerSubscriptionId }, tenantId }) {
      const subscriptions = remembered.map((table) => table[registrationKey(registration)]?.[tenantId.toLowerCase()]);
      const isRemembered = subscriptions.some((known) => known?.toLowerCase() === customerSubscriptionId.toLowerCase());
      return remembered.length > 0 && !isRemembered;
    },
  };
}
