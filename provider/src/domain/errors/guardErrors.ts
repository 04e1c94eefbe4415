import { defineErrors } from "./defineErrors.ts";

export const guardErrors = defineErrors({
  title: "Guard errors",
  about: "The guard on removals and moves, which stops an emptied, truncated or shifted list.",
  errors: {
    CSP_GUARD_REMOVALS: {
      kind: "refused",
      fact: "{count} of {managed} managed mappings would be removed, and {allowed} may be ({limit}): tenants {tenants}.",
      leadsTo: "Their usage would be billed to the registration's own subscription. No mapping was changed.",
      remedy:
        "If the list was emptied or cut off by mistake, restore it. If all {count} are meant, confirm that number: confirmedRemovals: {count}, or AZURESTACK_CSP_CONFIRMED_REMOVALS={count} for one run.",
    },
    CSP_GUARD_MOVES: {
      kind: "refused",
      fact: "{count} of {managed} managed tenants would be moved to another customer subscription or registration, and {allowed} may be ({limit}): {tenants}.",
      leadsTo:
        "Their usage would be billed to other subscriptions, or through another registration, from now on. No mapping was changed.",
      remedy:
        "If a column has slipped, restore the list. If all {count} are meant, confirm that number: confirmedMoves: {count}, or AZURESTACK_CSP_CONFIRMED_MOVES={count} for one run.",
    },
    CSP_GUARD_REMOVAL_STOPPED: {
      kind: "refused",
      fact: "The mapping of tenant {tenantId} to customer subscription {customerSubscriptionId} on {registration} was not removed: this run has removed {count} already, and {allowed} of {managed} may be ({limit}).",
      leadsTo:
        "It stays in Azure and in the state. The guard had not counted it beforehand, as after an adoption, under a renamed component, or after removals that had failed.",
      remedy:
        "If the list was emptied or cut off by mistake, restore it. If the rest is meant, `azurestack-csp plan` counts it: confirm that number with confirmedRemovals, or AZURESTACK_CSP_CONFIRMED_REMOVALS for one run.",
    },
    CSP_GUARD_MOVE_STOPPED: {
      kind: "refused",
      fact: "Tenant {tenantId} was not moved on {registration} (customer subscription {customerSubscriptionId}): this run has moved {count} already, and {allowed} of {managed} may be ({limit}).",
      leadsTo:
        "It stays as it was in Azure and in the state. The guard had not counted it beforehand, as after an adoption, under a renamed component, or after moves that had failed.",
      remedy:
        "If a column has slipped, restore the list. If the rest is meant, `azurestack-csp plan` counts it: confirm that number with confirmedMoves, or AZURESTACK_CSP_CONFIRMED_MOVES for one run.",
    },
    CSP_GUARD_INPUT_MISSING: {
      kind: "refused",
      fact: "The guard was given no `{property}`.",
      leadsTo:
        "Without it every customer could be removed or moved unseen. Pulumi leaves an input out of a run where it comes from a stack or a resource that has failed. No mapping was changed.",
      remedy:
        "Cure that stack or resource and run it again first; a program that makes the guard itself gives it `mappings`, `maxRemovals` and `maxMoves`.",
    },
    CSP_GUARD_LIMIT: {
      kind: "input",
      fact: '`{property}` is "{value}", which is no limit.',
      leadsTo: "There is no telling how much the run may take away.",
      remedy: 'Write a number, a share, or both: 5, "10%" or "5,10%".',
    },
  },
});
