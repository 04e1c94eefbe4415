export { isProviderError } from "../domain/errors/providerError.ts";
export { InitializationError, isInitializationError } from "./initializationError.ts";
export { createLifecycles, type Kind } from "./kinds.ts";
export type { CheckFailure, Declared, Existing, ResourceLifecycle } from "./resourceLifecycle.ts";
export type { NotedWrite, WriteNotes } from "./writeNotes.ts";
