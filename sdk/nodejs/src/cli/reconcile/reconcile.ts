import { ProviderError, type TenantList } from "@azurestack-csp/provider";
import type { ReconcileOptions } from "../commands/reconcile.ts";
import type { CommandContext } from "../console/commandContext.ts";
import type { ExitCode } from "../console/exitCodes.ts";
import { connect } from "../input/clients.ts";
import { withStackAndList } from "../input/stackAndList.ts";
import { confirmLosses, limitsOf } from "../plan/guardLimits.ts";
import { findRunFolder } from "../stacks/lock/runFolder.ts";
import { PACKAGE_FOLDER, type Project } from "../stacks/project.ts";
import { createConfirmation } from "./confirmation.ts";
import { findPartsToTakeOver } from "./parts/findPartsToTakeOver.ts";
import { reconcileParts } from "./parts/reconcileParts.ts";
import { builtInProgram } from "./pulumi/builtInProgram.ts";
import { openStackRun } from "./pulumi/stackRun.ts";
import { type ReconcileJob, reconcileStack } from "./reconcileStack.ts";
import { exitCodeOf, reportMany, reportOne } from "./report.ts";

/**
 * Reconciles a list with Azure, through the program of the working folder or the built-in one.
 *
 * @returns the exit code: `ok`, or `drift` where what is live is not as declared.
 * @throws ProviderError or CommandFailure
 */
export async function reconcile(
  context: CommandContext,
  files: readonly string[],
  options: ReconcileOptions,
): Promise<ExitCode> {
  return await withStackAndList(context, { files, stack: options.stack }, async ({ project, list, paths, stack }) => {
    if (!stack) throw new ProviderError("CSP_COMMAND_STACK_NEEDED", { purpose: "apply the list to" });
    const job = await prepare(context, { project, stack, list, options });
    // The provider is looked up from the working folder, which for the built-in program has to be this package's.
    if (project.folder === undefined || options.stackPerRegistration) process.chdir(PACKAGE_FOLDER);
    if (options.stackPerRegistration) {
      const outcomes = await reconcileParts({ ...job, list });
      return reportMany(context, outcomes, { paths, options });
    }
    const program = project.folder === undefined ? builtInProgram({ list }) : undefined;
    const run = openStackRun({ project, stack, program, context });
    const result = await reconcileStack({ ...job, list, run, findGivers: findPartsToTakeOver });
    reportOne(context, result, { paths, options });
    return exitCodeOf(result, options);
  });
}

async function prepare(
  context: CommandContext,
  target: {
    readonly project: Project;
    readonly stack: string;
    readonly list: TenantList;
    readonly options: ReconcileOptions;
  },
): Promise<Omit<ReconcileJob, "list" | "run" | "findGivers">> {
  const { project, stack, list, options } = target;
  return {
    context,
    project,
    stack,
    program: project.folder === undefined ? "built-in" : "folder",
    limits: limitsOf(options, context.env),
    confirmLosses: (losses) => confirmLosses(losses, options),
    folder: await findRunFolder(project, context.env),
    clientOf: connect(context, list),
    confirm: createConfirmation(context, options),
  };
}
