import { ProviderError, type TenantList } from "@azurestack-csp/provider";
import type { CommandContext } from "../console/commandContext.ts";
import type { ExitCode } from "../console/exitCodes.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { reconcileErrors } from "../errors/reconcileErrors.ts";
import { connect } from "../input/clients.ts";
import { requireRegistrations } from "../input/requireRegistrations.ts";
import { withStackAndList } from "../input/stackAndList.ts";
import { confirmLosses, limitsOf } from "../plan/guardLimits.ts";
import { PACKAGE_FOLDER } from "../stacks/project.ts";
import { openStack } from "../stacks/stack.ts";
import { createConfirmation } from "./confirmation.ts";
import type { PartsJob } from "./job.ts";
import { findPartsToTakeOver } from "./parts/findPartsToTakeOver.ts";
import { reconcileParts } from "./parts/reconcileParts.ts";
import { builtInProgram } from "./pulumi/builtInProgram.ts";
import { openStackRun } from "./pulumi/stackRun.ts";
import { reconcileStack } from "./reconcileStack.ts";
import { reconcileExitCode, reportMany, reportOne } from "./report.ts";
import type { ReconcileRequest } from "./request.ts";
import { createResourceNames } from "./resourceNames.ts";

/**
 * Reconciles a list with Azure, through the program of the working folder or the built-in one.
 *
 * @returns the exit code: `ok`, or `drift` where what is live is not as declared.
 * @throws ProviderError or CommandFailure
 */
export async function reconcile(context: CommandContext, request: ReconcileRequest): Promise<ExitCode> {
  return await withStackAndList(context, request, async ({ project, list, paths, stack: name }) => {
    if (!name) throw new ProviderError(commandErrors.CSP_COMMAND_STACK_NEEDED, { purpose: "apply the list to" });
    const { registrations, stackPerRegistration, keepGoing } = request;
    requireRegistrations(registrations, list);
    if ((registrations.length > 0 || keepGoing) && project.folder !== undefined && !stackPerRegistration) {
      const option = keepGoing ? "--keep-going" : "--registration";
      throw new ProviderError(reconcileErrors.CSP_RECONCILE_PROGRAM_WHOLE, { folder: project.folder, option });
    }
    const stack = openStack(project, name);
    // A backend that does not say where journals belong stops the command before anything is done.
    await stack.journalFolder();
    const job = prepare(context, request, { stack, list });
    const report = { ...request, paths, notLookedAt: otherKeys(list, registrations) };
    // The provider is looked up from the working folder, which for the built-in program has to be this package's.
    if (project.folder === undefined || stackPerRegistration) process.chdir(PACKAGE_FOLDER);
    if (stackPerRegistration) return reportMany(context, await reconcileParts(job), report);
    const openRun = (declared: TenantList) => {
      const program = project.folder === undefined ? builtInProgram({ list: declared }) : undefined;
      return openStackRun(stack, { ...context, program, nameOf: createResourceNames(list) });
    };
    const keys = registrations.length > 0 ? registrations : undefined;
    const limit = { keys, keepsGoing: keepGoing, openRun };
    const result = await reconcileStack({ ...job, limit, run: openRun(list) }, findPartsToTakeOver);
    reportOne(context, result, report);
    return reconcileExitCode(result, request);
  });
}

/** The registrations that a limited run leaves alone. */
function otherKeys({ registrations }: TenantList, chosen: readonly string[]): readonly string[] {
  if (chosen.length === 0) return [];
  return registrations.map(({ key }) => key).filter((key) => !chosen.includes(key));
}

function prepare(
  context: CommandContext,
  { guard, yes, registrations: keys }: ReconcileRequest,
  target: Pick<PartsJob, "stack" | "list">,
): PartsJob {
  const { stack, list } = target;
  const { terminal, signal, env } = context;
  return {
    ...target,
    keys,
    terminal,
    signal,
    today: context.today,
    wantsCheckpoints: env.PULUMI_SKIP_CHECKPOINTS === "false",
    program: stack.project.folder === undefined ? "built-in" : "folder",
    limits: limitsOf(guard, env),
    confirmLosses: (losses) => confirmLosses(losses, guard),
    ...connect(context, list),
    confirm: createConfirmation(context, { yes }),
    asks: !yes,
  };
}
