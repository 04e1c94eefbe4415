import type { CustomerSubscriptionId, TenantList } from "@azurestack-csp/provider";
import { journalOf } from "../../stacks/run/journal.ts";
import { lockStack } from "../../stacks/run/lockStack.ts";
import { exportStack, type StackState } from "../../stacks/stack.ts";
import { settle } from "../journal/settle.ts";
import type { ReconcileJob } from "../reconcileStack.ts";
import { transfer } from "./transfer.ts";

/** What a hand-over needs of the job that it is a part of. */
export type HandOverJob = Pick<ReconcileJob, "context" | "project" | "clientOf" | "openRun" | "folder">;

/** A stack that takes mappings over, and which ones. */
export interface Receiver {
  readonly stack: string;
  readonly takes: (id: CustomerSubscriptionId) => boolean;
}

const NOTHING_DECLARED: TenantList = { registrations: [], tenants: [] };

/**
 * Hands what one stack holds over to others, one after the other; writes nothing to Azure.
 *
 * What an interrupted run of that stack left comes into its state first, declared or not: the others have no part in its
 * journal.
 *
 * @returns the state that is left of the stack.
 */
export async function handOver(
  job: HandOverJob,
  { from, to }: { readonly from: string; readonly to: readonly Receiver[] },
): Promise<StackState> {
  const { context, project, folder, openRun } = job;
  const lock = await lockStack({ project, stack: from, folder });
  try {
    let state = await settleAll(job, from);
    for (const { stack, takes } of to) {
      context.signal.throwIfAborted();
      if (!state.managed.some(({ id }) => takes(id))) continue;
      const receiver = { state: await exportStack(project, stack), run: await openRun(stack) };
      const count = await transfer({ from: { state, run: await openRun(from) }, to: receiver, takes });
      if (count === 0) continue;
      context.terminal.say(`${count} mappings of stack ${from} are in stack ${stack} now.`);
      state = await exportStack(project, from);
    }
    return state;
  } finally {
    await lock.release();
  }
}

async function settleAll(job: HandOverJob, stack: string): Promise<StackState> {
  const { project, clientOf, openRun } = job;
  const state = await exportStack(project, stack);
  const journal = journalOf(job.folder, stack);
  const writes = await journal.read();
  if (writes.length === 0) return state;
  await settle({ writes, state, list: NOTHING_DECLARED, clientOf, run: await openRun(stack) });
  await journal.clear();
  return await exportStack(project, stack);
}
