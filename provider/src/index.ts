export {
  type AzureClients,
  createAzureClients,
  createClientsByAccess,
} from "./clients/connect.ts";
export { createHubClient, type HubClientOptions } from "./clients/connectHub.ts";
export type {
  Activation,
  HubClient,
  HubDescription,
  HubUsagePage,
  LocalSubscription,
} from "./clients/hub/hubClient.ts";
export {
  getCustomerSubscription,
  getRegistration,
  listCustomerSubscriptions,
  type QueryOptions,
  type RegistrationReference,
} from "./clients/queries.ts";
export { findConfirmed, findCustomerSubscription } from "./clients/registrations/findCustomerSubscription.ts";
export type {
  CustomerSubscription,
  Registration,
} from "./clients/registrations/registrationsClient.ts";
export { type Access, type AccessChange, type CloudName, readAccess } from "./domain/access.ts";
export { aFew } from "./domain/aFew.ts";
export { DELETED_FIRST } from "./domain/customerSubscription/inputs.ts";
export { type Details, type ErrorCode, errorCatalogue, providerFamilies } from "./domain/errors/catalogue.ts";
export {
  defineErrors,
  type ErrorDefinition,
  type ErrorFamily,
  type ErrorKind,
} from "./domain/errors/defineErrors.ts";
export { hasCode, isCatalogueError, isProviderError, ProviderError } from "./domain/errors/providerError.ts";
export { codeForService } from "./domain/errors/serviceCodes.ts";
export { endpointOf, type HubAccess, type HubEndpointKind } from "./domain/hub.ts";
export {
  type CustomerSubscriptionId,
  customerSubscriptionKey,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  parseCustomerSubscriptionId,
  parseRegistrationId,
  type RegistrationId,
  registrationKey,
  sameId,
} from "./domain/ids.ts";
export { type Issue, issue } from "./domain/issues.ts";
export {
  type DeclaredLock,
  declaredLockCommand,
  isDeclaredLock,
  type ManagementLock,
  ownLocks,
} from "./domain/locks.ts";
export { adoptedState } from "./domain/plan/adoptedState.ts";
export { chooseRows, type LimitedTenantList, limitTenantList } from "./domain/plan/limitTenantList.ts";
export {
  type Directories,
  isNotThere,
  isReadable,
  type LiveMapping,
  type LockFacts,
  type Problem,
  type ReadableRegistration,
  type RegistrationFacts,
} from "./domain/plan/liveFacts.ts";
export { type LookedAtTenantList, liveTableOf } from "./domain/plan/lookedAtList.ts";
export type { ManagedMapping } from "./domain/plan/managedMapping.ts";
export {
  CHANGE_KINDS,
  type ChangeKind,
  type DueRow,
  formatPlanIssue,
  isUnread,
  type Plan,
  type PlanIssue,
  type PlannedChange,
  type RegistrationPlan,
  type Renewal,
  type WrongMapping,
} from "./domain/plan/plan.ts";
export { type PlanRequest, planTenantList } from "./domain/plan/planTenantList.ts";
export { readManagedMappings } from "./domain/plan/readManagedMappings.ts";
export { successorKeys, suspectedRenewals } from "./domain/plan/renewals.ts";
export { parseSource } from "./domain/tenantList/formats/parseSource.ts";
export type { ParseRequest } from "./domain/tenantList/formats/parseYamlNode.ts";
export {
  type CsvRecord,
  type CsvShape,
  type NamedCell,
  readCsvTable,
} from "./domain/tenantList/formats/readCsvTable.ts";
export {
  describeNode,
  type MapEntry,
  type MapNode,
  placeWith,
  type ScalarNode,
  type SourceNode,
} from "./domain/tenantList/formats/sourceNode.ts";
export { didYouMean, nearWords } from "./domain/tenantList/nearest.ts";
export { createNodeReader, type Fields, isGiven, type NodeReader, unknownKey } from "./domain/tenantList/nodeReader.ts";
export {
  type ParsedTenantList,
  parseTenantList,
  type TenantListFile,
} from "./domain/tenantList/parseTenantList.ts";
export { type ExportedCustomer, readCustomerExport } from "./domain/tenantList/readCustomerExport.ts";
export type {
  ListedRegistration,
  Place,
  Tenant,
  TenantList,
  TenantMapping,
  TenantState,
} from "./domain/tenantList/tenantList.ts";
export {
  createFileIssueCollector,
  type FileIssue,
  formatPlace,
  formatTenantListIssue,
  type IssueCollector,
  type OtherWords,
  type TenantListIssue,
} from "./domain/tenantList/tenantListIssue.ts";
export { type Declaration, type DeclarationInputs, toDeclarations } from "./domain/tenantList/toDeclarations.ts";
export { csvText } from "./domain/tenantList/writing/csvText.ts";
export { type EditRequest, editTenantList, type TenantListEdit } from "./domain/tenantList/writing/editTenantList.ts";
export type { WritableTenant, WritableTenantList } from "./domain/tenantList/writing/rows.ts";
export { type WriteOptions, writeTenantList } from "./domain/tenantList/writing/writeTenantList.ts";
export { type GuardLimits, judgeLosses, type LossNames } from "./domain/tenantListGuard/judge.ts";
export { DEFAULT_LIMIT, formatLimit, type Limit, parseLimit } from "./domain/tenantListGuard/limit.ts";
export {
  countLosses,
  type Loss,
  type Losses,
  type MappingTable,
  toMappingTable,
} from "./domain/tenantListGuard/losses.ts";
export { type MappingTexts, writeMappings } from "./domain/tenantListGuard/mappingTexts.ts";
export type { UsageRequest } from "./domain/usage/askedUsage.ts";
export {
  createUsagePageReader,
  type UsagePageReader,
  type UsagePageSource,
} from "./domain/usage/createUsagePageReader.ts";
export { type StorableQuantity, toStorable, type Unstorable } from "./domain/usage/quantity.ts";
export type { Granularity, ReportedWindow, UsagePage, UsageQuery } from "./domain/usage/usageQuery.ts";
export type { UsageRow } from "./domain/usage/usageRow.ts";
export {
  cloudNameProblem,
  credentialPrefixProblem,
  dateProblem,
  guidProblem,
  judgeRegistrationId,
  printableProblem,
} from "./domain/validators.ts";
export type { ClientSource } from "./inspection/inspectRegistrations.ts";
export { inspectRenewals } from "./inspection/inspectRenewals.ts";
export { type Inspection, type InspectionRequest, inspectTenantList } from "./inspection/inspectTenantList.ts";
export { type ReportedUsageRow, readUsage, type UsageReading } from "./usage/readUsage.ts";
