import { type Command, Option } from "commander";
import type { CommandContext, RunCommand } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
import type { GuardOptions } from "../plan/guardLimits.ts";
import { findProjectFolder } from "../stacks/project.ts";
import { addGuardOptions } from "./guardOptions.ts";
import { toName } from "./stackOption.ts";

/** What `plan` is asked. */
interface PlanOptions extends GuardOptions {
  readonly stack?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly detailedExitcode?: true;
}

const EXAMPLES = `
Examples:
  $ azurestack-csp plan                                   what a run would do, from the folder of the list
  $ azurestack-csp plan --stack production --markdown     the same, as a comment on a pull request
  $ azurestack-csp plan --detailed-exitcode               exit code 6 where a run would change something
`;

/** Adds `plan`: what a run would do, compared with what is live and what the stack manages. */
export function addPlanCommand(program: Command, run: RunCommand): void {
  const command = program
    .command("plan")
    .summary("show what a run would do; changes nothing")
    .description(
      "Shows what a run would do: compares the list with what is live, and with what the stack manages. Changes nothing.",
    )
    .argument("[files...]", "files or patterns of the list (default: tenants.yaml, .yml, .json or .csv)")
    .option(
      "-s, --stack <name>",
      "stack to compare with (default: PULUMI_STACK, or the project's selected one)",
      toName,
    );
  addGuardOptions(command)
    .option("--json", "one JSON document on standard output")
    .addOption(new Option("--markdown", "Markdown of a pull request's size on standard output").conflicts("json"))
    .option("--detailed-exitcode", `exit code ${exitCodes.changes} where a run would change something`)
    .addHelpText("after", EXAMPLES)
    .action((files: string[], options: PlanOptions) => run((context) => plan(context, files, options), options));
}

async function plan(context: CommandContext, files: readonly string[], options: PlanOptions): Promise<ExitCode> {
  const [{ inspect, planExitCode, sayPlanIssues }, { judgeRun, verdictLines }, { planLimitsOf }] = await Promise.all([
    import("../plan/inspect.ts"),
    import("../plan/guardRun.ts"),
    import("../plan/guardLimits.ts"),
  ]);
  const { terminal, env, folder } = context;
  const { plan, list, state, origin } = await inspect(context, { files, stack: options.stack });
  const limits = planLimitsOf(options, { env, hasProgram: findProjectFolder(folder) !== undefined });
  const verdict = judgeRun({ list, managed: state?.managed ?? [], limits });
  const stops = verdictLines(verdict);
  if (options.json) {
    const { guardDocument, planDocument } = await import("../plan/planDocument.ts");
    terminal.data(JSON.stringify({ ...planDocument(plan, origin), guard: guardDocument(verdict) }));
  } else if (options.markdown) {
    const { planMarkdown } = await import("../plan/planMarkdown.ts");
    terminal.data(planMarkdown(plan, { stops }));
  } else {
    const { planText } = await import("../plan/planText.ts");
    terminal.data(planText(plan, terminal, { stops }));
  }
  // Text has them at its head, where a terminal shows both.
  if (options.json || options.markdown) for (const line of stops) terminal.say(line);
  sayPlanIssues(context, plan);
  return planExitCode(plan, { isStopped: stops.length > 0, detailed: options.detailedExitcode });
}
