export {
  type CustomerSubscription as LiveCustomerSubscription,
  type Declaration,
  type DeclarationInputs,
  type Details,
  type ErrorCode,
  type ErrorKind,
  formatTenantListIssue,
  getCustomerSubscription,
  getRegistration,
  hasCode,
  isProviderError,
  type ListedRegistration,
  listCustomerSubscriptions,
  type ParsedTenantList,
  type Place,
  ProviderError,
  parseTenantList,
  type QueryOptions,
  type Registration,
  type RegistrationReference,
  type Tenant,
  type TenantList,
  type TenantListFile,
  type TenantListIssue,
  type TenantMapping,
  type TenantState,
  toDeclarations,
} from "@azurestack-csp/provider";
export { type CheckTenantListOptions, checkTenantList } from "./checkTenantList.ts";
export {
  CustomerSubscription,
  type CustomerSubscriptionArgs,
  type CustomerSubscriptionMapping,
  type RegistrationById,
  type RegistrationByName,
} from "./customerSubscription.ts";
export { readTenantList } from "./readTenantList.ts";
export { TenantListGuard, type TenantListGuardArgs, type TenantListGuardLimits } from "./tenantListGuard.ts";
export { TenantRegistrations, type TenantRegistrationsArgs } from "./tenantRegistrations.ts";
