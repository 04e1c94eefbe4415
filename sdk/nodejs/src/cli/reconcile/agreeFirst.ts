import type { Plan } from "@azurestack-csp/provider";
import type { StackState } from "../stacks/state/stackState.ts";
import { otherSteps } from "./confirmation.ts";
import type { ReconcileJob } from "./job.ts";
import type { RunOutcome } from "./pulumi/stackRun.ts";

/** What is asked about. */
export interface AgreementRequest {
  readonly plan: Plan;
  /** The stacks whose mappings this one takes over. */
  readonly givers: readonly StackState[];
  /** Previews the program over the state as it is. */
  readonly look: () => Promise<RunOutcome>;
}

/**
 * Asks before the states are changed, where the run would take mappings over or correct a state by what is live: nobody
 * gives that back after a no.
 *
 * @returns the preview that was agreed to; absent where nothing is changed before the question anyway, or nobody is asked.
 */
export async function agreeFirst(
  { asks, confirm, stack }: Pick<ReconcileJob, "asks" | "confirm" | "stack">,
  { plan, givers, look }: AgreementRequest,
): Promise<RunOutcome | undefined> {
  if (!asks || (givers.length === 0 && plan.counts.drift === 0)) return undefined;
  const preview = await look();
  const handOvers = givers.map(({ stack: from, managed }) => ({ from, to: stack.name, count: managed.length }));
  await confirm(stack.name, plan, preview.steps, handOvers);
  return preview;
}

/** Whether a preview does to other resources what was agreed to; the plan of the list is the same. */
export function isAgreed(agreed: RunOutcome, now: RunOutcome): boolean {
  const shown = new Set(otherSteps(agreed.steps).map(({ op, urn }) => `${op} ${urn}`));
  return otherSteps(now.steps).every(({ op, urn }) => shown.has(`${op} ${urn}`));
}
