import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  chooseRows,
  formatPlanIssue,
  type Inspection,
  type InspectionRequest,
  inspectTenantList,
  isNotThere,
  type Losses,
  type ManagedMapping,
  type Plan,
  registrationKey,
} from "@azurestack-csp/provider";
import type { IntendedWrite } from "../../journal/intendedWrite.ts";
import { exitCodes } from "../console/exitCodes.ts";
import { CommandFailure, messageOf } from "../console/failures.ts";
import { type ConfirmedLosses, guardRun, judgeRun, verdictLines } from "../plan/guardRun.ts";
import { planExitCode, sayPlanIssues } from "../plan/inspect.ts";
import { lossNames, nameOffboarded } from "../plan/nameOffboarded.ts";
import { hasChanges } from "../plan/planWording.ts";
import type { Journal } from "../stacks/interrupted/journal.ts";
import { unite } from "../stacks/managedStacks.ts";
import { wasKilled } from "../stacks/pulumiErrors.ts";
import type { StackState } from "../stacks/state/stackState.ts";
import { makeTemporaryFolder } from "../stacks/writing.ts";
import { agreeFirst, isAgreed } from "./agreeFirst.ts";
import { maySkipCheckpoints } from "./interrupted/checkpoints.ts";
import { intendedWrites } from "./interrupted/intendedWrites.ts";
import { NOTHING_DECLARED, settleStack } from "./interrupted/settleStack.ts";
import type { FindGivers, ReconcileJob, ReconcileResult } from "./job.ts";
import { findGoing, type LeftBehind } from "./keepGoing.ts";
import { keepRemaining } from "./keepRemaining.ts";
import { liftedLocks } from "./liftedLocks.ts";
import { limitJob, refuseOutside } from "./limitJob.ts";
import { markWrong } from "./markWrong.ts";
import { matchProgram } from "./matchProgram.ts";
import { handOver } from "./parts/handOver.ts";
import { inNewStack } from "./parts/inNewStack.ts";
import { progressText } from "./progressText.ts";
import { RunFailure } from "./pulumi/runFailure.ts";
import type { RunOutcome } from "./pulumi/stackRun.ts";
import { refuseOtherList } from "./refuseOtherList.ts";
import { refuseStrangers } from "./refuseStrangers.ts";
import { createResourceNames } from "./resourceNames.ts";
import { verify } from "./verify.ts";

/**
 * Brings one stack, and what is live, to what the list declares: lock, checks, preview, guard, up, verify.
 *
 * @throws ProviderError or CommandFailure; nothing was written to Azure unless the message says so.
 */
export async function reconcileStack(job: ReconcileJob, findGivers: FindGivers): Promise<ReconcileResult> {
  const { stack, signal, terminal } = job;
  const lock = await stack.lock(job);
  try {
    const result = await reconcileLocked(job, findGivers);
    signal.throwIfAborted();
    return result;
  } catch (error) {
    if (wasKilled(error)) await stack.free(job).catch((left: unknown) => terminal.say(messageOf(left)));
    // What an interruption broke off says so by itself; what went wrong besides must not be lost behind it.
    if (signal.aborted && error !== signal.reason) terminal.say(messageOf(error));
    signal.throwIfAborted();
    throw error;
  } finally {
    await lock.release();
  }
}

