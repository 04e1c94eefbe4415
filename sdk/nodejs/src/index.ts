export {
  type Declaration,
  type DeclarationInputs,
  type Details,
  type ErrorCode,
  type ErrorKind,
  formatTenantListIssue,
  hasCode,
  isProviderError,
  type ListedRegistration,
  type ParsedTenantList,
  type Place,
  ProviderError,
  parseTenantList,
  type Tenant,
  type TenantList,
  type TenantListFile,
  type TenantListIssue,
  type TenantMapping,
  type TenantState,
  toDeclarations,
} from "@azurestack-csp/provider";
export {
  CustomerSubscription,
  type CustomerSubscriptionArgs,
  type CustomerSubscriptionMapping,
  type RegistrationById,
  type RegistrationByName,
} from "./customerSubscription.ts";
export { readTenantList } from "./readTenantList.ts";
export { TenantRegistrations, type TenantRegistrationsArgs } from "./tenantRegistrations.ts";
