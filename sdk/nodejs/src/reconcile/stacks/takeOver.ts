import { lookElsewhere, refuseHeld } from "../../stacks/otherStacks.ts";
import { exportStack, type StackState } from "../../stacks/stack.ts";
import type { ReconcileJob } from "../reconcileStack.ts";
import { handOver } from "./handOver.ts";

/**
 * Brings in all that the stacks of single registrations hold, where one stack is to hold the whole list again.
 *
 * Other states are read only where the list declares a mapping that the stack does not manage, or the stack manages none.
 *
 * @returns the state afterwards.
 * @throws ProviderError `CSP_RECONCILE_HELD_ELSEWHERE` where any other stack of the backend holds a declared mapping.
 */
export async function takeOver(job: ReconcileJob, state: StackState): Promise<StackState> {
  const { context, project, stack, list, folder } = job;
  const { parts, others } = await lookElsewhere(project, { state, list, folder: async () => folder, context });
  refuseHeld({ managed: state.managed, list }, others);
  // What the list no longer declares comes too; left behind, it would be live and removed by nobody.
  for (const part of parts) await handOver(job, { from: part.stack, to: [{ stack, takes: () => true }] });
  return parts.length > 0 ? await exportStack(project, stack) : state;
}
