import { join } from "node:path";
import type { Project } from "../project.ts";
import { areLocksDead } from "./deadLocks.ts";
import type { RunFolder } from "./runFolder.ts";
import { type RunLock, takeRunLock } from "./runLock.ts";

/** A stack, and where its lock is kept. */
export interface LockRequest {
  readonly project: Project;
  readonly stack: string;
  readonly folder: RunFolder;
}

/**
 * Locks a stack for the whole of a command; Pulumi's own lock holds for one operation.
 *
 * A killed run leaves both locks; on a file backend Pulumi's can be told from a living one, and the stack is freed from it.
 *
 * @throws ProviderError `CSP_RECONCILE_BUSY` where another command has it.
 */
export async function lockStack({ project, stack, folder }: LockRequest): Promise<RunLock> {
  const lock = await takeRunLock(join(folder.path, `${stack}.lock`), { stack, now: () => new Date() });
  try {
    const { backend } = folder;
    if (lock.wasAbandoned && backend !== undefined && (await areLocksDead({ backend, project: project.name, stack }))) {
      await project.pulumi({ action: "free the stack", args: ["cancel", "--yes", stack] });
    }
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
}
