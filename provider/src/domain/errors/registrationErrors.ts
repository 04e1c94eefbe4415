import { defineErrors } from "./defineErrors.ts";

/**
 * Source: Azure Stack Hub operator documentation, "Tenant registration error codes" (azure-stack-registration-errors).
 * HTTP statuses are not published there, so errors are told apart by ARM's `error.code` alone.
 */
export const registrationErrors = defineErrors({
  title: "Registration errors",
  about: "The eight codes of the registration service.",
  errors: {
    CSP_REGISTRATION_NOT_FOUND: {
      kind: "notFound",
      fact: "{registration} does not exist.",
      leadsTo:
        "No customer can be registered there. By this alone nothing of it counts as removed: the list of its subscription's registrations has to confirm it.",
      remedy:
        "Check subscription, resource group and name. `getRegistration({ registrationSubscriptionId, cloudId })` finds a Hub's registration by its cloud id, which Get-AzureStackStampInformation prints on the Hub.",
    },
    CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND: {
      kind: "notFound",
      fact: "Customer subscription {customerSubscriptionId} is not registered under {registration} (CustomerSubscriptionNotFound).",
      leadsTo:
        "Where its tenant has no other customer subscription there, usage is billed to the registration's own subscription.",
      remedy: "Register it with `pulumi up`, or correct the id; its letter case may matter.",
    },
    CSP_INVALID_CUSTOMER_SUBSCRIPTION_ID: {
      kind: "refused",
      fact: "{customerSubscriptionId} is not an Azure subscription (InvalidCustomerSubscriptionId).",
      leadsTo:
        "The tenant stays as it was: where nothing maps it yet, its usage is billed to the registration's own subscription.",
      remedy: "Take the subscription id from Partner Center or from the Azure portal, not the one shown on the Hub.",
    },
    CSP_INVALID_CSP_SUBSCRIPTION: {
      kind: "refused",
      fact: "{customerSubscriptionId} is not a subscription of the Cloud Solution Provider program (InvalidCSPSubscription).",
      leadsTo:
        "The tenant stays as it was: where nothing maps it yet, its usage is billed to the registration's own subscription.",
      remedy:
        "Check the id for a typing error; if it is right, create a subscription for the customer in Partner Center.",
    },
    CSP_BAD_CUSTOMER_SUBSCRIPTION_ID: {
      kind: "refused",
      fact: "{customerSubscriptionId} and {registration} do not belong to the same partner (BadCustomerSubscriptionId).",
      leadsTo: "The tenant stays as it was; Azure protects another partner's customer from being billed here.",
      remedy:
        "Check the id and its letter case. The subscription must be sold by the partner who owns the registration's subscription.",
    },
    CSP_UNAUTHORIZED_CSP_REGISTRATION: {
      kind: "refused",
      fact: "Microsoft has not approved {registration} for multi-tenancy (UnauthorizedCspRegistration).",
      leadsTo: "No customer can be registered there until it has; rights and roles do not help.",
      remedy:
        "Write to azstCSP@microsoft.com with the registration's name, resource group and subscription id; it takes one or two business days.",
    },
    CSP_CUSTOMER_SUBSCRIPTIONS_NOT_ALLOWED: {
      kind: "refused",
      fact: "{registration} takes no customer subscriptions (CustomerSubscriptionsNotAllowed): it is billed by capacity, or disconnected.",
      leadsTo: "Usage of its tenants cannot be billed to customers.",
      remedy: "Register the Hub again with `Set-AzsRegistration -BillingModel PayAsYouUse`.",
    },
    CSP_METADATA_RESOLVER_BAD_GATEWAY: {
      kind: "service",
      fact: "A server behind the registration service failed (MetadataResolverBadGatewayError), also after retries.",
      leadsTo: "The request was not carried out, or its outcome is not known.",
      remedy: "Run again later; if it lasts, open a support request with the correlation id.",
    },
  },
});
