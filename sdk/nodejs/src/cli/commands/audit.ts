import { type Command, InvalidArgumentError } from "commander";
import type { RunCommand } from "../console/commandContext.ts";
import { toName } from "./stackOption.ts";

interface AuditOptions {
  readonly stack?: string;
  readonly group: readonly (readonly string[])[];
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ azurestack-csp audit                                  exit code 7 where anything is not as declared
  $ azurestack-csp audit --stack production --json        for a nightly pipeline
  $ azurestack-csp audit --group paris,lyon               who is on one of the two Hubs and not on the other
`;

/** Adds `audit`: what is live, compared with what is declared, for a nightly pipeline. */
export function addAuditCommand(program: Command, run: RunCommand): void {
  program
    .command("audit")
    .summary("find drift, extras, gaps, duplicates and locks; changes nothing")
    .description(
      "Compares everything that is live with the list: drift, missing and extra mappings, duplicates, gaps between Hubs, locks, billing models and directories, and what Hubs say themselves where the list knows how to reach them. Changes nothing.",
    )
    .argument("[files...]", "files or patterns of the list (default: tenants.yaml, .yml, .json or .csv)")
    .option(
      "-s, --stack <name>",
      "stack to compare with (default: PULUMI_STACK, or the project's selected one)",
      toName,
    )
    .option(
      "--group <keys>",
      "registrations whose Hubs serve the same customers, comma-separated; repeatable",
      toGroup,
      [],
    )
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", EXAMPLES)
    .action((files: string[], options: AuditOptions) =>
      run(async (context) => {
        const { runAudit } = await import("../audit/runAudit.ts");
        const { stack, group: groups, json = false } = options;
        return await runAudit(context, { files, stack, groups, json });
      }, options),
    );
}

function toGroup(text: string, groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const keys = text.split(",").map((key) => key.trim());
  if (keys.length < 2 || keys.includes(""))
    throw new InvalidArgumentError("It names two registrations or more: paris,lyon.");
  return [...groups, keys];
}
