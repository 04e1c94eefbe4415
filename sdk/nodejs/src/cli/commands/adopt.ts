import { ProviderError } from "@azurestack-csp/provider";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { KeyedRegistration } from "../adopt/liveRows.ts";
import type { ListFileFormat } from "../adopt/printList.ts";
import type { RunCommand } from "../console/commandContext.ts";
import { commandErrors } from "../errors/commandErrors.ts";
import { type AccessOptions, toCloud, toCredentialPrefix, withAccess } from "./accessOptions.ts";
import { toRegistration } from "./registrationOption.ts";
import { toName } from "./stackOption.ts";

interface AdoptOptions extends AccessOptions {
  readonly registration: readonly KeyedRegistration[];
  readonly format?: ListFileFormat;
  readonly out?: string;
  readonly stack?: string;
  readonly createStack?: true;
  readonly fromState?: true;
  readonly importFile?: string;
  readonly yes?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ azurestack-csp adopt --registration paris=/subscriptions/…/registrations/azurestack-hub-paris
                                            write tenants.yaml from what is live; with --format csv a spreadsheet
  $ azurestack-csp adopt --stack production --yes
                                            bring what is declared and live under management
  $ azurestack-csp adopt --stack production --from-state --yes
                                            move customer subscriptions of @pulumi/azure-native
`;

/** Adds `adopt`: a list of what is live, and its mappings under management, without a write to Azure. */
export function addAdoptCommand(program: Command, run: RunCommand): void {
  program
    .command("adopt")
    .summary("write the list from what is live, and bring it under management")
    .description(
      "Writes the list from what is live, where registrations are named, and brings what is declared and live under management of a stack. Writes nothing to Azure.",
    )
    .argument("[files...]", "files or patterns of the list (default: tenants.yaml, .yml, .json or .csv)")
    .option("-r, --registration <[key=]id>", "ARM id of a registration to list; repeatable", toRegistration, [])
    .option(
      "--cloud <[key=]name>",
      "cloud of the registrations, or of one: public, usgovernment or china; repeatable",
      toCloud,
      [],
    )
    .option(
      "--credential-prefix <[key=]prefix>",
      "variables with the credential of the registrations, or of one: <prefix>_CLIENT_ID and so on; repeatable",
      toCredentialPrefix,
      [],
    )
    .addOption(
      new Option("-f, --format <format>", "format of the list that is written (default: by its name)").choices(
        Object.keys(ENDINGS),
      ),
    )
    .option(
      "-o, --out <file>",
      "file to write the list to, .yaml, .json or .csv; CSV with registrations.yaml beside it (default: tenants.yaml)",
      toListFile,
    )
    .option(
      "-s, --stack <name>",
      "stack to bring it into (default: PULUMI_STACK, or the project's selected one)",
      toName,
    )
    .option("--create-stack", "create the stack where there is none")
    .option("--from-state", "move what the stack holds as resources of @pulumi/azure-native")
    .option("--import-file <file>", "write the file for `pulumi import` instead of importing")
    .option("-y, --yes", "do not ask")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", EXAMPLES)
    .action((files: string[], options: AdoptOptions) =>
      run(async (context) => {
        const { runAdopt } = await import("../adopt/runAdopt.ts");
        const { registration, createStack = false, fromState = false, yes = false, json = false } = options;
        const { stack, importFile } = options;
        const out = outOf(options);
        const registrations = withAccess(registration, options);
        return runAdopt(context, { files, registrations, out, stack, createStack, fromState, importFile, yes, json });
      }, options),
    );
}

/** The endings by which a list of each format is told. */
const ENDINGS = { yaml: /\.ya?ml$/i, json: /\.json$/i, csv: /\.csv$/i } as const satisfies Record<
  ListFileFormat,
  RegExp
>;

function toListFile(text: string): string {
  if (Object.values(ENDINGS).some((ending) => ending.test(text))) return text;
  throw new InvalidArgumentError("It ends in .yaml, .yml, .json or .csv.");
}

/** The file of the list; a list is read by the ending of its name, so that another format in it could not be read. */
function outOf({ format, out = `tenants.${format ?? "yaml"}` }: Pick<AdoptOptions, "format" | "out">): string {
  if (format === undefined || ENDINGS[format].test(out)) return out;
  const reason = `--format ${format} goes into a file that ends in .${format}, and --out is ${out}`;
  throw new ProviderError(commandErrors.CSP_COMMAND_USAGE, { reason });
}
