import type { CustomerSubscriptionId } from "@azurestack-csp/provider";
import type { Stack } from "../../stacks/stack.ts";
import { NOTHING_DECLARED, type SettleJob, settleStack } from "../interrupted/settleStack.ts";
import { transfer } from "./transfer.ts";

/** A stack that takes mappings over, and which ones. */
export interface Receiver {
  readonly stack: Stack;
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
  { from, to }: { readonly from: Stack; readonly to: readonly Receiver[] },
): Promise<void> {
  const { terminal, signal } = job;
  const lock = await from.lock(job);
  try {
    const settled = await settleStack(job, { stack: from, list: NOTHING_DECLARED });
    await settled.journal.clear();
    let { state } = settled;
    for (const { stack, takes } of to) {
      while (state.managed.some(({ id }) => takes(id))) {
        signal.throwIfAborted();
        const count = await transfer({ from, to: stack, takes });
        if (count === 0) break;
        terminal.say(`${count} mappings of stack ${from.name} are in stack ${stack.name} now.`);
        state = await from.export();
      }
    }
  } finally {
    await lock.release();
  }
}
