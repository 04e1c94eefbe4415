export { isProviderError } from "../domain/errors/providerError.ts";
export type { Change, Deps } from "./customerSubscription/deps.ts";
export { createCustomerSubscription } from "./customerSubscription/lifecycle.ts";
export { createRun, type Run } from "./customerSubscription/run/run.ts";
export { InitializationError, isInitializationError } from "./initializationError.ts";
export type { CheckFailure, Declared, Existing, ResourceLifecycle } from "./resourceLifecycle.ts";
export { createDeps, type DepsOptions } from "./session.ts";
export { createTenantListGuard } from "./tenantListGuard/lifecycle.ts";
