import { findProjectFolder } from "../../journal/backend.ts";
import type { CommandContext } from "../console/commandContext.ts";
import type { ExitCode } from "../console/exitCodes.ts";
import { type GuardOptions, planLimitsOf } from "./guardLimits.ts";
import { judgePlan, verdictLines } from "./guardRun.ts";
import { inspect, planExitCode, sayPlanIssues } from "./inspect.ts";
import { lossNames } from "./nameOffboarded.ts";
import { guardDocument, planDocument } from "./planDocument.ts";
import { planMarkdown } from "./planMarkdown.ts";
import { planText } from "./planText.ts";

/** What `plan` is asked. */
export interface PlanRequest {
  /** The paths or patterns of the list; none where the default is meant. */
  readonly files: readonly string[];
  readonly stack: string | undefined;
  readonly guard: GuardOptions;
  readonly format: "text" | "markdown" | "json";
  /** Whether pending changes have an exit code of their own. */
  readonly detailed: boolean;
}

/**
 * Shows what a run would do, compared with what is live and what the stack manages; changes nothing.
 *
 * @returns the exit code of the plan.
 */
export async function runPlan(context: CommandContext, request: PlanRequest): Promise<ExitCode> {
  const { files, stack, guard, format, detailed } = request;
  const { terminal, env, folder } = context;
  const { plan, list, state, origin } = await inspect(context, { files, stack });
  const project = findProjectFolder(folder);
  const program = project === undefined ? undefined : { folder: project, stack: origin.stack };
  const { renewals } = plan;
  const run = { list, managed: state?.managed ?? [], renewals, nameOf: lossNames(plan) };
  const verdict = judgePlan(planLimitsOf(guard, { env, program }), run);
  const { unknown } = verdict;
  const stops = verdictLines(verdict);
  if (format === "json") {
    terminal.data(JSON.stringify({ ...planDocument(plan, origin), guard: guardDocument(verdict) }));
  } else if (format === "markdown") terminal.data(planMarkdown(plan, { stops, unknown }));
  else terminal.data(planText(plan, terminal, { stops, unknown }));
  // Text has them at its head, where a terminal shows both.
  if (format !== "text") for (const line of stops) terminal.say(line);
  sayPlanIssues(context, plan);
  return planExitCode(plan, { isStopped: stops.length > 0, detailed });
}
