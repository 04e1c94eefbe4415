import { losingMappings, refuseHeld, refuseShared } from "../../stacks/heldMappings.ts";
import { unite } from "../../stacks/managedStacks.ts";
import { lookElsewhere, readOtherStacks } from "../../stacks/otherStacks.ts";
import type { StackState } from "../../stacks/state/stackState.ts";
import { isInterrupted, settleLocked } from "../interrupted/settleStack.ts";
import type { ReconcileJob } from "../job.ts";

/**
 * Finds the stacks of single registrations whose mappings the one stack is to hold again, each with what an interrupted
 * run of its own left.
 *
 * @throws ProviderError `CSP_RECONCILE_HELD_ELSEWHERE` where any other stack of the backend holds a declared mapping,
 *   `CSP_RECONCILE_MANAGED_TWICE` where it holds one that the run would take away.
 */
export async function findPartsToTakeOver(job: ReconcileJob, state: StackState): Promise<readonly StackState[]> {
  const { stack, list, terminal } = job;
  const { parts, others } = await lookElsewhere(stack.project, { state, list, terminal });
  refuseHeld({ managed: state.managed, list }, others);
  const settled: StackState[] = [];
  for (const part of parts) {
    const sibling = stack.sibling(part.stack);
    settled.push((await isInterrupted(sibling, part)) ? await settleLocked(job, { stack: sibling }) : part);
  }
  const managed = unite([state, ...settled]);
  if (losingMappings({ list, managed }).length > 0) {
    const own = [stack.name, ...settled.map((part) => part.stack)];
    const { states } = await readOtherStacks(stack.project, { own, known: others, terminal });
    refuseShared(stack.name, { list, managed }, states);
  }
  return settled.filter((part) => part.managed.length > 0);
}
