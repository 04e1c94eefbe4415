import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { thisMachine } from "../../../processes/machine.ts";

/** Where a stack of a file backend is. */
export interface StackPlace {
  /** The backend's folder. */
  readonly backend: string;
  readonly project: string;
  readonly stack: string;
}

/**
 * Whether Pulumi's locks on the stack are all of processes of this machine that are dead.
 *
 * A killed run leaves its lock in a file backend, and Pulumi would wait for somebody to cancel it. Ask only where that run
 * is known to be dead: Pulumi does not say in which container its process has its number.
 */
export async function areLocksDead({ backend, project, stack }: StackPlace): Promise<boolean> {
  const folder = join(backend, ".pulumi", "locks", "organization", project, stack);
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(".json"));
  const holders = await Promise.all(files.map(async (file) => await readHolder(join(folder, file))));
  const { self, isRunning } = thisMachine();
  const isDead = ({ pid, host }: LockHolder) => host === self.host && !isRunning(pid);
  return holders.length > 0 && holders.every((holder) => holder !== undefined && isDead(holder));
}

interface LockHolder {
  readonly pid: number;
  readonly host: string;
}

/** The form is Pulumi's own (pulumi/pulumi, pkg/backend/diy/lock.go). */
async function readHolder(file: string): Promise<LockHolder | undefined> {
  try {
    const { pid, hostname } = JSON.parse(await readFile(file, "utf8")) as { pid?: number; hostname?: string };
    return pid !== undefined && hostname !== undefined ? { pid, host: hostname } : undefined;
  } catch {
    return undefined;
  }
}
