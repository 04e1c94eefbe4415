import {
  formatPlanIssue,
  type Inspection,
  inspectTenantList,
  type Plan,
  type TenantList,
} from "@azurestack-csp/provider";
import { readStack, type StackState } from "../../stacks/stack.ts";
import { connect } from "../shared/azure.ts";
import type { CommandContext } from "../shared/commandContext.ts";
import { count } from "../shared/count.ts";
import { type ExitCode, exitCodes } from "../shared/exitCodes.ts";
import { exitCodeFor } from "../shared/failures.ts";
import { loadTenantList } from "../shared/loadTenantList.ts";
import { hasChanges } from "./changes.ts";
import type { PlanOrigin } from "./planDocument.ts";

/** What a command wants to know. */
export interface InspectRequest {
  readonly files: readonly string[];
  readonly stack: string | undefined;
  /** Whether a stack that is named and not there counts as an empty one; by default that is an error. */
  readonly mayCreateStack?: boolean;
  /** Whether locks and directories are looked up for everything; by default only where they matter to a run. */
  readonly everything?: boolean;
}

/** The list, what it was compared with, and what follows. */
export interface Inspected extends Inspection {
  readonly list: TenantList;
  readonly origin: PlanOrigin;
  readonly state: StackState | undefined;
}

/** Reads list, state and Azure, and plans the list against them; changes nothing. */
export async function inspect(context: CommandContext, request: InspectRequest): Promise<Inspected> {
  const { terminal, today } = context;
  const { list, paths } = loadTenantList(context, request.files);
  const progress = terminal.progress("Reading what the stack manages");
  try {
    const state = await readStack(context, request);
    if (!state) terminal.say("No stack is named, so the list is compared with Azure alone.");
    progress.update(`Reading ${count(list.registrations.length, "registration")}`);
    const managed = state?.managed ?? [];
    const { everything = false } = request;
    const clientOf = connect(context, list);
    const inspection = await inspectTenantList(clientOf, { list, managed, today: today(), everything });
    context.signal.throwIfAborted();
    return { ...inspection, list, state, origin: { stack: state?.stack, paths, today: today() } };
  } finally {
    progress.stop();
  }
}

/** Writes errors and warnings of a plan to standard error, a line each. */
export function sayPlanIssues({ terminal }: Pick<CommandContext, "terminal">, { issues }: Plan): void {
  for (const issue of issues) terminal.say(formatPlanIssue(issue));
}

/**
 * The exit code of a plan: what keeps a registration from being read comes first, then what a run would be refused for.
 *
 * @param options.detailed whether pending changes have a code of their own
 */
export function planExitCode(
  plan: Plan,
  { detailed = false }: { readonly detailed?: boolean | undefined } = {},
): ExitCode {
  const unreadable = unreadableExitCode(plan);
  if (unreadable !== undefined) return unreadable;
  if (plan.issues.some(({ severity }) => severity === "error")) return exitCodes.input;
  return detailed && hasChanges(plan) ? exitCodes.changes : exitCodes.ok;
}

/**
 * The exit code of what keeps registrations from being read; absent where nothing does.
 *
 * A registration that is gone from Azure and from the list is no such thing: a run only forgets it.
 */
export function unreadableExitCode({ registrations, issues }: Plan): ExitCode | undefined {
  const errors = new Set(
    issues
      .filter(({ severity }) => severity === "error")
      .map(({ registrationId, code }) => `${registrationId} ${code}`),
  );
  const codes = registrations.flatMap(({ registrationId, problem }) =>
    problem && errors.has(`${registrationId} ${problem.code}`) ? [exitCodeFor(problem.code)] : [],
  );
  return codes.find((code) => code !== exitCodes.failed) ?? codes[0];
}
