import { ProviderError, type TenantList } from "@azurestack-csp/provider";
import type { ReconcileOptions } from "../commands/reconcile.ts";
import { connect } from "../commands/shared/azure.ts";
import type { CommandContext } from "../commands/shared/commandContext.ts";
import type { ExitCode } from "../commands/shared/exitCodes.ts";
import { withStackAndList } from "../commands/shared/stackAndList.ts";
import { PACKAGE_FOLDER, type Project } from "../stacks/project.ts";
import { findRunFolder } from "../stacks/run/runFolder.ts";
import { createConfirmation } from "./confirmation.ts";
import { confirmLosses, limitsOf } from "./guardLimits.ts";
import { type ReconcileJob, reconcileStack } from "./reconcileStack.ts";
import { exitCodeOf, reportMany, reportOne } from "./report.ts";
import { builtInProgram } from "./run/builtInProgram.ts";
import { openStackRun } from "./run/stackRun.ts";
import { findPartsToTakeOver } from "./stacks/findPartsToTakeOver.ts";
import { reconcileParts } from "./stacks/reconcileParts.ts";

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
