import { DEFAULT_LIMIT, type GuardLimits, ProviderError, parseLimit, type TenantList } from "@azurestack-csp/provider";
import { sumUp } from "../commands/plan/changes.ts";
import { planDocument } from "../commands/plan/planDocument.ts";
import { planText } from "../commands/plan/planText.ts";
import type { ReconcileOptions } from "../commands/reconcile.ts";
import { connect } from "../commands/shared/azure.ts";
import type { CommandContext } from "../commands/shared/commandContext.ts";
import { type ExitCode, exitCodes } from "../commands/shared/exitCodes.ts";
import { loadTenantList } from "../commands/shared/loadTenantList.ts";
import { openProject, type Project } from "../commands/shared/project.ts";
import { nameStack } from "../commands/shared/stack.ts";
import { builtInProgram } from "./builtInProgram.ts";
import { createConfirmation } from "./confirmation.ts";
import { ensureStack } from "./ensureStack.ts";
import { type ReconcileResult, reconcileStack } from "./reconcileStack.ts";
import { findRunFolder } from "./runFolder.ts";
import { openStackRun } from "./stackRun.ts";

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
  const { list, paths } = loadTenantList(context, files);
  const project = await openProject(context);
  try {
    const stack = await requireStack(context, project, options);
    await ensureStack(project, stack);
    const result = await reconcileOne(context, { project, stack, list, options });
    report(context, result, { paths, options });
    return exitCodeOf(result, options);
  } finally {
    await project.close();
  }
}

async function requireStack(context: CommandContext, project: Project, options: ReconcileOptions): Promise<string> {
  const stack = await nameStack(project, { env: context.env, stack: options.stack });
  if (stack) return stack;
  throw new ProviderError("CSP_COMMAND_STACK_NEEDED", { purpose: "apply the list to" });
}

async function reconcileOne(
  context: CommandContext,
  target: {
    readonly project: Project;
    readonly stack: string;
    readonly list: TenantList;
    readonly options: ReconcileOptions;
  },
): Promise<ReconcileResult> {
  const { project, stack, list, options } = target;
  const { maxRemovals, maxMoves } = options;
  const program = project.folder === undefined ? builtInProgram(list, { maxRemovals, maxMoves }) : undefined;
  const clientOf = await connect(context);
  const folder = await findRunFolder(project, context.env);
  const run = await openStackRun({ project, stack, program, signal: context.signal });
  const confirm = createConfirmation(context.terminal, options);
  return await reconcileStack({
    context,
    project,
    stack,
    list,
    limits: limitsOf(options),
    folder,
    clientOf,
    run,
    confirm,
  });
}

function limitsOf({ maxRemovals, maxMoves }: ReconcileOptions): GuardLimits {
  const read = (text: string | undefined) => (text === undefined ? undefined : parseLimit(text)) ?? DEFAULT_LIMIT;
  return { maxRemovals: read(maxRemovals), maxMoves: read(maxMoves) };
}

function report(
  { terminal, today }: CommandContext,
  { stack, plan, changes, verification }: ReconcileResult,
  { paths, options }: { readonly paths: readonly string[]; readonly options: ReconcileOptions },
): void {
  if (options.json) {
    const document = planDocument(plan, { stack, paths, today: today() });
    terminal.data(JSON.stringify({ ...document, applied: changes, verification }));
    return;
  }
  const { confirmed, missing, remaining, extras } = verification;
  if (options.yes) terminal.data(planText(plan, terminal));
  terminal.data(`${stack}: ${sumUp(plan)} Verified: ${confirmed} live as declared.`);
  for (const id of missing) terminal.say(`Declared and not live: ${id}`);
  for (const id of remaining) terminal.say(`Removed and still live: ${id}`);
  if (options.failOnExtras) for (const id of extras) terminal.say(`Live and declared nowhere: ${id}`);
}

function exitCodeOf({ verification }: ReconcileResult, { failOnExtras }: ReconcileOptions): ExitCode {
  const { missing, remaining, extras } = verification;
  const differs = missing.length > 0 || remaining.length > 0 || (failOnExtras === true && extras.length > 0);
  return differs ? exitCodes.drift : exitCodes.ok;
}