async function reconcileLocked(whole: ReconcileJob, findGivers: FindGivers): Promise<ReconcileResult> {
  const { stack, limit } = whole;
  const progress = whole.terminal.progress(`Checking ${stack.name}`);
  const planFolder = await makeTemporaryFolder("plan");
  const planFile = join(planFolder, "plan.json");
  try {
    const mayBeMissing = whole.program === "built-in";
    // What an interrupted run wrote on a registration that this one leaves alone, nobody would look for after it.
    const named = limit?.keys ? chooseRows(whole.list, limit.keys) : whole.list;
    const resumed = limit?.keepsGoing ? NOTHING_DECLARED : named;
    const settled = await settleStack(whole, { stack, list: resumed, mayBeMissing });
    const { state: own, interrupted, journal } = settled;
    if (whole.program === "built-in") refuseStrangers(own);
    const givers = await findGivers(limitJob(whole, own.managed), own);
    const { job, inspection, losses, left } = await check(whole, unite([own, ...givers]));
    const { list, run, scope } = job;
    const { plan } = inspection;
    const env = job.confirmLosses(losses);

    const { state, preview } = await inNewStack(stack, settled, async () => {
      const look = async (file: string) => {
        progress.update(`Previewing ${stack.name}`);
        const outcome = await run.preview(file, { env });
        matchProgram(list, outcome.steps);
        progress.stop();
        return outcome;
      };
      const agreed = await agreeFirst(job, {
        plan,
        givers,
        look: async () => await look(join(planFolder, "look.json")),
      });
      const to = [{ stack, takes: () => true }];
      for (const giver of givers) await handOver(job, { from: stack.sibling(giver.stack), to });
      const before = givers.length > 0 ? await stack.export() : own;
      if (plan.counts.drift > 0)
        await run.refresh(scope && before.managed.filter(scope.isChosen).map(({ urn }) => urn));
      const outcome = await look(planFile);
      refuseOutside(job, { managed: before.managed, preview: outcome });
      if (!agreed || !isAgreed(agreed, outcome)) await job.confirm(stack.name, plan, outcome.steps);
      return { state: before, preview: outcome };
    });

    const isSettled = isUnchanged(job, { plan, preview });
    if (isSettled) await journal.clear();
    const { changes } = isSettled
      ? preview
      : await carryOut(job, { planFile, env, state, preview, inspection, interrupted, journal });
    const { managed } = await markWrong(job, { state: isSettled ? state : await stack.export(), plan });
    const request = { list, before: state.managed, after: managed, today: job.today(), ...lookedAtBy(job) };
    const verification = await verify(job.clientOf, request);
    await keepRemaining(job, { before: state, remaining: verification.remaining });
    return { stack: stack.name, plan, changes, verification, liftedLocks: liftedLocks(list, inspection.live), left };
  } finally {
    progress.stop();
    await rm(planFolder, { recursive: true, force: true });
  }
}

/** Whether an update would only write the same state again; another program than ours may have outputs that change. */
function isUnchanged(
  { program }: ReconcileJob,
  { plan, preview }: { readonly plan: Plan; readonly preview: RunOutcome },
): boolean {
  return program === "built-in" && !hasChanges(plan) && preview.steps.every(({ op }) => op === "same");
}

/** Which registrations Azure is asked about: all, unless the run is limited. */
function lookedAtBy({ scope }: ReconcileJob): Pick<InspectionRequest, "isLookedAt"> {
  return scope ? { isLookedAt: scope.isLookedAt } : {};
}

/** What was looked at, and the plan that follows. */
type Inspected = Omit<Inspection, "plan"> & { readonly plan: Plan };

/** What a run goes on with once its plan is judged. */
interface Checked {
  /** Limited to what it is about. */
  readonly job: ReconcileJob;
  readonly inspection: Inspected;
  readonly losses: Losses;
  readonly left: LeftBehind | undefined;
}

