export type { Facts, Mapping } from "./control/facts.ts";
export type { JournalEntry, JournalKind } from "./control/journal.ts";
export { createEmulator, type Emulator, type EmulatorOptions } from "./createEmulator.ts";
export type { FaultEffect, FaultMatch, FaultPlace, FaultRule } from "./faults/faultRules.ts";
export { defaultModes, type Modes } from "./modes.ts";
export { createRegistrationToken, type RegistrationTokenFacts } from "./protocol/registrationTokens.ts";
export { type RunEmulatorOptions, runEmulator } from "./runEmulator.ts";
export type { BucketLimit, ThrottleLimits } from "./security/throttle.ts";
export type { RegistrationPlace } from "./store/registrations.ts";
export { loadWorld } from "./world/loadWorld.ts";
export type {
  Application,
  CustomerSubscriptionFact,
  Directory,
  Lock,
  RegistrationFact,
  ResourceGroup,
  RoleAssignment,
  Subscription,
  SubscriptionKind,
  SubscriptionState,
  World,
} from "./world/world.ts";
export { WorldError } from "./world/worldError.ts";
