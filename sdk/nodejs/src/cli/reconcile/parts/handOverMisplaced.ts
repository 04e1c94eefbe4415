import type { StackState } from "../../stacks/state/stackState.ts";
import type { PartsJob } from "../job.ts";
import { handOver } from "./handOver.ts";
import type { RegistrationStack } from "./listPart.ts";
import type { OwnStack } from "./settleOwn.ts";

/**
 * Hands what a stack holds of a registration that another stack has by now over to that one, before either runs: the one
 * stack of earlier, and that of a registration whose key was renamed, would remove what the other one keeps.
 */
export async function handOverMisplaced(
  job: PartsJob,
  {
    state,
    declared,
    unsettled,
  }: {
    readonly state: StackState;
    readonly declared: readonly RegistrationStack[];
    readonly unsettled: readonly OwnStack[];
  },
): Promise<void> {
  const to = declared.filter((part) => part.stack !== state.stack);
  const gains = to.filter(({ takes }) => state.managed.some(({ id }) => takes(id)));
  // An edit would make a stack forget what its killed run was doing, and without one the giver would remove the mappings.
  const blocked = unsettled.find((each) => gains.some(({ stack }) => stack === each.state.stack));
  if (blocked) throw blocked.error;
  if (gains.length === 0) return;
  const receivers = gains.map(({ stack, takes }) => ({ stack: job.stack.sibling(stack), takes }));
  await handOver(job, { from: job.stack.sibling(state.stack), to: receivers });
}
