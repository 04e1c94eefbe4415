import type { StackState } from "../../stacks/state/stackState.ts";
import { isInterrupted, settleLocked } from "../interrupted/settleStack.ts";
import type { PartsJob } from "../job.ts";
import type { RegistrationStack } from "./listPart.ts";

/** A stack of the list as one run finds it, with what its own last run left. */
export interface OwnStack {
  readonly state: StackState;
  /** Why it could not be settled; it is then left alone. */
  readonly error?: unknown;
}

/**
 * Brings in what an interrupted run of a stack left; most left nothing, which is known without another export.
 *
 * The one stack of earlier cannot be left alone where that fails: what it holds would be held twice.
 */
export async function settleOwn(
  job: PartsJob,
  { state, declared }: { readonly state: StackState; readonly declared: readonly RegistrationStack[] },
): Promise<OwnStack> {
  const stack = job.stack.sibling(state.stack);
  try {
    if (!(await isInterrupted(stack, state))) return { state };
    return {
      state: await settleLocked(job, { stack, list: declared.find((part) => part.stack === stack.name)?.list }),
    };
  } catch (error) {
    job.signal.throwIfAborted();
    if (stack.name === job.stack.name) throw error;
    return { state, error };
  }
}
