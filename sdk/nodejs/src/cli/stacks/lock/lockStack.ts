import { join } from "node:path";
import { type CommandLock, takeCommandLock } from "./commandLock.ts";
import { endRun, type LockedStack, type Waiting } from "./endRun.ts";

/**
 * Locks a stack for the whole of a command; Pulumi's own lock holds for one operation.
 *
 * What a killed run left at work is brought to its end first, and the stack freed from the lock that Pulumi left.
 *
 * @throws ProviderError `CSP_RECONCILE_BUSY` where another command has it, `CSP_RECONCILE_RUN_ALIVE` where a process of an
 *   earlier one does not end, `CSP_RECONCILE_LOCK_UNWRITABLE`.
 */
export async function lockStack(locked: LockedStack, waiting: Waiting): Promise<CommandLock> {
  const { stack, folder } = locked;
  const lock = await takeCommandLock(join(folder.path, `${stack}.lock`), { stack, now: () => new Date() });
  try {
    await endRun(locked, { ...waiting, ownsLock: lock.wasAbandoned });
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
}
