import { defineErrors } from "./defineErrors.ts";

export const serviceErrors = defineErrors({
  title: "Service errors",
  about: "Answers of Azure Resource Manager's front door that are not about the registration itself.",
  errors: {
    CSP_RESOURCE_NOT_FOUND: {
      kind: "notFound",
      fact: "{id} does not exist (ResourceNotFound).",
      leadsTo:
        "For a customer subscription, usage is billed to the registration's own subscription where its tenant has no other there.",
      remedy:
        "Check every part of the id, the registration's name among them. If all are right, `pulumi up` registers the customer subscription again.",
    },
    CSP_PARENT_NOT_FOUND: {
      kind: "notFound",
      fact: "What should hold {id} does not exist.",
      leadsTo: "The request was not carried out. This alone does not show that the mapping is gone.",
      remedy: "Check resource group and registration name; a registration that was made anew has lost its customers.",
    },
    CSP_SUBSCRIPTION_NOT_FOUND: {
      kind: "notFound",
      fact: "Azure does not know the subscription of {id} (SubscriptionNotFound).",
      leadsTo:
        "The request was not carried out, and nothing counts as gone: it may live in another cloud or directory.",
      remedy: "Check the subscription id, and that credential and cloud are the ones it was registered with.",
    },
    CSP_SUBSCRIPTION_DISABLED: {
      kind: "refused",
      fact: "The subscription of {id} is disabled and can only be read (ReadOnlyDisabledSubscription).",
      leadsTo: "No mapping of it can be changed.",
      remedy: "Enable the subscription again in the portal or in Partner Center.",
    },
    CSP_TYPE_NOT_SERVED: {
      kind: "refused",
      fact: "The service does not know customer subscriptions of registrations at api-version {apiVersion}.",
      leadsTo: "The request was not carried out, and nothing counts as gone: this is likely another cloud.",
      remedy: "Check the cloud (ARM_ENVIRONMENT, AZURESTACK_CSP_RESOURCE_MANAGER) and AZURESTACK_CSP_API_VERSION.",
    },
    CSP_PROVIDER_NOT_REGISTERED: {
      kind: "refused",
      fact: "The subscription of {id} is not registered for Microsoft.AzureStack (MissingSubscriptionRegistration).",
      leadsTo: "Nothing of it can be read or written.",
      remedy:
        "Run `az provider register --namespace Microsoft.AzureStack --subscription {registrationSubscriptionId}`.",
    },
    CSP_SCOPE_LOCKED: {
      kind: "refused",
      fact: "{id} is locked by {locks}.",
      leadsTo: "The request was not carried out; the mapping stays as it was, in Azure and in the state.",
      remedy: "Lift the lock, run again, and put it back:\n{commands}",
    },
    CSP_THROTTLED: {
      kind: "throttled",
      fact: "Azure kept refusing {request} as too frequent (429), also after {attempts} attempts.",
      leadsTo: "The last attempt was not carried out.",
      remedy: "Run again later, or find what else writes to the subscription with the same principal.",
    },
    CSP_SERVICE_FAILED: {
      kind: "service",
      fact: "The service failed on {request}, also after {attempts} attempts.",
      leadsTo: "Whether it was carried out is not known.",
      remedy: "Run again later; if it lasts, open a support request with the correlation id.",
    },
    CSP_OPERATION_UNFINISHED: {
      kind: "service",
      fact: "Azure accepted {request} and had not finished it after {minutes} minutes ({state}).",
      leadsTo: "Whether it is carried out in the end is not known.",
      remedy: "Run again later: the next run looks first. If it lasts, open a support request with the correlation id.",
    },
    CSP_REQUEST_REFUSED: {
      kind: "refused",
      fact: "Azure refused {request}.",
      leadsTo: "It was not carried out.",
      remedy: "See Azure's own message below.",
    },
    CSP_PAGING_BROKEN: {
      kind: "service",
      fact: "The list {request} cannot be read to its end: {reason}.",
      leadsTo: "A list read in part must not be taken for the whole.",
      remedy: "Run again; if it lasts, open a support request with the correlation id.",
    },
    CSP_CLOUD_NOT_REGISTERED: {
      kind: "notFound",
      fact: "No registration of subscription {registrationSubscriptionId} has cloud id {cloudId}; those that can be seen: {known}.",
      leadsTo: "There is no registration to put customer subscriptions under.",
      remedy:
        "Check the subscription, the principal's right to read it, and CloudID as Get-AzureStackStampInformation prints it on the Hub.",
    },
    CSP_CLOUD_REGISTERED_TWICE: {
      kind: "conflict",
      fact: "Several registrations have cloud id {cloudId}: {registrations}.",
      leadsTo: "A customer registered under the wrong one is not billed.",
      remedy: "Name the registration by its ARM id, and remove the one that the Hub no longer uses.",
    },
  },
});
