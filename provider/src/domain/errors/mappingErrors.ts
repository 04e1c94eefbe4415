import { defineErrors } from "./defineErrors.ts";

export const mappingErrors = defineErrors({
  title: "Mapping errors",
  about: "Conflicts between what is declared and what is live, and doubts about what became of a write.",
  errors: {
    CSP_TENANT_MAPPED_ELSEWHERE: {
      kind: "conflict",
      fact: "Tenant {tenantId} is already mapped to customer subscription {liveCustomerSubscriptionId} on {registration}; customer subscription {customerSubscriptionId} is declared for it.",
      leadsTo:
        "A registration has one customer subscription per tenant, so writing this one would silently take the other away.",
      remedy:
        'If that is wanted, name the one to displace: overwrite: ["{liveCustomerSubscriptionId}"]. Otherwise declare {liveCustomerSubscriptionId}.',
    },
    CSP_SUBSCRIPTION_MAPPED_ELSEWHERE: {
      kind: "conflict",
      fact: "Customer subscription {customerSubscriptionId} is already mapped to tenant {liveTenantId} on {registration}; tenant {tenantId} is declared for it.",
      leadsTo:
        "Writing this mapping would take the subscription away from tenant {liveTenantId}, whose usage would then be billed to the registration's own subscription.",
      remedy: "{remedy}",
    },
    CSP_CLAIMED_TWICE: {
      kind: "conflict",
      fact: "Two resources of this run claim {claimed} on {registration}: one maps tenant {firstTenantId} to customer subscription {firstCustomerSubscriptionId}, the other tenant {secondTenantId} to {secondCustomerSubscriptionId}.",
      leadsTo: "Only one of them could last, and each run would turn them over.",
      remedy: "Keep one of the two; a tenant has one customer subscription per registration.",
    },
    CSP_DIRECTORY_MISMATCH: {
      kind: "conflict",
      fact: "Customer subscription {customerSubscriptionId} belongs to directory {directory}, but `tenantId` is {tenantId}{seen}.",
      leadsTo:
        "Wherever the two are mapped, usage of tenant {tenantId} is billed to a subscription of another directory.",
      remedy: "{remedy}",
    },
    CSP_DIRECTORY_UNRESOLVED: {
      kind: "conflict",
      fact: "`tenantId` is left out, and Azure did not say which directory customer subscription {customerSubscriptionId} belongs to.",
      leadsTo: "Without the tenant there is nothing to map the subscription to.",
      remedy: "Set `tenantId` to the customer's directory id.",
    },
    CSP_TENANT_DIFFERS: {
      kind: "conflict",
      fact: "Tenant {tenantId} was sent for customer subscription {customerSubscriptionId} on {registration}, but the service keeps tenant {liveTenantId}.",
      leadsTo: "Usage of tenant {tenantId} is not billed to this subscription.",
      remedy: "Check which directory the subscription belongs to, correct the declaration and run again.",
    },
    CSP_OUTCOME_UNKNOWN: {
      kind: "service",
      fact: "What became of the mapping of tenant {tenantId} to customer subscription {customerSubscriptionId} on {registration} is not known: {reason}.",
      leadsTo: "The mapping may be live. It is kept in the state, not initialised, so that it cannot be forgotten.",
      remedy: "Run again: the next run looks first and writes what is missing.",
    },
    CSP_RETAINED: {
      kind: "refused",
      fact: "Tenant {tenantId} keeps customer subscription {customerSubscriptionId} on {registration} until {retainUntil} (00:00 UTC after that day).",
      leadsTo:
        "Removing the mapping now would bill the tenant's remaining usage to the registration's own subscription, and moving it to another one's.",
      remedy:
        "Put the row, or the resource, back as it was, and take it out or move it after that day. If it may go earlier, put it back with another `retainUntil`, or none, and apply that by itself first.",
    },
    CSP_SUCCESSOR_NOT_MADE: {
      kind: "refused",
      fact: "Tenant {tenantId} stays mapped to customer subscription {customerSubscriptionId} on {registration}: the resource of this run that is to take its place, {successor}, {outcome}.",
      leadsTo:
        "The mapping stays in Azure and in the state. Removed, the tenant's usage would be billed to the registration's own subscription; only forgotten, it would stay live with nobody to manage it.",
      remedy:
        "Cure the error of that resource and run again: once it is made, this one goes by itself. Where it has none, run `pulumi up --refresh`, without `--replace`, `--exclude` and `deleteBeforeReplace`. If it is not wanted after all, take it out of the program.",
    },
    CSP_NOT_REMOVED: {
      kind: "service",
      fact: "The service accepted the removal of customer subscription {customerSubscriptionId} from {registration}, or answered that it is not there, and then showed it there.",
      leadsTo: "The mapping is still live, and it stays in the state.",
      remedy: "Run again; if it lasts, remove it in the spelling that the list of customer subscriptions shows.",
    },
    CSP_REGISTRATION_STOPPED: {
      kind: "refused",
      fact: "Nothing was done for customer subscription {customerSubscriptionId}: {registration} refused another request of this run ({code}).",
      leadsTo: "Its mapping is as it was before.",
      remedy: "Cure the first error reported for that registration and run again.",
    },
    CSP_STATE_UNREADABLE: {
      kind: "input",
      fact: "The state of this resource cannot be read: {reason}.",
      leadsTo: "What it manages cannot be told, so nothing is sent for it.",
      remedy:
        "Restore the state from a backup (`pulumi stack import`), or update azurestack-csp if a newer one wrote it.",
    },
  },
});
