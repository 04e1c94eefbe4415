import { ProviderError, type ServiceAnswer } from "../../domain/errors/providerError.ts";
import { describeLocks, lockCommands, type ManagementLock } from "../../domain/locks.ts";

/** The error of a request that met a lock, with the commands that lift each lock and put it back. */
export function scopeLocked(options: {
  /** The ARM id of what was to be written or removed. */
  readonly id: string;
  /** What is known of the locks; `undefined` where they may not be read. */
  readonly locks: readonly ManagementLock[] | undefined;
  readonly answer?: ServiceAnswer;
}): ProviderError {
  const { id, locks, answer } = options;
  const commands = lockCommands(registrationOf(id), locks);
  const details = { id, locks: describeLocks(locks), commands };
  return new ProviderError("CSP_SCOPE_LOCKED", details, answer ? { answer } : {});
}

function registrationOf(id: string): string {
  return id.replace(/\/customerSubscriptions\/.*$/i, "");
}
