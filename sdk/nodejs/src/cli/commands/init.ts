import { type Command, InvalidArgumentError } from "commander";
import type { KeyedRegistration } from "../adopt/liveRows.ts";
import type { RunCommand } from "../console/commandContext.ts";
import { type AccessOptions, accessOfAll, toCloud, toCredentialPrefix, withAccess } from "./accessOptions.ts";
import { toRegistration } from "./registrationOption.ts";

interface InitOptions extends AccessOptions {
  readonly registration: readonly KeyedRegistration[];
  readonly customers?: string;
  readonly output: string;
  readonly overwrite?: true;
  readonly yes?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ azurestack-csp init                                   asks which Hubs, and for Partner Center's export of the customers
  $ azurestack-csp init --yes                             all registrations that the credential sees, and what is live on them
  $ azurestack-csp init --customers Customers.csv --yes   the same, with the names and the other customers of Partner Center
  $ azurestack-csp init --registration paris=/subscriptions/…/registrations/azurestack-hub-paris --yes
`;

/** Adds `init`: a first list, from what is there. */
export function addInitCommand(program: Command, run: RunCommand): void {
  program
    .command("init")
    .summary("ask the way to a first list, from what is there")
    .description(
      "Writes a first list: of the registrations that are found by signing in, or named, of what is live on them, and of the customers that Partner Center exports. Writes nothing to Azure.",
    )
    .option(
      "-r, --registration <[key=]id>",
      "ARM id of a registration (default: all that are found); repeatable",
      toRegistration,
      [],
    )
    .option("-c, --customers <file>", "Partner Center's export of the customers, a CSV file")
    .option("-o, --output <file>", "file to write the list to, .yaml or .yml", toYamlFile, "tenants.yaml")
    .option("--overwrite", "write over the file if it is there")
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
    .option("-y, --yes", "do not ask; take all registrations that are found")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", EXAMPLES)
    .action((options: InitOptions) =>
      run(async (context) => {
        const { runInit } = await import("../init/runInit.ts");
        const { registration, customers, output, overwrite = false, yes = false, json = false } = options;
        const isNamed = registration.length > 0;
        const registrations = isNamed ? withAccess(registration, options) : [];
        const access = isNamed ? {} : accessOfAll(options);
        return await runInit(context, { registrations, access, customers, output, overwrite, yes, json });
      }, options),
    );
}

/** Only YAML has comments, in which customers stand whose subscription is not known. */
function toYamlFile(text: string): string {
  if (/\.ya?ml$/i.test(text)) return text;
  throw new InvalidArgumentError("It ends in .yaml or .yml.");
}
