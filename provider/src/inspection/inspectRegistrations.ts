import type { RegistrationsClient } from "../clients/registrationsClient.ts";
import type { Access } from "../domain/access.ts";
import type { RegistrationId } from "../domain/ids.ts";
import type { RegistrationFacts } from "../domain/plan/liveFacts.ts";

/** The client for registrations that are reached in one way; `() => client` where all are reached alike. */
export type ClientSource = (access: Access) => RegistrationsClient;

/** A registration, and how it is reached. */
export interface ReachedRegistration {
  readonly registration: RegistrationId;
  readonly access?: Access;
}

/**
 * Looks at registrations side by side: one GET and one list each, and the locks only where they are asked for.
 *
 * What one registration refuses is a fact about that registration; only what is no error of the catalogue is thrown.
 */
export async function inspectRegistrations(
  _clientOf: ClientSource,
  _registrations: readonly ReachedRegistration[],
  _options: { readonly withLocks?: boolean } = {},
): Promise<readonly RegistrationFacts[]> {
  throw new Error("not built yet");
}
