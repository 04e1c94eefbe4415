import { compareAccess } from "../access.ts";
import { parseRegistrationId, type RegistrationId, registrationKey, sameId } from "../ids.ts";
import { isUnknown } from "../unknown.ts";
import type { CustomerSubscriptionState } from "./state.ts";

/** What stands between the last run's state and what is declared now. */
export interface Difference {
  /** The inputs that differ and can be changed in place. */
  readonly changed: readonly string[];
  /** The inputs that differ and make it another resource in Azure. */
  readonly replaced: readonly string[];
  /** The declared registration, where it is known. */
  readonly registration: RegistrationId | undefined;
}

/** The inputs that a comparison looks at, known or not. */
interface Declared {
  readonly registrationId?: unknown;
  readonly customerSubscriptionId?: unknown;
  readonly tenantId?: unknown;
  readonly retainUntil?: unknown;
  readonly cloud?: unknown;
  readonly credentialPrefix?: unknown;
}

/**
 * Compares a state with the checked inputs, offline and without regard to the letter case of ids.
 *
 * Another registration or another subscription is another ARM id, so a replacement; another tenant is a change in place.
 * So are another cloud and another credential: they are how a mapping is reached, not which one it is. A tenant that is
 * left out stands for the one that was resolved when the mapping was made. `overwrite` alone changes nothing, it only
 * permits.
 */
export function compare(state: CustomerSubscriptionState, inputs: Declared): Difference {
  const registration = readRegistration(inputs.registrationId);
  const isSame = registration && registrationKey(registration) === registrationKey(state.id.registration);
  const replaced = [
    ...(isSame ? [] : ["registrationId"]),
    ...(sameValue(state.id.customerSubscriptionId, inputs.customerSubscriptionId) ? [] : ["customerSubscriptionId"]),
  ];
  return { changed: changedInPlace(state, inputs), replaced, registration };
}

/** The inputs that differ and can be changed in place; for the others see `compare`. */
export function changedInPlace(state: CustomerSubscriptionState, inputs: Declared): readonly string[] {
  const tenantId = inputs.tenantId ?? state.expectedTenantId ?? state.tenantId;
  return [
    ...(isSettled(state, tenantId) && sameValue(state.tenantId, tenantId) ? [] : ["tenantId"]),
    ...(sameValue(state.retainUntil, inputs.retainUntil) ? [] : ["retainUntil"]),
    ...compareAccess(state.access, inputs).map(({ setting }) => setting),
  ];
}

/** A tenant that a refresh found and that is declared by now has to become the expected one, though nothing is sent. */
function isSettled(state: CustomerSubscriptionState, tenantId: unknown): boolean {
  return !state.unconfirmed && (state.expectedTenantId === undefined || sameValue(state.expectedTenantId, tenantId));
}

function readRegistration(registrationId: unknown): RegistrationId | undefined {
  const isKnown = typeof registrationId === "string" && !isUnknown(registrationId);
  return isKnown ? parseRegistrationId(registrationId) : undefined;
}

function sameValue(before: string | undefined, now: unknown): boolean {
  if (before === undefined || now === undefined) return before === now;
  return typeof now === "string" && !isUnknown(now) && sameId(before, now);
}
