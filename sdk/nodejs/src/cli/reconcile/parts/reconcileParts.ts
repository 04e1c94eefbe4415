import { aFew, inspectRenewals, type ManagedMapping, ProviderError, type Renewal } from "@azurestack-csp/provider";
import pMap from "p-map";
import { reconcileErrors } from "../../errors/reconcileErrors.ts";
import { limitsOfExactly } from "../../plan/guardLimits.ts";
import { countRunLosses, guardRun } from "../../plan/guardRun.ts";
import { unite } from "../../stacks/managedStacks.ts";
import { readForeignStacks, readSiblings, refuseHeld, unmanagedIds } from "../../stacks/otherStacks.ts";
import { isPartOf } from "../../stacks/partMark.ts";
import type { StackState } from "../../stacks/state/stackState.ts";
import { isInterrupted, settleLocked } from "../interrupted/settleStack.ts";
import type { FindGivers, ReconcileJob, ReconcileResult } from "../job.ts";
import { builtInProgram } from "../pulumi/builtInProgram.ts";
import { openStackRun } from "../pulumi/stackRun.ts";
import { reconcileStack } from "../reconcileStack.ts";
import { agreeOnParts } from "./agreeOnParts.ts";
import { ensureParts } from "./ensureParts.ts";
import { handOver } from "./handOver.ts";
import { emptyPart, type RegistrationStack, splitList } from "./listPart.ts";

/** How one registration's stack fared. */
export type PartOutcome =
  | { readonly stack: string; readonly result: ReconcileResult }
  | { readonly stack: string; readonly error: unknown };

type PartsJob = Omit<ReconcileJob, "run">;

/** How many stacks are worked on at one time: each has an engine and a provider process of its own. */
const CONCURRENCY = 4;

/** A stack of the list as one run finds it, with what its own last run left. */
interface OwnStack {
  readonly state: StackState;
  /** Why it could not be settled; it is then left alone. */
  readonly error?: unknown;
}

/** What all parts are judged by. */
interface Whole {
  /** What all stacks of the list manage. */
  readonly managed: readonly ManagedMapping[];
  readonly own: readonly OwnStack[];
  readonly declared: readonly RegistrationStack[];
  /** The other stacks of the backend, and those of the list that are left alone. */
  readonly others: readonly StackState[];
  /** The Hubs that were registered anew. */
  readonly renewals: readonly Renewal[];
}

/**
 * Reconciles a list with a stack for each registration, `<stack>.<registration key>`.
 *
 * What interrupted runs left comes into the states first, so that the guard judges once, over everything. Stacks of one
 * subscription, whose writes share one budget in ARM, follow each other; those of several subscriptions go side by side.
 * What stops one holds up no other.
 */
export async function reconcileParts(job: PartsJob): Promise<readonly PartOutcome[]> {
  const { list, limits, terminal } = job;
  const { project, name: stack } = job.stack;
  const declared = splitList(list, stack);
  const wanted = new Set(declared.map((part) => part.stack));
  const states = await readSiblings(project, await project.stackNames(), { whole: stack, terminal });
  const parts = states.filter((state) => isPartOf(stack, state));
  refuseTaken(
    stack,
    states.filter((state) => wanted.has(state.stack) && !parts.includes(state)),
  );
  const ownStates = states.filter((state) => state.stack === stack || parts.includes(state));
  const settle = async (state: StackState) => await settleOwn(job, { state, declared });
  const own = await pMap(ownStates, settle, { concurrency: CONCURRENCY });
  const managed = unite(own.map(({ state }) => state));
  const renewals = await inspectRenewals(job.clientOf, { list, managed });
  guardRun({ list, managed, limits, renewals });
  const rest = own.find(({ state }) => state.stack === stack)?.state;
  if (rest) refuseRest(rest, declared);

  const settled = own.filter(({ error }) => !error);
  const confirm = await agreeOnParts(job, { managed, states: settled.map(stateOf), declared });
  const agreed: PartsJob = { ...job, confirm, asks: false };
  await ensureParts(job.stack, { parts: [...wanted], states });
  const unsettled = own.filter(({ error }) => error);
  for (const { state, error } of own) if (!error) await handOverMisplaced(job, { state, declared, unsettled });
  const isNew = unmanagedIds({ list, managed }).size > 0;
  const foreign = isNew ? await readForeignStacks(project, terminal) : [];
  // What could not be settled was not handed over either, and must not be held twice.
  const others = [...states.filter((state) => !ownStates.includes(state)), ...foreign, ...unsettled.map(stateOf)];
  const gone = parts.filter((state) => !wanted.has(state.stack)).map((state) => emptyPart(state.stack));
  const all = { managed, own, declared, others, renewals };
  const groups = [
    ...Map.groupBy([...declared, ...gone], ({ registrationSubscriptionId }) => registrationSubscriptionId).values(),
  ];
  const work = async (group: readonly RegistrationStack[]) => await reconcileGroup(agreed, { group, whole: all });
  return (await pMap(groups, work, { concurrency: CONCURRENCY })).flat();
}

/**
 * Brings in what an interrupted run of a stack left; most left nothing, which is known without another export.
 *
 * The one stack of earlier cannot be left alone where that fails: what it holds would be held twice.
 */
async function settleOwn(
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

/**
 * Hands what a stack holds of a registration that another stack has by now over to that one, before either runs: the one
 * stack of earlier, and that of a registration whose key was renamed, would remove what the other one keeps.
 */
async function handOverMisplaced(
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

async function reconcileGroup(
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
    const run = openStackRun(stack, { ...job, program: builtInProgram({ list, partOf: job.stack.name }) });
    const findGivers: FindGivers = async (_job, { managed }) => {
      refuseHeld({ managed, list }, others);
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

function stateOf({ state }: OwnStack): StackState {
  return state;
}

/** A stack that was not made for the list may hold what is somebody else's; one that holds nothing may be used. */
function refuseTaken(whole: string, states: readonly StackState[]): void {
  const taken = states.find(({ deployment }) => deployment.resources.length > 0);
  if (taken) throw new ProviderError(reconcileErrors.CSP_RECONCILE_STACK_TAKEN, { stack: taken.stack, whole });
}

/** What belongs to no part has to be removed while the stack is still one. */
function refuseRest({ stack, managed }: StackState, declared: readonly RegistrationStack[]): void {
  const rest = managed.filter(
    ({ id, provider }) => provider === "azurestack-csp" && !declared.some(({ takes }) => takes(id)),
  );
  if (rest.length === 0) return;
  const mappings = aFew(rest.map(({ name }) => name));
  throw new ProviderError(reconcileErrors.CSP_RECONCILE_STACK_NOT_SPLIT, {
    stack,
    count: String(rest.length),
    mappings,
  });
}
