import { ProviderError } from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import type { ExitCode } from "../console/exitCodes.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { connect } from "../input/clients.ts";
import { withStackAndList } from "../input/stackAndList.ts";
import { confirmLosses, limitsOf } from "../plan/guardLimits.ts";
import { findRunFolder } from "../stacks/lock/runFolder.ts";
import { PACKAGE_FOLDER } from "../stacks/project.ts";
import { createConfirmation } from "./confirmation.ts";
import type { ReconcileJob } from "./job.ts";
import { findPartsToTakeOver } from "./parts/findPartsToTakeOver.ts";
import { reconcileParts } from "./parts/reconcileParts.ts";
import { builtInProgram } from "./pulumi/builtInProgram.ts";
import { openStackRun } from "./pulumi/stackRun.ts";
import { reconcileStack } from "./reconcileStack.ts";
import { reconcileExitCode, reportMany, reportOne } from "./report.ts";
import type { ReconcileRequest } from "./request.ts";

/**
 * Reconciles a list with Azure, through the program of the working folder or the built-in one.
 *
 * @returns the exit code: `ok`, or `drift` where what is live is not as declared.
 * @throws ProviderError or CommandFailure
 */
export async function reconcile(context: CommandContext, request: ReconcileRequest): Promise<ExitCode> {
  return await withStackAndList(context, request, async ({ project, list, paths, stack }) => {
    if (!stack) throw new ProviderError(commandErrors.CSP_COMMAND_STACK_NEEDED, { purpose: "apply the list to" });
    const job = await prepare(context, request, { project, stack, list });
    const report = { ...request, paths };
    // The provider is looked up from the working folder, which for the built-in program has to be this package's.
    if (project.folder === undefined || request.stackPerRegistration) process.chdir(PACKAGE_FOLDER);
    if (request.stackPerRegistration) return reportMany(context, await reconcileParts(job), report);
    const program = project.folder === undefined ? builtInProgram({ list }) : undefined;
    const run = openStackRun({ project, stack, program, context });
    const result = await reconcileStack({ ...job, run }, findPartsToTakeOver);
    reportOne(context, result, report);
    return reconcileExitCode(result, request);
  });
}

async function prepare(
  context: CommandContext,
  { guard, yes }: ReconcileRequest,
  target: Pick<ReconcileJob, "project" | "stack" | "list">,
): Promise<Omit<ReconcileJob, "run">> {
  const { project, list } = target;
  return {
    ...target,
    context,
    program: project.folder === undefined ? "built-in" : "folder",
    limits: limitsOf(guard, context.env),
    confirmLosses: (losses) => confirmLosses(losses, guard),
    folder: await findRunFolder(project, context.env),
    clientOf: connect(context, list),
    confirm: createConfirmation(context, { yes }),
  };
}
