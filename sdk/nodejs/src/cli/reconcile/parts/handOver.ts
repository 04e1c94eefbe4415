import type { CustomerSubscriptionId } from "@azurestack-csp/provider";
import { lockStack } from "../../stacks/lock/lockStack.ts";
import { exportStack } from "../../stacks/stack.ts";
import { journalOf } from "../interrupted/journal.ts";
import { NOTHING_DECLARED, type SettleJob, settleStack } from "../interrupted/settleStack.ts";
import { transfer } from "./transfer.ts";

/** A stack that takes mappings over, and which ones. */
export interface Receiver {
  readonly stack: string;
  readonly takes: (id: CustomerSubscriptionId) => boolean;
}

/**
 * Hands what one stack holds over to others, one after the other; writes nothing to Azure.
 *
 * What an interrupted run of that stack left comes into its state first, declared or not: the others have no part in its
 * journal. What a `pulumi up` writes meanwhile to the giving stack goes after the rest.
 */
export async function handOver(
  job: SettleJob,
  { from, to }: { readonly from: string; readonly to: readonly Receiver[] },
): Promise<void> {
  const { context, project, folder } = job;
  const lock = await lockStack({ project, stack: from, folder });
  try {
    let { state } = await settleStack(job, { stack: from, list: NOTHING_DECLARED });
    await journalOf(folder, from).clear();
    for (const { stack, takes } of to) {
      while (state.managed.some(({ id }) => takes(id))) {
        context.signal.throwIfAborted();
        const count = await transfer(project, { from, to: stack, takes });
        if (count === 0) break;
        context.terminal.say(`${count} mappings of stack ${from} are in stack ${stack} now.`);
        state = await exportStack(project, from);
      }
    }
  } finally {
    await lock.release();
  }
}
