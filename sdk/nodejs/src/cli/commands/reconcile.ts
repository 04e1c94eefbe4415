import type { Command } from "commander";
import type { RunCommand } from "../console/commandContext.ts";
import { exitCodes } from "../console/exitCodes.ts";
import { readSettingsFile } from "../input/settingsFile.ts";
import type { GuardOptions } from "../plan/guardLimits.ts";
import { addGuardOptions } from "./guardOptions.ts";
import { toName } from "./stackOption.ts";

interface ReconcileOptions extends GuardOptions {
  readonly stack?: string;
  readonly json?: true;
  readonly failOnExtras?: true;
  readonly yes?: true;
  readonly stackPerRegistration?: boolean;
  readonly registration: readonly string[];
  readonly keepGoing?: true;
}

const EXAMPLES = `
Examples:
  $ azurestack-csp reconcile --stack production            shows the plan, asks, applies it and verifies it
  $ azurestack-csp reconcile --stack production --yes      the same in a pipeline
  $ azurestack-csp reconcile --yes --max-removals 12       twelve removals, looked at and meant
  $ azurestack-csp reconcile --registration paris --yes    that Hub alone; the others stay as the stack has them
`;

/** Adds `reconcile`: checks, previews, guards, applies and verifies a list in one command. */
export function addReconcileCommand(program: Command, run: RunCommand): void {
  const command = program
    .command("reconcile")
    .summary("apply the list: check, preview, guard, up, verify")
    .description(
      "Brings Azure and the stack to what the list declares: checks it, previews it, guards it, applies exactly what was previewed, and verifies what is live. Runs the folder's Pulumi program, or the built-in one.",
    )
    .argument("[files...]", "files or patterns of the list (default: tenants.yaml, .yml, .json or .csv)")
    .option("-s, --stack <name>", "stack to apply to (default: PULUMI_STACK, or the project's selected one)", toName);
  command.option(
    "-r, --registration <key>",
    "registration to work on, all others stay as the stack has them; repeatable",
    (key: string, others: readonly string[]) => [...others, key],
    [],
  );
  command.option("--keep-going", "leave a registration with errors as the stack has it, and go on with the others");
  addGuardOptions(command)
    .option("--fail-on-extras", `exit code ${exitCodes.drift} where something live is neither declared nor managed`)
    .option(
      "--stack-per-registration",
      "a stack for each registration, <stack>.<key>; one that fails holds up no other",
    )
    .option("--no-stack-per-registration", "one stack, whatever azurestack-csp.yaml says")
    .option("-y, --yes", "apply without asking; needed where nobody can be asked")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", EXAMPLES)
    .action((files: string[], options: ReconcileOptions) =>
      run(async (context) => {
        const { stackPerRegistration = readSettingsFile(context).stackPerRegistration ?? false } = options;
        const { reconcile } = await import("../reconcile/reconcile.ts");
        const { stack, registration: registrations, maxRemovals, maxMoves } = options;
        const { yes = false, json = false, failOnExtras = false, keepGoing = false } = options;
        const guard = { maxRemovals, maxMoves };
        const limits = { registrations, keepGoing };
        const request = { files, stack, guard, yes, stackPerRegistration, failOnExtras, json, ...limits };
        return await reconcile(context, request);
      }, options),
    );
}
