import { type Command, Option } from "commander";
import type { RunCommand } from "../console/commandContext.ts";
import { LIST_FORMATS, type ListFormat } from "../list/listFormats.ts";
import { toName } from "./stackOption.ts";

interface ListOptions {
  readonly stack?: string;
  readonly format?: ListFormat;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ azurestack-csp list                                   who is declared on which Hub, and billed to which subscription
  $ azurestack-csp list --format csv > customers.csv      the same for a spreadsheet
  $ azurestack-csp list tenants/*.yaml --format md        the same for a wiki
`;

/** Adds `list`: what the list declares, as a table or for other programs, without network. */
export function addListCommand(program: Command, run: RunCommand): void {
  program
    .command("list")
    .summary("print who is declared on which Hub, without network")
    .description(
      "Prints what the tenant list declares: each customer, the registrations of its Hubs, the subscription that it is billed to there, and its labels. Needs no network.",
    )
    .argument("[files...]", "files or patterns of the list (default: tenants.yaml, .yml, .json or .csv)")
    .option("-s, --stack <name>", "stack whose configuration names the list (default: PULUMI_STACK)", toName)
    .addOption(
      new Option("-f, --format <format>", "how it is printed on standard output (default: table)").choices(
        LIST_FORMATS,
      ),
    )
    .addOption(new Option("--json", "the same as --format json").conflicts("format"))
    .addHelpText("after", EXAMPLES)
    .action((files: string[], { stack, json, format = json ? "json" : "table" }: ListOptions) =>
      run(
        async (context) => {
          const { runList } = await import("../list/runList.ts");
          return await runList(context, { files, stack, format });
        },
        { json: format === "json" },
      ),
    );
}
