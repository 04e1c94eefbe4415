import { defineErrors } from "./defineErrors.ts";

/**
 * The codes of the usage API: Azure Stack Hub documentation, "Usage API FAQ" (azure-stack-usage-related-faq), which gives
 * their statuses, too. What a Hub answers to a continuation token that it no longer takes is published nowhere.
 */
export const hubErrors = defineErrors({
  title: "Hub errors",
  about: "How a Hub is reached, and what its own resource managers and their usage API refuse.",
  errors: {
    CSP_HUB_ENDPOINT: {
      kind: "input",
      fact: '`{property}` is "{value}", which is not the https address of an endpoint of a Hub.',
      leadsTo: "Nothing can be asked of the Hub, and a token must not travel in clear or to a path of another service.",
      remedy:
        "Write `https://adminmanagement.<region>.<fqdn>` for the operator's endpoint, `https://management.<region>.<fqdn>` for the user's, without a path.",
    },
    CSP_HUB_ENDPOINTS: {
      kind: "input",
      fact: "`{property}` names {given}; it takes exactly one of `adminEndpoint` and `userEndpoint`.",
      leadsTo: "There is no telling whose usage is meant: that of all subscribers, or one's own.",
      remedy: "Keep `adminEndpoint` for the operator, `userEndpoint` for a user's own usage.",
    },
    CSP_HUB_ENDPOINT_OTHER: {
      kind: "input",
      fact: "`{property}` is {host}, which is the Hub's endpoint for {others}: tokens for it are for {audience}.",
      leadsTo: "The subscription to ask by is not to be found there, so no usage was asked for.",
      remedy:
        "Write the other endpoint, or the other property: `adminEndpoint` takes `https://adminmanagement.<region>.<fqdn>`, `userEndpoint` takes `https://management.<region>.<fqdn>`.",
    },
    CSP_HUB_ENDPOINT_TWICE: {
      kind: "input",
      fact: "Registrations {first} ({firstPlace}) and {second} both have the Hub at {endpoint}.",
      leadsTo: "A Hub has one registration in Azure, and its usage would be counted once for each of the two.",
      remedy: "Correct the endpoint of one of them, or take its `hub` out.",
    },
    CSP_HUB_QUERY: {
      kind: "input",
      fact: "The usage cannot be asked for: {problems}.",
      leadsTo: "Nothing was sent.",
      remedy: "Correct all of it; `from` and `to` are reported time in UTC, `to` is not inside.",
    },
    CSP_HUB_LIST: {
      kind: "input",
      fact: "The tenant list that is to name the Hub cannot be used:\n{issues}\n",
      leadsTo: "Nothing was sent.",
      remedy: "Correct it, and check it with `azurestack-csp validate`.",
    },
    CSP_HUB_NOT_LISTED: {
      kind: "input",
      fact: "Registration {key} has no `hub`.",
      leadsTo: "How the Hub itself is reached is not known, so nothing was sent.",
      remedy: "Add `hub` with `adminEndpoint` or `userEndpoint` to the registration; docs/tenant-list.md says how.",
    },
    CSP_HUB_CA_FILE: {
      kind: "access",
      fact: "The `caFile` {path} of {host} cannot be used: {reason}.",
      leadsTo: "Nothing was sent.",
      remedy:
        "Name a PEM file with the authority of the Hub's certificates, relative to the list that names it, or leave `caFile` out where the machine trusts it.",
    },
    CSP_HUB_METADATA: {
      kind: "access",
      fact: "{host} does not describe itself as a resource manager of a Hub does at /metadata/endpoints: {reason}.",
      leadsTo: "Where to sign in and for which audience is not known, so nothing was asked.",
      remedy: "Check the address, and look for a proxy or a sign-in page in between.",
    },
    CSP_HUB_AUTHORITY: {
      kind: "access",
      fact: "{host} says that one signs in at {authority}, which is neither a host of Microsoft's nor one of the Hub's own.",
      leadsTo: "The credential was not sent there.",
      remedy: "Check the address of the Hub. If the authority is right, name it in AZURE_AUTHORITY_HOST.",
    },
    CSP_HUB_SUBSCRIPTION: {
      kind: "access",
      fact: "Which subscription {host} is to be asked by is not known: {reason}.",
      leadsTo: "Nothing of its usage can be asked.",
      remedy:
        "Give the principal Reader on the Default Provider Subscription (a user: on its own subscription), or name the subscription.",
    },
    CSP_HUB_NOT_AUTHORIZED: {
      kind: "access",
      fact: "The principal has no right to {action} {scope} on the Hub.",
      leadsTo: "The request was not carried out, and nothing counts as gone or as unused.",
      remedy:
        "Give it Reader on the Default Provider Subscription of the Hub, for a user's endpoint on the user's subscription; a role in Azure does not count there.",
    },
    CSP_HUB_API_VERSION_MISSING: {
      kind: "refused",
      fact: "The Hub found no api-version in {request} (NoApiVersion).",
      leadsTo: "No usage was read.",
      remedy: "Look for a proxy that cuts the query off.",
    },
    CSP_HUB_PROPERTY_INVALID: {
      kind: "refused",
      fact: "The Hub does not take a parameter of {request} (InvalidProperty).",
      leadsTo: "No usage was read.",
      remedy:
        "See the Hub's own message below. Times have to be on the hour, for daily usage at midnight, in UTC; an id of another Hub is none here.",
    },
    CSP_HUB_END_IN_FUTURE: {
      kind: "refused",
      fact: "The window of {request} ends at {end}, which the Hub takes for the future (RequestEndTimeIsInFuture).",
      leadsTo: "No usage was read.",
      remedy: "End at an hour that has passed, or check the clocks of this machine and of the Hub.",
    },
    CSP_HUB_NOT_A_SUBSCRIBER: {
      kind: "refused",
      fact: "{subscriberId} is no direct tenant of the provider whose subscription is asked by (SubscriberIdIsNotDirectTenant).",
      leadsTo: "No usage was read.",
      remedy:
        "Take the id of a local subscription of this Hub. The usage of a delegated provider's tenants is that provider's to read.",
    },
    CSP_HUB_SUBSCRIPTION_MISSING: {
      kind: "refused",
      fact: "The Hub found no subscription in {request} (SubscriptionIdMissingInRequest).",
      leadsTo: "No usage was read.",
      remedy: "Look for a proxy that rewrites paths.",
    },
    CSP_HUB_GRANULARITY: {
      kind: "refused",
      fact: "The Hub takes {request} for neither hourly nor daily (InvalidAggregationGranularity).",
      leadsTo: "No usage was read.",
      remedy: "Ask `hourly` or `daily`.",
    },
    CSP_HUB_BUSY: {
      kind: "throttled",
      fact: "The Hub kept answering {request} that it is busy (ServiceUnavailable), also after {attempts} attempts.",
      leadsTo: "Nothing was read, and nothing is known of it.",
      remedy: "Run again later.",
    },
    CSP_HUB_GATEWAY_TIMEOUT: {
      kind: "service",
      fact: "The Hub's usage service took longer over {request} than its gateway waits (GatewayTimeout).",
      leadsTo: "No usage was read; a window that asks for all subscribers may be too much at once.",
      remedy: "Ask for one subscriber at a time, and run again later where that takes too long as well.",
    },
    CSP_HUB_NOT_PROCESSED: {
      kind: "service",
      fact: "The Hub has not finished processing the usage that {request} asks for (ProcessingNotCompleted).",
      leadsTo: "What it has so far would not be all, so nothing was read.",
      remedy: "Run again some hours later, or end the window earlier.",
    },
    CSP_HUB_USAGE_CONFLICT: {
      kind: "conflict",
      fact: "Reported from {start} to {end}, the Hub gives one usage twice and not alike, {first} and {second}: subscription {subscriptionId}, meter {meterId}, usage from {usageStart}, {resource}.",
      leadsTo: "One of the two would be billed wrongly, so no row of the window was handed out.",
      remedy: "Ask again; if it stays, whoever runs the Hub has to say which is right.",
    },
    CSP_HUB_PAGE_LOST: {
      kind: "service",
      fact: "The Hub no longer takes the link to a further page of {request}.",
      leadsTo: "The rows behind it were not read, and those before it alone are not the whole window.",
      remedy: "Ask for the window anew, from its first page.",
    },
  },
});
