import { defineErrors } from "./defineErrors.ts";

export const planErrors = defineErrors({
  title: "Plan errors",
  about: "What a plan finds between a tenant list and what is live.",
  errors: {
    CSP_BILLING_MODEL_CAPACITY: {
      kind: "refused",
      fact: "{registration} is billed by capacity, and {count} customers are declared on it.",
      leadsTo: "Azure takes no customer subscriptions there, so each of them would be refused.",
      remedy:
        "Register the Hub again with `Set-AzsRegistration -BillingModel PayAsYouUse`, or take it out of the list.",
    },
    CSP_BILLING_MODEL_UNUSUAL: {
      kind: "refused",
      fact: "The billing model of {registration} is {billingModel}, not PayAsYouUse.",
      leadsTo: "Its customers' usage may not be billed to their subscriptions.",
      remedy: "Check with Microsoft that this registration serves several tenants.",
    },
    CSP_HUB_REGISTERED_ANEW: {
      kind: "conflict",
      fact: "`{key}` named {from} before and names {to} now, and {reason}; {count} customers go over.",
      leadsTo:
        "Each is registered on the new one first and removed from the old one, where that is still there, after it. The guard counts them as moves.",
      remedy:
        "If the Hub was registered anew, confirm the number: `--max-moves {count}`; the guard of a program counts them as removals, and takes confirmedRemovals: {count}. Otherwise correct the registration in the list.",
    },
    CSP_LOCK_MET: {
      kind: "refused",
      fact: "Changes on {registration}, {count} in number, would meet {locks}.",
      leadsTo: "They would fail half-way, after other changes have been made.",
      remedy:
        "If the list has lost rows by mistake, restore it. If {count} is what is meant, lift the lock for this run, in which RUN stands for its command:\n{commands}",
    },
    CSP_LOCKS_UNREADABLE: {
      kind: "access",
      fact: "Whether {registration} is locked cannot be told: {reason}",
      leadsTo: "Changes on it may be refused half-way: removals and moves by any lock, all others by a read-only one.",
      remedy: "Let the principal read locks (Microsoft.Authorization/locks/read).",
    },
    CSP_DIRECTORY_UNKNOWN: {
      kind: "conflict",
      fact: "Azure did not say which directory customer subscription {customerSubscriptionId} belongs to; tenant {tenantId} is declared for it.",
      leadsTo:
        "Nothing shows that the two belong together, and usage might be billed to another customer's subscription.",
      remedy:
        "Check the row by hand; an id of another cloud or a subscription that does not exist looks the same, and so do `tenantId` and `customerSubscriptionId` that have changed places.",
    },
    CSP_TENANT_MOVES: {
      kind: "conflict",
      fact: "Tenant {tenantId} is mapped to customer subscription {liveCustomerSubscriptionId} on {registration}; customer subscription {customerSubscriptionId} is declared for it.",
      leadsTo:
        "`pulumi up` moves the tenant where this stack registered {liveCustomerSubscriptionId} for it, and is refused otherwise.",
      remedy:
        'Check that the move is meant; `azurestack-csp plan` knows what the stack registered. To displace another mapping, name it: overwrite: ["{liveCustomerSubscriptionId}"].',
    },
    CSP_SUBSCRIPTION_CHANGES_TENANT: {
      kind: "conflict",
      fact: "Customer subscription {customerSubscriptionId} is mapped to tenant {liveTenantId} on {registration}; tenant {tenantId} is declared for it.",
      leadsTo:
        "`pulumi up` corrects the mapping where this stack registered it for tenant {tenantId}, and is refused otherwise.",
      remedy:
        'Find out who uses the subscription; `azurestack-csp plan` knows what the stack registered. To displace the mapping, name it: overwrite: ["{customerSubscriptionId}"].',
    },
    CSP_OVERWRITE_DONE: {
      kind: "conflict",
      fact: "`overwrite: [{overwrite}]` of tenant {tenant} has done its work: the row is live as declared.",
      leadsTo:
        "While it stays, a later run displaces whoever is mapped to such a subscription by then, without asking.",
      remedy: "Remove `overwrite` from the row.",
    },
    CSP_RETAIN_UNTIL_PAST: {
      kind: "conflict",
      fact: "`retainUntil` of tenant {tenant} is {retainUntil}, and today is {today}.",
      leadsTo: "It keeps nothing: the mapping may be removed at once, before its last usage has arrived.",
      remedy: "Correct the date if the mapping has to stay, or leave it out.",
    },
    CSP_LIVE_UNDECLARED: {
      kind: "conflict",
      fact: "Live on {registration} and not in the list, {count} in number: {mappings}.",
      leadsTo: "`pulumi up` removes those that this stack registered, and leaves the others alone.",
      remedy: "Check that each is meant to leave, or add its row; `azurestack-csp adopt` writes rows for what is live.",
    },
    CSP_WRITES_LEFT: {
      kind: "conflict",
      fact: "A run that was interrupted registered what is live and not in the list, {count} in number: {mappings}.",
      leadsTo: "{held}; usage goes on being billed there.",
      remedy:
        "Declare what is to stay. `azurestack-csp reconcile` takes the rest into the state and removes it as it removes a row that was taken out.",
    },
    CSP_LIVE_TENANT_UNKNOWN: {
      kind: "conflict",
      fact: "Azure does not tell the tenant of customer subscriptions on {registration}, {count} in number: {mappings}.",
      leadsTo: "Nothing shows that they are mapped as declared, or that none of them holds another customer's tenant.",
      remedy: "Look at them in the portal, or run `pulumi refresh` once Azure tells the tenants again.",
    },
  },
});
