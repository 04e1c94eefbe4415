import { type CustomerSubscriptionId, registrationKey } from "../domain/ids.ts";
import { isMissing, type LiveTable } from "../domain/tenantListGuard/liveTable.ts";

/**
 * What the program saw live before the run.
 *
 * An engine asks nothing about a resource whose inputs have not changed, so this alone can tell that a mapping is gone
 * which the state holds. A list may lag: what it does not show is looked up by itself before anything follows from it.
 */
export interface LiveFindings {
  /** Notes what was seen; the guard's `check` calls it, before any customer is checked. */
  note(live: LiveTable): void;
  /** Whether the tenant was seen not to be mapped to the customer subscription; `false` where nobody looked. */
  isMissing(mapping: { readonly id: CustomerSubscriptionId; readonly tenantId: string }): boolean;
}

/** Findings of a run in which nobody has looked yet. */
export function createLiveFindings(): LiveFindings {
  let seen: LiveTable = {};
  return {
    note(live) {
      seen = { ...seen, ...live };
    },
    isMissing({ id: { registration, customerSubscriptionId }, tenantId }) {
      return isMissing(seen, { registration: registrationKey(registration), customerSubscriptionId, tenantId });
    },
  };
}
