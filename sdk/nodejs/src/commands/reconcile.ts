import { type Command, InvalidArgumentError } from "commander";
import { toName } from "./plan.ts";
import type { RunCommand } from "./shared/commandContext.ts";
import { exitCodes } from "./shared/exitCodes.ts";
import { CommandFailure } from "./shared/failures.ts";

/** What `reconcile` is asked. */
export interface ReconcileOptions {
  readonly stack?: string;
  readonly json?: true;
  readonly failOnExtras?: true;
  readonly maxRemovals?: string;
  readonly maxMoves?: string;
  readonly yes?: true;
  readonly stackPerRegistration?: true;
}

const EXAMPLES = `
Examples:
  $ azurestack-csp reconcile --stack production            shows the plan, asks, applies it and verifies it
  $ azurestack-csp reconcile --stack production --yes      the same in a pipeline
  $ azurestack-csp reconcile --yes --max-removals 12       twelve removals, looked at and meant
`;

/** Adds `reconcile`: checks, previews, guards, applies and verifies a list in one command. */
export function addReconcileCommand(program: Command, run: RunCommand): void {
  program
    .command("reconcile")
    .summary("apply the list: check, preview, guard, up, verify")
    .description(
      "Brings Azure and the stack to what the list declares: checks it, previews it, guards it, applies exactly what was previewed, and verifies what is live. Runs the folder's Pulumi program, or the built-in one.",
    )
    .argument("[files...]", "files or patterns of the list (default: tenants.yaml, .yml, .json or .csv)")
    .option("-s, --stack <name>", "stack to apply to (default: PULUMI_STACK, or the project's selected one)", toName)
    .option(
      "--max-removals <limit>",
      'removals that are permitted: a number, a share, or both: 5, 10%, "5,10%"',
      toLimit,
    )
    .option("--max-moves <limit>", "moves that are permitted, written alike", toLimit)
    .option("--fail-on-extras", `exit code ${exitCodes.drift} where something live is neither declared nor managed`)
    .option(
      "--stack-per-registration",
      "a stack for each registration, <stack>.<key>; one that fails holds up no other",
    )
    .option("-y, --yes", "apply without asking; needed where nobody can be asked")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", EXAMPLES)
    .action((files: string[], options: ReconcileOptions) =>
      run(async (context) => {
        if (options.stackPerRegistration && !options.yes) {
          throw new CommandFailure(
            exitCodes.usage,
            "--stack-per-registration applies several plans at once; add --yes.",
          );
        }
        const { reconcile } = await import("../reconcile/reconcile.ts");
        return await reconcile(context, files, options);
      }, options),
    );
}

function toLimit(text: string): string {
  const parts = text.split(",");
  if (parts.length <= 2 && parts.every((part) => /^\d+(\.\d+)?%$|^\d+$/.test(part))) return text;
  throw new InvalidArgumentError('Write a number, a share, or both: 5, 10% or "5,10%".');
}
