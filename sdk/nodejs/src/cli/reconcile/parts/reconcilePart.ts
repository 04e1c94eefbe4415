import type { ManagedMapping, Renewal } from "@azurestack-csp/provider";
import { limitsOfExactly } from "../../plan/guardLimits.ts";
import { countRunLosses } from "../../plan/guardRun.ts";
import { refuseHeld, refuseShared } from "../../stacks/heldMappings.ts";
import type { StackState } from "../../stacks/state/stackState.ts";
import type { FindGivers, PartsJob, ReconcileResult } from "../job.ts";
import { builtInProgram } from "../pulumi/builtInProgram.ts";
import { openStackRun } from "../pulumi/stackRun.ts";
import { reconcileStack } from "../reconcileStack.ts";
import { createResourceNames } from "../resourceNames.ts";
import type { RegistrationStack } from "./listPart.ts";
import type { OwnStack } from "./settleOwn.ts";

/** How one registration's stack fared. */
export type PartOutcome =
  | { readonly stack: string; readonly result: ReconcileResult }
  | { readonly stack: string; readonly error: unknown };

/** What all parts are judged by. */
export interface Whole {
  /** What all stacks of the list manage. */
  readonly managed: readonly ManagedMapping[];
  readonly own: readonly OwnStack[];
  readonly declared: readonly RegistrationStack[];
  /** The other stacks of the backend, and those of the list that are left alone. */
  readonly others: readonly StackState[];
  /** The Hubs that were registered anew. */
  readonly renewals: readonly Renewal[];
}

/** Reconciles stacks whose writes share one budget in ARM, one after the other; what stops one holds up no other. */
export async function reconcileGroup(
  job: PartsJob,
  { group, whole }: { readonly group: readonly RegistrationStack[]; readonly whole: Whole },
): Promise<readonly PartOutcome[]> {
  const outcomes: PartOutcome[] = [];
  for (const part of group) outcomes.push(await reconcilePart(job, { part, whole }));
  return outcomes;
}

async function reconcilePart(
  job: PartsJob,
  { part, whole }: { readonly part: RegistrationStack; readonly whole: Whole },
): Promise<PartOutcome> {
  const { stack: name, list } = part;
  const { own, others } = whole;
  const { state, error: unsettled } = own.find((each) => each.state.stack === name) ?? {};
  if (unsettled) return { stack: name, error: unsettled };
  try {
    const stack = job.stack.sibling(name);
    const program = builtInProgram({ list, partOf: job.stack.name });
    const run = openStackRun(stack, { ...job, program, nameOf: createResourceNames(list) });
    const findGivers: FindGivers = async (_job, { managed }) => {
      refuseHeld({ managed, list }, others);
      refuseShared(name, { managed, list }, others);
      return [];
    };
    const { renewals } = whole;
    const limits = limitsOfExactly(countRunLosses({ list, managed: shareOf(part, { whole, state }), renewals }));
    const result = await reconcileStack({ ...job, program: "built-in", limits, stack, list, run }, findGivers);
    return { stack: name, result };
  } catch (error) {
    job.signal.throwIfAborted();
    return { stack: name, error };
  }
}

/** What a part manages once everything is handed over: what it takes, and what of its own nobody takes. */
function shareOf(
  { takes }: RegistrationStack,
  { whole, state }: { readonly whole: Whole; readonly state: StackState | undefined },
): readonly ManagedMapping[] {
  const { managed, declared } = whole;
  const left = (state?.managed ?? []).filter(({ id }) => !declared.some((part) => part.takes(id)));
  return [...managed.filter(({ id }) => takes(id)), ...left];
}
