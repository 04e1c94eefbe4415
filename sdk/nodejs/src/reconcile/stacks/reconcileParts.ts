import type { GuardLimits } from "@azurestack-csp/provider";
import { exportStack, type StackState } from "../../commands/shared/stack.ts";
import { guardRun } from "../guardRun.ts";
import { type ReconcileJob, type ReconcileResult, reconcileStack } from "../reconcileStack.ts";
import { builtInProgram } from "../run/builtInProgram.ts";
import { openStackRun } from "../run/stackRun.ts";
import { ensureStacks } from "./ensureStack.ts";
import { handOver } from "./handOver.ts";
import { isPartOf, type RegistrationStack, splitList } from "./listPart.ts";
import { listStackNames, refuseHeld } from "./otherStacks.ts";

/** How one registration's stack fared. */
export type PartOutcome =
  | { readonly stack: string; readonly result: ReconcileResult }
  | { readonly stack: string; readonly error: unknown };

/** How many stacks are worked on at one time: each has an engine and a provider process of its own. */
const CONCURRENCY = 4;

/** The guard has judged the whole list, so that a part is not judged again by its own, smaller numbers. */
const NO_LIMIT: GuardLimits = { maxRemovals: { share: 1 }, maxMoves: { share: 1 } };

/**
 * Reconciles a list with a stack for each registration, `<stack>.<registration key>`.
 *
 * Stacks of one subscription, whose writes share one budget in ARM, follow each other; those of several subscriptions
 * go side by side. What stops one holds up no other.
 */
export async function reconcileParts(job: Omit<ReconcileJob, "run" | "takeOver">): Promise<readonly PartOutcome[]> {
  const { project, stack, list, limits } = job;
  const names = await listStackNames(project);
  const parts = splitList(list, { stack, known: names });
  const states = await exportAll(job, names);
  const own = states.filter((state) => state.stack === stack || isPartOf(stack, state.stack));
  guardRun({ list, managed: own.flatMap(({ managed }) => managed), limits });
  await ensureStacks(
    project,
    parts.map((part) => part.stack),
  );
  if (names.includes(stack)) await handOver({ ...job, parts });
  const others = states.filter((state) => !own.includes(state));
  const groups = [...Map.groupBy(parts, ({ registrationSubscriptionId }) => registrationSubscriptionId).values()];
  const outcomes = await inParallel(groups, async (group) => await reconcileGroup(job, { group, others }));
  return outcomes.flat();
}

async function exportAll({ project }: Pick<ReconcileJob, "project">, names: readonly string[]) {
  return await inParallel(names, async (name) => await exportStack(project, name));
}

async function reconcileGroup(
  job: Omit<ReconcileJob, "run" | "takeOver">,
  { group, others }: { readonly group: readonly RegistrationStack[]; readonly others: readonly StackState[] },
): Promise<readonly PartOutcome[]> {
  const outcomes: PartOutcome[] = [];
  for (const part of group) outcomes.push(await reconcilePart(job, { part, others }));
  return outcomes;
}

async function reconcilePart(
  job: Omit<ReconcileJob, "run" | "takeOver">,
  { part, others }: { readonly part: RegistrationStack; readonly others: readonly StackState[] },
): Promise<PartOutcome> {
  const { project, context } = job;
  const { stack, list } = part;
  try {
    const program = builtInProgram(list, { maxRemovals: "100%", maxMoves: "100%" });
    const run = await openStackRun({ project, stack, program, context });
    const takeOver: ReconcileJob["takeOver"] = async (_job, state) => {
      refuseHeld({ project, stack, managed: state.managed, list }, others);
      return state;
    };
    return { stack, result: await reconcileStack({ ...job, stack, list, run, takeOver, limits: NO_LIMIT }) };
  } catch (error) {
    context.signal.throwIfAborted();
    return { stack, error };
  }
}

/** Works on a few at a time, and gives the results in the order of the items. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return results;
}
