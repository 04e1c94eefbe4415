import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ClientSource,
  type GuardLimits,
  type Inspection,
  inspectTenantList,
  type Losses,
  type Plan,
  type TenantList,
} from "@azurestack-csp/provider";
import { planExitCode, sayPlanIssues } from "../commands/plan/inspect.ts";
import type { CommandContext } from "../commands/shared/commandContext.ts";
import { exitCodes } from "../commands/shared/exitCodes.ts";
import { CommandFailure } from "../commands/shared/failures.ts";
import type { Project } from "../stacks/project.ts";
import { type IntendedWrite, type Journal, journalOf } from "../stacks/run/journal.ts";
import { lockStack } from "../stacks/run/lockStack.ts";
import type { RunFolder } from "../stacks/run/runFolder.ts";
import { exportStack, type StackState } from "../stacks/stack.ts";
import { type ConfirmedLosses, guardRun } from "./guardRun.ts";
import { maySkipCheckpoints } from "./journal/checkpoints.ts";
import { intendedWrites } from "./journal/intendedWrites.ts";
import { settle } from "./journal/settle.ts";
import { matchProgram } from "./matchProgram.ts";
import { refuseStrangers } from "./refuseStrangers.ts";
import type { RunOutcome, StackRun } from "./run/stackRun.ts";
import { type Verification, verify } from "./verify.ts";

/** A stack that is to hold, and Azure to have, what a list declares. */
export interface ReconcileJob {
  readonly context: CommandContext;
  readonly project: Project;
  readonly stack: string;
  readonly list: TenantList;
  /** Whose program runs: that of the folder, or ours, which declares the list and nothing else. */
  readonly program: "folder" | "built-in";
  readonly limits: GuardLimits;
  /** What is told to the program's guard of losses that are permitted here. */
  readonly confirmLosses: (losses: Losses) => ConfirmedLosses;
  readonly folder: RunFolder;
  readonly clientOf: ClientSource;
  readonly run: StackRun;
  /** Opens runs on another stack of the project. */
  readonly openRun: (stack: string) => Promise<StackRun>;
  /** Brings in, or refuses, what other stacks hold; gives the state afterwards. */
  readonly takeOver: (job: ReconcileJob, state: StackState) => Promise<StackState>;
  /** Shows what would be done to a stack; throws where nobody agrees. */
  readonly confirm: (stack: string, plan: Plan) => Promise<void>;
}

/** What was done. */
export interface ReconcileResult {
  readonly stack: string;
  /** What was planned, before anything was done. */
  readonly plan: Plan;
  /** How many resources each of Pulumi's operations was carried out on. */
  readonly changes: RunOutcome["changes"];
  readonly verification: Verification;
}

/**
 * Brings one stack, and what is live, to what the list declares: lock, checks, preview, guard, up, verify.
 *
 * @throws ProviderError or CommandFailure; nothing was changed unless the message says so.
 */
export async function reconcileStack(job: ReconcileJob): Promise<ReconcileResult> {
  const lock = await lockStack(job);
  try {
    return await reconcileLocked(job);
  } finally {
    await lock.release();
    job.context.signal.throwIfAborted();
  }
}

async function reconcileLocked(job: ReconcileJob): Promise<ReconcileResult> {
  const { context, folder, stack, list, run } = job;
  const progress = context.terminal.progress(`Checking ${stack}`);
  const planFolder = await mkdtemp(join(tmpdir(), "azurestack-csp-plan-"));
  const planFile = join(planFolder, "plan.json");
  const journal = journalOf(folder, stack);
  try {
    const interrupted = await journal.read();
    const state = await job.takeOver(job, await settleLast(job, interrupted));
    if (job.program === "built-in") refuseStrangers(state);
    const { inspection, losses } = await check(job, state);
    const env = job.confirmLosses(losses);
    if (inspection.plan.counts.drift > 0) await run.refresh();

    progress.update(`Previewing ${stack}`);
    const preview = await run.preview(planFile, { env });
    matchProgram(list, preview.steps);
    progress.stop();
    await job.confirm(stack, inspection.plan);

    const { changes } = await carryOut(job, { planFile, env, state, preview, inspection, journal, interrupted });
    const { managed } = await exportStack(job.project, stack);
    const { today } = context;
    const request = { list, before: state.managed, after: managed, today: today() };
    return { stack, plan: inspection.plan, changes, verification: await verify(job.clientOf, request) };
  } finally {
    progress.stop();
    await rm(planFolder, { recursive: true, force: true });
  }
}

/** Before anything else is judged, what an interrupted run left comes into the state. */
async function settleLast(
  { project, stack, list, clientOf, run, context }: ReconcileJob,
  interrupted: readonly IntendedWrite[],
): Promise<StackState> {
  const state = await exportStack(project, stack);
  if (interrupted.length === 0) return state;
  const count = await settle({ writes: interrupted, state, list, clientOf, run });
  if (count === 0) return state;
  context.terminal.say(
    `An interrupted run left ${count} mappings that the list no longer declares; they are managed now.`,
  );
  return await exportStack(project, stack);
}

async function check(
  { context, list, limits, clientOf }: ReconcileJob,
  { managed }: StackState,
): Promise<{ readonly inspection: Inspection; readonly losses: Losses }> {
  const inspection = await inspectTenantList(clientOf, { list, managed, today: context.today() });
  context.signal.throwIfAborted();
  sayPlanIssues(context, inspection.plan);
  const code = planExitCode(inspection.plan);
  if (code !== exitCodes.ok)
    throw new CommandFailure(code, "The list cannot be applied as it stands, and nothing was changed.");
  return { inspection, losses: guardRun({ list, managed, limits }) };
}

async function carryOut(
  { context, run, folder, stack }: ReconcileJob,
  known: {
    readonly planFile: string;
    readonly env: ConfirmedLosses;
    readonly state: StackState;
    readonly preview: RunOutcome;
    readonly inspection: Inspection;
    readonly journal: Journal;
    readonly interrupted: readonly IntendedWrite[];
  },
): Promise<RunOutcome> {
  const { planFile, env, state, preview, inspection, journal, interrupted } = known;
  const isWanted = context.env.PULUMI_SKIP_CHECKPOINTS !== "false" && folder.isBesideStack;
  const skipCheckpoints = isWanted && maySkipCheckpoints(state.deployment, preview.steps);
  await journal.write(intendedWrites({ steps: preview.steps, plan: inspection.plan, interrupted }));
  const total = preview.steps.length;
  let done = 0;
  const progress = context.terminal.progress(`Applying to ${stack}`);
  const onDone = () => progress.update(`Applying to ${stack}: ${++done} of ${total}`);
  try {
    const outcome = await run.up(planFile, { env, skipCheckpoints, onDone });
    await journal.clear();
    return outcome;
  } finally {
    progress.stop();
  }
}
