export {
  getCustomerSubscription,
  getRegistration,
  listCustomerSubscriptions,
  type QueryOptions,
  type RegistrationReference,
} from "./clients/queries.ts";
export type { CustomerSubscription, Registration, RegistrationsClient } from "./clients/registrationsClient.ts";
export {
  type Details,
  type ErrorCode,
  type ErrorEntry,
  type ErrorKind,
  errorCatalogue,
} from "./domain/errors/catalogue.ts";
export { hasCode, isProviderError, ProviderError, type ServiceAnswer } from "./domain/errors/providerError.ts";
export {
  type CustomerSubscriptionId,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  parseCustomerSubscriptionId,
  parseRegistrationId,
  type RegistrationId,
} from "./domain/ids.ts";
export {
  type ParsedTenantList,
  parseTenantList,
  type TenantListFile,
} from "./domain/tenantList/parseTenantList.ts";
export type {
  ListedRegistration,
  Place,
  Tenant,
  TenantList,
  TenantMapping,
  TenantState,
} from "./domain/tenantList/tenantList.ts";
export {
  createIssueCollector,
  formatTenantListIssue,
  type TenantListIssue,
} from "./domain/tenantList/tenantListIssue.ts";
export { type Declaration, type DeclarationInputs, toDeclarations } from "./domain/tenantList/toDeclarations.ts";
