import { judgeRegistrationId } from "@azurestack-csp/provider";
import { type Command, InvalidArgumentError } from "commander";
import type { KeyedRegistration } from "../adopt/liveRows.ts";
import type { RunCommand } from "../console/commandContext.ts";
import { type AccessOptions, toCloud, toCredentialPrefix, withAccess } from "./accessOptions.ts";
import { toName } from "./stackOption.ts";

interface AdoptOptions extends AccessOptions {
  readonly registration: readonly KeyedRegistration[];
  readonly out: string;
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
                                            write tenants.yaml from what is live
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
    .option("-o, --out <file>", "file to write the list to, .yaml or .json", toListFile, "tenants.yaml")
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
        const { out, stack, importFile } = options;
        const registrations = withAccess(registration, options);
        return runAdopt(context, { files, registrations, out, stack, createStack, fromState, importFile, yes, json });
      }, options),
    );
}

function toRegistration(text: string, others: readonly KeyedRegistration[]): readonly KeyedRegistration[] {
  const at = text.indexOf("=");
  const id = text.slice(at + 1);
  const { registration, problems } = judgeRegistrationId("registrationId", id);
  if (!registration) throw new InvalidArgumentError("It is the ARM id of a registration, or KEY=ID.");
  const [problem] = problems;
  if (problem) throw new InvalidArgumentError(problem.message);
  const key = at === -1 ? registration.registrationName : text.slice(0, at);
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(key)) {
    throw new InvalidArgumentError(`"${key}" cannot be a key; name one: KEY=ID, of letters, digits, ".", "-" and "_".`);
  }
  if (others.some((other) => other.key === key)) throw new InvalidArgumentError(`The key "${key}" is given twice.`);
  return [...others, { key, registration }];
}

function toListFile(text: string): string {
  if (/\.(ya?ml|json)$/i.test(text)) return text;
  throw new InvalidArgumentError("It ends in .yaml, .yml or .json.");
}
