import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import type { CommandContext, RunCommand } from "./shared/commandContext.ts";
import { type ExitCode, exitCodes } from "./shared/exitCodes.ts";

/** What `plan` is asked. */
interface PlanOptions {
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
  program
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
    )
    .option("--json", "one JSON document on standard output")
    .option("--markdown", "Markdown of a pull request's size on standard output")
    .option("--detailed-exitcode", `exit code ${exitCodes.changes} where a run would change something`)
    .addHelpText("after", EXAMPLES)
    .action((files: string[], options: PlanOptions) => run((context) => plan(context, files, options), options));
}

async function plan(context: CommandContext, files: readonly string[], options: PlanOptions): Promise<ExitCode> {
  const { inspect, planExitCode, sayPlanIssues } = await import("./plan/inspect.ts");
  const { terminal } = context;
  const inspected = await inspect(context, { files, stack: options.stack });
  const { origin, plan } = inspected;
  if (options.json) {
    const { planDocument } = await import("./plan/planDocument.ts");
    terminal.data(JSON.stringify(planDocument(plan, origin)));
  } else if (options.markdown) {
    const { planMarkdown } = await import("./plan/planMarkdown.ts");
    terminal.data(planMarkdown(plan));
  } else {
    const { planText } = await import("./plan/planText.ts");
    terminal.data(planText(plan, terminal));
  }
  sayPlanIssues(context, plan);
  return planExitCode(plan, { detailed: options.detailedExitcode });
}

/** A name that is no option somebody forgot to separate. */
export function toName(text: string): string {
  if (/^[\w./-]+$/.test(text) && !text.startsWith("-")) return text;
  throw new InvalidArgumentError("It is the name of a stack.");
}
