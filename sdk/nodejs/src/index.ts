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
  type Granularity,
  getCustomerSubscription,
  getRegistration,
  type HubAccess,
  hasCode,
  isProviderError,
  type ListedRegistration,
  type LookedAtTenantList,
  listCustomerSubscriptions,
  type ParsedTenantList,
  type Place,
  ProviderError,
  parseTenantList,
  type QueryOptions,
  type Registration,
  type RegistrationReference,
  type ReportedUsageRow,
  type Tenant,
  type TenantList,
  type TenantListEdit,
  type TenantListFile,
  type TenantListIssue,
  type TenantMapping,
  type TenantState,
  toDeclarations,
  type UsageRequest,
  type WritableTenant,
  type WritableTenantList,
  type WriteOptions,
  writeTenantList,
} from "@azurestack-csp/provider";
export {
  CustomerSubscription,
  type CustomerSubscriptionArgs,
  type CustomerSubscriptionMapping,
  type RegistrationAccess,
  type RegistrationById,
  type RegistrationByName,
} from "./resources/customerSubscription.ts";
export { guardFromConfig } from "./resources/guardFromConfig.ts";
export { TenantListGuard, type TenantListGuardArgs, type TenantListGuardLimits } from "./resources/tenantListGuard.ts";
export { TenantRegistrations, type TenantRegistrationsArgs } from "./resources/tenantRegistrations.ts";
export { type CheckTenantListOptions, checkTenantList } from "./tenantList/checkTenantList.ts";
export { readTenantList } from "./tenantList/readTenantList.ts";
export { type RequireTenantListOptions, requireTenantList } from "./tenantList/requireTenantList.ts";
export { type GetUsageArgs, type GetUsageOptions, getUsage, type UsageHub } from "./usage/getUsage.ts";
