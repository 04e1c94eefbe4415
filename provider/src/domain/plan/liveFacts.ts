import type { ErrorCode } from "../errors/catalogue.ts";
import type { RegistrationId } from "../ids.ts";
import type { ManagementLock } from "../locks.ts";

/** A customer subscription as a registration's list shows it. */
export interface LiveMapping {
  /** The last segment of the ARM id, as the service spells it. */
  readonly customerSubscriptionId: string;
  /** The directory tenant; absent where the service gives none. */
  readonly tenantId: string | undefined;
}

/** Why something could not be read, as the error of the catalogue says it. */
export interface Problem {
  readonly code: ErrorCode;
  /** The whole explanation, its code in brackets first. */
  readonly message: string;
}

/** Whether the problem is that the registration, or the group that holds it, is not there. */
export function isNotThere({ code }: Pick<Problem, "code">): boolean {
  return code === "CSP_REGISTRATION_NOT_FOUND" || code === "CSP_PARENT_NOT_FOUND";
}

/** The locks that requests under a registration meet; `undefined` where nobody looked. */
export type LockFacts = { readonly locks: readonly ManagementLock[] } | { readonly problem: Problem } | undefined;

/** What is live on one registration. */
export interface ReadableRegistration {
  readonly registration: RegistrationId;
  /** `Capacity`, `PayAsYouUse`, `Development`, `Custom` or `Ruggedized`; other texts may come. */
  readonly billingModel: string | undefined;
  /** The Hub's identifier, usually a GUID. */
  readonly cloudId: string | undefined;
  /** All pages of the registration's list. */
  readonly mappings: readonly LiveMapping[];
  readonly lockFacts?: LockFacts;
}

/** A registration that could not be read; one broken Hub says nothing of the others. */
interface UnreadableRegistration {
  readonly registration: RegistrationId;
  readonly problem: Problem;
}

/** What a look at one registration gave. */
export type RegistrationFacts = ReadableRegistration | UnreadableRegistration;

/** The directories of customer subscriptions, by their ids in lower case; `undefined` where Azure did not say. */
export type Directories = ReadonlyMap<string, string | undefined>;

/** Whether the registration could be read. */
export function isReadable(facts: RegistrationFacts): facts is ReadableRegistration {
  return !("problem" in facts);
}
