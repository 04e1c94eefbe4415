export {
  type CloudName,
  type CustomerSubscription as LiveCustomerSubscription,
  type Declaration,
  type DeclarationInputs,
  type Details,
  type EditRequest,
  type ErrorCode,
  type ErrorKind,
  editTenantList,
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
  type TenantListEdit,
  type TenantListFile,
  type TenantListIssue,
  type TenantMapping,
  type TenantState,
  toDeclarations,
  type WritableTenant,
  type WritableTenantList,
  type WriteOptions,
  writeTenantList,
} from "@azurestack-csp/provider";
export { type CheckTenantListOptions, checkTenantList } from "./checkTenantList.ts";
export {
  CustomerSubscription,
  type CustomerSubscriptionArgs,
  type CustomerSubscriptionMapping,
  type RegistrationAccess,
  type RegistrationById,
  type RegistrationByName,
} from "./customerSubscription.ts";
export { guardFromConfig } from "./guardFromConfig.ts";
export { readTenantList } from "./readTenantList.ts";
export { type RequireTenantListOptions, requireTenantList } from "./requireTenantList.ts";
export { TenantListGuard, type TenantListGuardArgs, type TenantListGuardLimits } from "./tenantListGuard.ts";
export { TenantRegistrations, type TenantRegistrationsArgs } from "./tenantRegistrations.ts";
