export { isProviderError } from "../domain/errors/providerError.ts";
export { createDeps, type DepsOptions } from "./createDeps.ts";
export { createCustomerSubscription } from "./customerSubscription.ts";
export type { Change, Deps } from "./deps.ts";
export { InitializationError, isInitializationError } from "./initializationError.ts";
export type { CheckFailure, Declared, Existing, ResourceLifecycle } from "./resourceLifecycle.ts";
export { createRun, type Run } from "./run/run.ts";
export { createTenantListGuard } from "./tenantListGuard.ts";
