export type { Facts, Mapping } from "./control/facts.ts";
export { createEmulator, type Emulator, type EmulatorOptions } from "./createEmulator.ts";
export type { HubConnection } from "./hubConnections.ts";
export { defaultModes, type Modes } from "./modes.ts";
export type { FaultEffect, FaultMatch, FaultPlace, FaultRule } from "./pipeline/faultRules.ts";
export type { JournalEntry, JournalKind } from "./pipeline/journal.ts";
export { type RunEmulatorOptions, runEmulator } from "./program/runEmulator.ts";
export type { BucketLimit, ThrottleLimits } from "./services/arm/throttle.ts";
export { createRegistrationToken, type RegistrationTokenFacts } from "./services/registrations/registrationTokens.ts";
export type { RegistrationPlace } from "./store/registrations.ts";
export type { UsageOptions } from "./usage/usageOptions.ts";
export { type UsagePageBodiesOptions, usagePageBodies } from "./usagePageBodies.ts";
export type { DirectoryTenant, HubFact, LocalSubscription, LocalSubscriptionState } from "./world/hub.ts";
export { loadWorld } from "./world/loadWorld.ts";
export type {
  Application,
  CustomerSubscriptionFact,
  Directory,
  Lock,
  MappingChange,
  RegistrationFact,
  ResourceGroup,
  RoleAssignment,
  Subscription,
  SubscriptionKind,
  SubscriptionState,
  World,
} from "./world/world.ts";
export { WorldError } from "./world/worldError.ts";
