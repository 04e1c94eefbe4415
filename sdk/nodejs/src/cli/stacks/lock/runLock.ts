import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import { reconcileErrors } from "../../errors/reconcileErrors.ts";
import { isDead, type Machine, type ProcessIdentity, thisMachine } from "./machine.ts";

/** Who holds a lock. */
interface Holder extends ProcessIdentity {
  /** In ISO 8601. */
  readonly since: string;
}

/** A lock that is held. */
export interface RunLock {
  /** Whether an earlier run of this machine died with it, so that what that run left has to be settled. */
  readonly wasAbandoned: boolean;
  release(): Promise<void>;
}

/** Whose lock it is, and what is seen of processes. */
export interface RunLockRequest {
  readonly stack: string;
  readonly now: () => Date;
  /** @default the machine of this process */
  readonly machine?: Machine;
}

/**
 * Takes the lock of a stack for the whole of a reconcile; Pulumi's own holds for one operation only.
 *
 * A lock whose process is dead is taken over, so that a killed run needs nobody to clean up after it.
 *
 * @throws ProviderError `CSP_RECONCILE_BUSY`
 */
export async function takeRunLock(file: string, request: RunLockRequest): Promise<RunLock> {
  const { stack, now, machine = thisMachine() } = request;
  await mkdir(dirname(file), { recursive: true });
  const holder: Holder = { ...machine.self, since: now().toISOString() };
  const release = async () => await rm(file, { force: true });
  if (await create(file, holder)) return { wasAbandoned: false, release };
  const other = await readHolder(file);
  if (other && isDead(other, machine) && (await removeDead(file, machine)) && (await create(file, holder))) {
    return { wasAbandoned: true, release };
  }
  const { pid, host, since } = other ?? { pid: "unknown", host: "an unknown machine", since: "an unknown time" };
  throw new ProviderError(reconcileErrors.CSP_RECONCILE_BUSY, { stack, pid: String(pid), host, since, file });
}

async function create(file: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(file, `${JSON.stringify(holder)}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Two runs may find the same dead lock; the slower one must not remove what the faster one has put in its place. */
async function removeDead(file: string, machine: Machine): Promise<boolean> {
  const aside = `${file}.${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return false;
  }
  const holder = await readHolder(aside);
  const wasDead = holder !== undefined && isDead(holder, machine);
  if (!wasDead) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
  return wasDead;
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    const holder = JSON.parse(await readFile(file, "utf8")) as Partial<Holder>;
    const { pid, host, since } = holder;
    return pid !== undefined && host !== undefined && since !== undefined ? { ...holder, pid, host, since } : undefined;
  } catch {
    return undefined;
  }
}
