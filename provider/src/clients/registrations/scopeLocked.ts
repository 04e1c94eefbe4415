import { ProviderError, type ServiceAnswer } from "../../domain/errors/providerError.ts";
import { formatRegistrationId, type RegistrationId } from "../../domain/ids.ts";
import { describeLocks, lockCommands, type ManagementLock } from "../../domain/locks.ts";

/** The error of a request that met a lock, with the commands that lift each lock and put it back. */
export function scopeLocked(options: {
  /** The ARM id of what was to be written or removed. */
  readonly id: string;
  /** The registration that it is or lies under. */
  readonly registration: RegistrationId;
  /** What is known of the locks; `undefined` where they may not be read. */
  readonly locks: readonly ManagementLock[] | undefined;
  readonly answer?: ServiceAnswer;
}): ProviderError {
  const { id, registration, locks, answer } = options;
  const commands = lockCommands(formatRegistrationId(registration), locks);
  const details = { id, locks: describeLocks(locks), commands };
  return new ProviderError("CSP_SCOPE_LOCKED", details, answer ? { answer } : {});
}
