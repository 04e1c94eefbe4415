import type { ManagedMapping } from "@azurestack-csp/provider";
import { ProviderError } from "@azurestack-csp/provider";
import pMap from "p-map";
import { findParts } from "../../stacks/findParts.ts";
import { listStackNames, readForeignStacks, readStates, refuseHeld, unmanagedIds } from "../../stacks/otherStacks.ts";
import type { StackState } from "../../stacks/stack.ts";
import { NO_LIMITS } from "../guardLimits.ts";
import { guardRun } from "../guardRun.ts";
import { type ReconcileJob, type ReconcileResult, reconcileStack } from "../reconcileStack.ts";
import { builtInProgram } from "../run/builtInProgram.ts";
import { openStackRun } from "../run/stackRun.ts";
import { ensureStacks } from "./ensureStack.ts";
import { handOver } from "./handOver.ts";
import { emptyPart, type RegistrationStack, splitList } from "./listPart.ts";

/** How one registration's stack fared. */
export type PartOutcome =
  | { readonly stack: string; readonly result: ReconcileResult }
  | { readonly stack: string; readonly error: unknown };

type PartsJob = Omit<ReconcileJob, "run" | "takeOver">;

/** How many stacks are worked on at one time: each has an engine and a provider process of its own. */
const CONCURRENCY = 4;

/**
 * Reconciles a list with a stack for each registration, `<stack>.<registration key>`.
 *
 * Stacks of one subscription, whose writes share one budget in ARM, follow each other; those of several subscriptions
 * go side by side. What stops one holds up no other.
 */
export async function reconcileParts(job: PartsJob): Promise<readonly PartOutcome[]> {
  const { context, project, stack, list, limits, folder } = job;
  const declared = splitList(list, stack);
  const wanted = new Set(declared.map((part) => part.stack));
  const states = await readStates(project, await listStackNames(project));
  const earlier = await findParts(states, { stack, folder });
  const own = states.filter((state) => state.stack === stack || wanted.has(state.stack) || earlier.includes(state));
  const managed = own.flatMap((state) => state.managed);
  guardRun({ list, managed, limits });

  await ensureStacks(project, [...wanted]);
  for (const state of own) await handOverMisplaced(job, { state, declared });
  const gone = earlier.filter((state) => !wanted.has(state.stack)).map((state) => emptyPart(state.stack));
  const isNew = unmanagedIds({ list, managed }).size > 0;
  const foreign = isNew ? await readForeignStacks(project, context) : [];
  const others = [...states.filter((state) => !own.includes(state)), ...foreign];
  const parts = [...declared, ...gone];
  const groups = [...Map.groupBy(parts, ({ registrationSubscriptionId }) => registrationSubscriptionId).values()];
  const work = async (group: readonly RegistrationStack[]) => await reconcileGroup(job, { group, others });
  return (await pMap(groups, work, { concurrency: CONCURRENCY })).flat();
}

/**
 * Hands what a stack holds of a registration that another stack has by now over to that one, before either runs: the one
 * stack of earlier, and that of a registration whose key was renamed, would remove what the other one keeps.
 */
async function handOverMisplaced(
  job: PartsJob,
  { state, declared }: { readonly state: StackState; readonly declared: readonly RegistrationStack[] },
): Promise<void> {
  const from = state.stack;
  const to = declared.filter((part) => part.stack !== from);
  const isDeclared = to.length < declared.length;
  // A stack that keeps its registration settles its own journal, and holds up no other if it cannot.
  if (isDeclared && !state.managed.some(({ id }) => to.some(({ takes }) => takes(id)))) return;
  const left = await handOver(job, { from, to });
  if (from === job.stack) refuseRest(left);
}

async function reconcileGroup(
  job: PartsJob,
  { group, others }: { readonly group: readonly RegistrationStack[]; readonly others: readonly StackState[] },
): Promise<readonly PartOutcome[]> {
  const outcomes: PartOutcome[] = [];
  for (const part of group) outcomes.push(await reconcilePart(job, { part, others }));
  return outcomes;
}

async function reconcilePart(
  job: PartsJob,
  { part, others }: { readonly part: RegistrationStack; readonly others: readonly StackState[] },
): Promise<PartOutcome> {
  const { project, context } = job;
  const { stack, list } = part;
  try {
    const program = builtInProgram(list, { maxRemovals: "100%", maxMoves: "100%" });
    const run = await openStackRun({ project, stack, program, context });
    const takeOver: ReconcileJob["takeOver"] = async (_job, state) => {
      refuseHeld({ managed: state.managed, list }, others);
      return state;
    };
    // The guard has judged the whole list; a part is not judged again by its own, smaller numbers.
    const own = { program: "built-in", limits: NO_LIMITS } as const;
    return { stack, result: await reconcileStack({ ...job, ...own, stack, list, run, takeOver }) };
  } catch (error) {
    context.signal.throwIfAborted();
    return { stack, error };
  }
}

/** What belongs to no part has to be removed while the stack is still one. */
function refuseRest({ stack, managed }: StackState): void {
  const rest = managed.filter(isOurs);
  if (rest.length === 0) return;
  const names = rest.slice(0, 5).map(({ name }) => name);
  const mappings = rest.length > names.length ? `${names.join(", ")}, and more` : names.join(", ");
  throw new ProviderError("CSP_RECONCILE_STACK_NOT_SPLIT", { stack, count: String(rest.length), mappings });
}

function isOurs({ provider }: ManagedMapping): boolean {
  return provider === "azurestack-csp";
}
