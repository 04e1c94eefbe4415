import { rm } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { ProviderError } from "@azurestack-csp/provider";
import { readHostJournals } from "../../../journal/hostJournal.ts";
import { hostsFolder, type JournalFolder } from "../../../journal/journalFolder.ts";
import { isDead, isSeen, type Machine, type ProcessIdentity, thisMachine } from "../../../processes/machine.ts";
import type { CommandContext } from "../../console/commandContext.ts";
import { reconcileErrors } from "../../errors/reconcileErrors.ts";
import type { Project } from "../project.ts";
import { mendStates } from "../state/mendStates.ts";
import { lockFailure } from "./commandLock.ts";
import { areLocksDead } from "./deadLocks.ts";

/** A stack, and where its lock is kept. */
export interface LockedStack {
  readonly project: Project;
  readonly stack: string;
  readonly folder: JournalFolder;
}

/** What a wait is told by, and what ends it. */
export type Waiting = Pick<CommandContext, "terminal" | "signal">;

/** What is known of the run, and what is seen of processes. */
export interface EndRequest extends Waiting {
  /** Whether a lock of Pulumi's on the stack, if its process is dead, is known to be that run's. */
  readonly ownsLock: boolean;
  /** @default the machine of this process */
  readonly machine?: Machine;
  /** Waits, in milliseconds. @default by the machine's clock */
  readonly sleep?: (durationInMs: number) => Promise<unknown>;
}

/** How often processes are looked at. */
const LOOK_IN_MS = 250;

/** A host whose engine is gone waits for what it has sent, 75 seconds at most. */
const LONGEST_WAIT_IN_MS = 90_000;

/**
 * Brings what is left of an earlier run of a stack to its end, under the lock of the stack: waits for the processes that
 * send its requests, and frees the stack from the lock that Pulumi left on a file backend. Does nothing where all of it
 * has ended.
 *
 * Only then does what Azure shows stay as it is. A process of another machine cannot be seen; where somebody has removed
 * its run's lock, it counts as ended.
 *
 * @throws ProviderError `CSP_RECONCILE_RUN_ALIVE` where a process does not end.
 */
export async function endRun(stack: LockedStack, { ownsLock, ...waiting }: EndRequest): Promise<void> {
  const machine = waiting.machine ?? thisMachine();
  const hosts = (await readLeft(stack)).filter((host) => isSeen(host, machine));
  await awaitEnd(stack.stack, hosts, { ...waiting, machine });
  if (ownsLock || hosts.length > 0) await freeStack(stack, waiting);
}

/**
 * Frees a stack from the locks that Pulumi left on a file backend, where all of their processes are dead.
 *
 * Ask only where such a lock is known to be of an own run: Pulumi does not say in which container its process has its
 * number.
 */
export async function freeStack(
  { project, stack, folder: { backend } }: LockedStack,
  { terminal }: Pick<Waiting, "terminal">,
): Promise<void> {
  if (backend === undefined || !(await areLocksDead({ backend, project: project.name, stack }))) return;
  await mendStates({ backend, project: project.name }, terminal);
  await project.pulumi({ action: "free the stack", args: ["cancel", "--yes", stack] });
}

/** Forgets the hosts of updates that have ended, and what they have noted. */
export async function forgetHosts({ folder, stack }: Pick<LockedStack, "folder" | "stack">): Promise<void> {
  const file = hostsFolder(folder, stack);
  await rm(file, { recursive: true, force: true }).catch((cause: unknown) => {
    throw lockFailure(cause, { stack, file });
  });
}

async function readLeft({ folder, stack }: Pick<LockedStack, "folder" | "stack">): Promise<readonly ProcessIdentity[]> {
  const file = hostsFolder(folder, stack);
  const journals = await readHostJournals(file).catch((cause: unknown) => {
    throw lockFailure(cause, { stack, file });
  });
  // One that says that its engine had no more work is not of a run that was killed.
  return journals.filter(({ endedAt }) => endedAt === undefined).map(({ host }) => host);
}

async function awaitEnd(
  stack: string,
  hosts: readonly ProcessIdentity[],
  waiting: Waiting & Pick<EndRequest, "sleep"> & { readonly machine: Machine },
): Promise<void> {
  const { terminal, signal, machine, sleep = setTimeout } = waiting;
  const living = () => hosts.find((host) => !isDead(host, machine));
  let current = living();
  if (!current) return;
  const progress = terminal.progress(`Waiting for process ${current.pid}`);
  terminal.say(`Process ${current.pid} still ends what an earlier run of stack ${stack} has sent; waiting for it.`);
  try {
    for (let waited = 0; current; waited += LOOK_IN_MS) {
      signal.throwIfAborted();
      if (waited >= LONGEST_WAIT_IN_MS) {
        const { pid, host } = current;
        throw new ProviderError(reconcileErrors.CSP_RECONCILE_RUN_ALIVE, { stack, pid: String(pid), host });
      }
      await sleep(LOOK_IN_MS);
      current = living();
    }
  } finally {
    progress.stop();
  }
}
