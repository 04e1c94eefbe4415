import {
  aFew,
  chooseRows,
  inspectRenewals,
  limitTenantList,
  type ManagedMapping,
  ProviderError,
} from "@azurestack-csp/provider";
import pMap from "p-map";
import { reconcileErrors } from "../../errors/reconcileErrors.ts";
import { guardRun } from "../../plan/guardRun.ts";
import { unite } from "../../stacks/managedStacks.ts";
import { readSiblings } from "../../stacks/otherStacks.ts";
import { isPartOf } from "../../stacks/partMark.ts";
import type { StackState } from "../../stacks/state/stackState.ts";
import type { PartsJob } from "../job.ts";
import { refuseOtherList } from "../refuseOtherList.ts";
import { agreeOnParts } from "./agreeOnParts.ts";
import { ensureParts } from "./ensureParts.ts";
import { handOverMisplaced } from "./handOverMisplaced.ts";
import { emptyPart, type RegistrationStack, splitList } from "./listPart.ts";
import { readForeign } from "./readForeign.ts";
import { type PartOutcome, reconcileGroup, type Whole } from "./reconcilePart.ts";
import { type OwnStack, settleOwn } from "./settleOwn.ts";

/** How many stacks are worked on at one time: each has an engine and a provider process of its own. */
const CONCURRENCY = 4;

/**
 * Reconciles a list with a stack for each registration, `<stack>.<registration key>`.
 *
 * What interrupted runs left comes into the states first, so that the guard judges once, over everything. Stacks of one
 * subscription, whose writes share one budget in ARM, follow each other; those of several subscriptions go side by side.
 * What stops one holds up no other. Where the job names keys, it is about the stacks of these registrations alone.
 */
export async function reconcileParts(job: PartsJob): Promise<readonly PartOutcome[]> {
  const { limits, terminal, keys } = job;
  const { project, name: stack } = job.stack;
  const declared = splitList(job.list, stack);
  const chosen = keys.length === 0 ? declared : splitList(chooseRows(job.list, keys), stack);
  const defined = new Set(declared.map((part) => part.stack));
  const wanted = new Set(chosen.map((part) => part.stack));
  const isLeftAlone = (name: string) => defined.has(name) && !wanted.has(name);
  const states = await readSiblings(project, await project.stackNames(), { whole: stack, terminal });
  const parts = states.filter((state) => isPartOf(stack, state));
  refuseTaken(
    stack,
    states.filter((state) => wanted.has(state.stack) && !parts.includes(state)),
  );
  const ownStates = states.filter((state) => state.stack === stack || parts.includes(state));
  const settle = async (state: StackState) =>
    isLeftAlone(state.stack) ? { state } : await settleOwn(job, { state, declared });
  const own = await pMap(ownStates, settle, { concurrency: CONCURRENCY });
  const all = unite(own.map(({ state }) => state));
  refuseOtherList({ stack, managed: all, list: job.list });
  const { list, managed } = keys.length === 0 ? { list: job.list, managed: all } : choose(job, all);
  const renewals = await inspectRenewals(job.clientOf, { list, managed });
  guardRun({ list, managed, limits, renewals });
  const rest = own.find(({ state }) => state.stack === stack)?.state;
  if (rest) refuseRest(rest, declared);

  const settled = own.filter(({ error }) => !error);
  const asked = { managed, states: settled.map(stateOf), declared: chosen };
  const confirm = await agreeOnParts({ ...job, list }, asked);
  await ensureParts(job.stack, { parts: [...wanted], states });
  const unsettled = own.filter(({ error }) => error);
  for (const { state, error } of own) if (!error) await handOverMisplaced(job, { state, declared: chosen, unsettled });
  const foreign = await readForeign({ ...job, list }, managed);
  // What could not be settled was not handed over either, and must not be held twice.
  const others = [...states.filter((state) => !ownStates.includes(state)), ...foreign, ...unsettled.map(stateOf)];
  const gone = parts.filter((state) => !defined.has(state.stack)).map((state) => emptyPart(state.stack));
  const whole = { managed, own, declared, others, renewals };
  const worked = keys.length === 0 ? [...chosen, ...gone] : chosen;
  const groups = [...Map.groupBy(worked, ({ registrationSubscriptionId }) => registrationSubscriptionId).values()];
  const work = async (group: readonly RegistrationStack[]) =>
    await reconcileGroup({ ...job, list, confirm, asks: false }, { group, whole });
  return (await pMap(groups, work, { concurrency: CONCURRENCY })).flat();
}

/** What a run on some registrations is about: their rows, and what is managed on them. */
function choose(
  { list, keys }: PartsJob,
  managed: readonly ManagedMapping[],
): Pick<PartsJob, "list"> & Pick<Whole, "managed"> {
  const { chosen, isChosen } = limitTenantList({ list, managed, keys });
  return { list: chosen, managed: managed.filter(isChosen) };
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