async function check(whole: ReconcileJob, managed: readonly ManagedMapping[], left?: LeftBehind): Promise<Checked> {
  const job = limitJob(whole, managed);
  const { limits, scope } = job;
  const inspection = await look(job, managed);
  const { list, limit } = whole;
  refuseOtherList({ stack: whole.stack.name, managed, list, gone: goneIn(inspection.plan) });
  const going = limit?.keepsGoing ? findGoing({ plan: inspection.plan, list, managed, keys: limit.keys }) : undefined;
  if (limit && going && going.keys.length > 0) {
    for (const issue of going.left.issues) job.terminal.say(formatPlanIssue(issue));
    const issues = [...(left?.issues ?? []), ...going.left.issues];
    const rest = { ...whole, limit: { ...limit, keys: going.keys } };
    return await check(rest, managed, { code: left?.code ?? going.left.code, issues });
  }
  const plan = await nameOffboarded(inspection.plan, job.nameOf);
  job.signal.throwIfAborted();
  const judged = scope ? { list: scope.chosen, managed: managed.filter(scope.isChosen) } : { list, managed };
  const run = { ...judged, limits, renewals: plan.renewals, nameOf: lossNames(plan) };
  const code = planExitCode(plan);
  if (code !== exitCodes.ok) {
    // A list that has lost its rows meets locks as well, and the guard asks whether it was meant.
    const verdict = judgeRun(run);
    for (const line of verdictLines(verdict)) job.terminal.say(line);
    sayPlanIssues(job, plan);
    throw new CommandFailure(code, "The list cannot be applied as it stands, and nothing was written to Azure.", {
      issues: [...plan.issues, ...verdict.problems],
    });
  }
  sayPlanIssues(job, plan);
  return { job, inspection: { ...inspection, plan }, losses: guardRun(run), left };
}

async function look(job: ReconcileJob, managed: readonly ManagedMapping[]): Promise<Inspection> {
  const { list, clientOf } = job;
  // Its end notes what was asked for here, so that older states are asked about once.
  const doubted = managed.map((mapping) => (mapping.isUnasked ? { ...mapping, isNew: true } : mapping));
  const request = { list, managed: doubted, today: job.today(), ...lookedAtBy(job) };
  const inspection = await inspectTenantList(clientOf, request);
  job.signal.throwIfAborted();
  return inspection;
}

/** The registrations that are not there any more, by `registrationKey`. */
function goneIn({ registrations }: Plan): ReadonlySet<string> {
  const gone = registrations.filter(({ problem }) => problem && isNotThere(problem));
  return new Set(gone.map(({ registration }) => registrationKey(registration)));
}

async function carryOut(
  job: ReconcileJob,
  known: {
    readonly planFile: string;
    readonly env: ConfirmedLosses;
    readonly state: StackState;
    readonly preview: RunOutcome;
    readonly inspection: Inspected;
    readonly interrupted: readonly IntendedWrite[];
    readonly journal: Journal;
  },
): Promise<RunOutcome> {
  const { stack, run } = job;
  const { planFile, env, state, preview, inspection, interrupted, journal } = known;
  const { isBesideStack } = await stack.journalFolder();
  const isWanted = !job.wantsCheckpoints && isBesideStack;
  const skipCheckpoints = isWanted && maySkipCheckpoints(state.deployment, preview.steps);
  await journal.write(intendedWrites({ steps: preview.steps, plan: inspection.plan, interrupted }));
  const total = preview.steps.length;
  let done = 0;
  const progress = job.terminal.progress(`Applying to ${stack.name}`);
  const onDone = () => progress.update(`Applying to ${stack.name}: ${++done} of ${total}`);
  try {
    const outcome = await run.up(planFile, { env, skipCheckpoints, onDone });
    await journal.clear();
    return outcome;
  } catch (error) {
    progress.stop();
    await settleFailed(job, { journal, error });
    if (!(error instanceof RunFailure)) throw error;
    const told = { planned: preview.steps, progress: error.progress, nameOf: createResourceNames(job.list) };
    throw error.followedBy(progressText(told));
  } finally {
    progress.stop();
  }
}

/**
 * Takes into the state at once what a failed run wrote all the same; later nobody could tell it from what somebody else
 * registers. Where that cannot be found out, and after an interruption, the journal stays for the next run.
 */
async function settleFailed(
  job: ReconcileJob,
  { journal, error: failure }: { readonly journal: Journal; readonly error: unknown },
): Promise<void> {
  if (job.signal.aborted) return;
  try {
    await job.stack.endRun({ ...job, ownsLock: wasKilled(failure) });
    await settleStack(job, { stack: job.stack, list: NOTHING_DECLARED });
    await journal.clear();
  } catch (error) {
    job.terminal.say(`What the failed run has written could not be looked up: ${messageOf(error)}`);
  }
}
