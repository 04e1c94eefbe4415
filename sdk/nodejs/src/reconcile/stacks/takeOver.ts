import { exportStack, type StackState } from "../../commands/shared/stack.ts";
import type { ReconcileJob } from "../reconcileStack.ts";
import { isPartOf } from "./listPart.ts";
import { findHolders, refuseHeld } from "./otherStacks.ts";
import { transfer } from "./transfer.ts";

/**
 * Brings in what the stacks of single registrations hold, where one stack is to hold the whole list again.
 *
 * @returns the state afterwards.
 * @throws ProviderError `CSP_RECONCILE_HELD_ELSEWHERE` where any other stack of the project holds a declared mapping.
 */
export async function takeOver(
  { project, stack, list, run, openRun, context }: ReconcileJob,
  state: StackState,
): Promise<StackState> {
  const request = { project, stack, managed: state.managed, list };
  const holders = await findHolders(request);
  const isPart = ({ stack: holder }: StackState) => isPartOf(stack, holder);
  refuseHeld(
    request,
    holders.filter((holder) => !isPart(holder)),
  );
  let current = state;
  for (const holder of holders.filter(isPart)) {
    const from = { state: holder, run: await openRun(holder.stack) };
    const count = await transfer({ from, to: { state: current, run }, list });
    context.terminal.say(`${count} mappings of stack ${holder.stack} are in stack ${stack} now.`);
    current = await exportStack(project, stack);
  }
  return current;
}
