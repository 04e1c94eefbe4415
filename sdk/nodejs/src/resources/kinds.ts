// The tokens under which the engine knows our resources; they are part of every URN, so they never change.

/** The type of a customer subscription in every state. */
export const CUSTOMER_SUBSCRIPTION = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";

/** The type of a tenant list's guard in every state. */
export const GUARD = "pulumi-nodejs:dynamic/azurestack:TenantListGuard";

/** The type of the component that registers a list. */
export const TENANT_REGISTRATIONS = "azurestack-csp:index:TenantRegistrations";
