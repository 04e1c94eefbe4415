import { type Command, Option } from "commander";
import type { RunCommand } from "../console/commandContext.ts";
import { exitCodes } from "../console/exitCodes.ts";
import type { GuardOptions } from "../plan/guardLimits.ts";
import type { PlanRequest } from "../plan/runPlan.ts";
import { addGuardOptions } from "./guardOptions.ts";
import { toName } from "./stackOption.ts";

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
    .action((files: string[], options: PlanOptions) =>
      run(async (context) => {
        const { runPlan } = await import("../plan/runPlan.ts");
        const { stack, maxRemovals, maxMoves, detailedExitcode: detailed = false } = options;
        const guard = { maxRemovals, maxMoves };
        return await runPlan(context, { files, stack, guard, format: formatOf(options), detailed });
      }, options),
    );
}

function formatOf({ json, markdown }: PlanOptions): PlanRequest["format"] {
  if (json) return "json";
  return markdown ? "markdown" : "text";
}
