export { errorCatalogue, type Details, type ErrorCode, type ErrorEntry, type ErrorKind } from "./domain/errors/catalogue.ts";
export { hasCode, isProviderError, ProviderError, type ServiceAnswer } from "./domain/errors/providerError.ts";
export {
  type CustomerSubscriptionId,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  parseCustomerSubscriptionId,
  parseRegistrationId,
  type RegistrationId,
} from "./domain/ids.ts";
export { createCustomerSubscription } from "./lifecycle/customerSubscription.ts";
export type { Change, Deps } from "./lifecycle/deps.ts";
export { InitializationError, isInitializationError } from "./lifecycle/initializationError.ts";
export type { CheckFailure, Declared, Existing, ResourceLifecycle } from "./lifecycle/resourceLifecycle.ts";
export { createRun, type Mapping, type Run } from "./lifecycle/run.ts";
