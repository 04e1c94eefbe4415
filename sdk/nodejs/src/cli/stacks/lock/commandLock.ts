import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { ProviderError } from "@azurestack-csp/provider";
import { isDead, type Machine, type ProcessIdentity, thisMachine } from "../../../processes/machine.ts";
import { createWhole, systemCodeOf } from "../../../processes/wholeFile.ts";
import { messageOf } from "../../console/failures.ts";
import { reconcileErrors } from "../../errors/reconcileErrors.ts";

/** Who holds a lock. */
interface Holder extends ProcessIdentity {
  /** In ISO 8601. */
  readonly since: string;
}

/** A lock that is held. */
export interface CommandLock {
  /** Whether an earlier run of this machine died with it, so that what that run left has to be settled. */
  readonly wasAbandoned: boolean;
  /** @throws ProviderError `CSP_RECONCILE_LOCK_UNWRITABLE` */
  release(): Promise<void>;
}

/** Whose lock it is, and what is seen of processes. */
export interface CommandLockRequest {
  readonly stack: string;
  readonly now: () => Date;
  /** @default the machine of this process */
  readonly machine?: Machine;
  /** Waits, in milliseconds. @default by the machine's clock */
  readonly sleep?: (durationInMs: number) => Promise<unknown>;
}

/** A process that has made its lock writes it in the next moment. */
const WRITING_IN_MS = 5_000;

/**
 * Takes the lock of a stack for the whole of a reconcile; Pulumi's own holds for one operation only.
 *
 * A lock whose process is dead is taken over, so that a killed run needs nobody to clean up after it. So is one that is
 * not whole and stays so while it is watched: whoever made it could not write it, and so has not gone on.
 *
 * @throws ProviderError `CSP_RECONCILE_BUSY` or `CSP_RECONCILE_LOCK_UNWRITABLE`
 */
export async function takeCommandLock(file: string, request: CommandLockRequest): Promise<CommandLock> {
  const { stack } = request;
  try {
    return await take(file, request);
  } catch (cause) {
    throw lockFailure(cause, { stack, file });
  }
}

async function take(file: string, request: CommandLockRequest): Promise<CommandLock> {
  const { stack, now, machine = thisMachine(), sleep = setTimeout } = request;
  const holder: Holder = { ...machine.self, since: now().toISOString() };
  const create = async () => await createWhole(file, `${JSON.stringify(holder)}\n`);
  const release = async () => {
    await rm(file, { force: true }).catch((cause: unknown) => {
      throw lockFailure(cause, { stack, file });
    });
  };
  if (await create()) return { wasAbandoned: false, release };
  let other = await readHolder(file);
  if (other === "torn") {
    await sleep(WRITING_IN_MS);
    other = await readHolder(file);
  }
  if (isFree(other, machine) && (await removeFree(file, machine)) && (await create())) {
    return { wasAbandoned: other !== "torn", release };
  }
  const { pid, host, since } = isHolder(other)
    ? other
    : { pid: "unknown", host: "an unknown machine", since: "an unknown time" };
  throw new ProviderError(reconcileErrors.CSP_RECONCILE_BUSY, { stack, pid: String(pid), host, since, file });
}

/** What a lock says of its holder; `torn` where it is not whole, absent where it is gone again. */
type Found = Holder | "torn" | undefined;

function isHolder(found: Found): found is Holder {
  return found !== undefined && found !== "torn";
}

function isFree(found: Found, machine: Machine): boolean {
  return found === "torn" || (isHolder(found) && isDead(found, machine));
}

/** Two runs may find the same free lock; the slower one must not remove what the faster one has put in its place. */
async function removeFree(file: string, machine: Machine): Promise<boolean> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return false;
    throw error;
  }
  const wasFree = isFree(await readHolder(aside), machine);
  if (!wasFree) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
  return wasFree;
}

async function readHolder(file: string): Promise<Found> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (systemCodeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const holder = JSON.parse(text) as Partial<Holder>;
    const { pid, host, since } = holder;
    if (pid !== undefined && host !== undefined && since !== undefined) return { ...holder, pid, host, since };
  } catch {
    // Not whole.
  }
  return "torn";
}

/** What the system refused to a lock and what lies beside it, as an error of the catalogue; any other error as it is. */
export function lockFailure(
  cause: unknown,
  { stack, file }: { readonly stack: string; readonly file: string },
): unknown {
  if (systemCodeOf(cause) === undefined) return cause;
  return new ProviderError(
    reconcileErrors.CSP_RECONCILE_LOCK_UNWRITABLE,
    { stack, file, reason: messageOf(cause) },
    { cause },
  );
}
