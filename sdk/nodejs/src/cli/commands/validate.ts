import type { Command } from "commander";
import type { RunCommand } from "../console/commandContext.ts";
import { exitCodes } from "../console/exitCodes.ts";
import { count } from "../console/text.ts";
import { type LoadedTenantList, readList, sayIssues } from "../input/loadTenantList.ts";
import { knownStack } from "../input/stackAndList.ts";
import { toName } from "./stackOption.ts";

const EXAMPLES = `
Examples:
  $ azurestack-csp validate
  $ azurestack-csp validate tenants/*.yaml
  $ azurestack-csp validate customers.csv --json
`;

/** Adds `validate`: the list checked against itself, without network. */
export function addValidateCommand(program: Command, run: RunCommand): void {
  program
    .command("validate")
    .summary("check the tenant list against itself, without network")
    .description("Checks the tenant list against itself and reports everything that is wrong in it, without network.")
    .argument("[files...]", "files or patterns of the list (default: tenants.yaml, .yml, .json or .csv)")
    .option("-s, --stack <name>", "stack whose configuration names the list (default: PULUMI_STACK)", toName)
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", EXAMPLES)
    .action((files: string[], { stack, json }: { stack?: string; json?: true }) =>
      run(
        async (context) => {
          const loaded = readList(context, { files, stack: knownStack(context, stack) });
          sayIssues(context, loaded.issues);
          if (json) context.terminal.data(JSON.stringify(toDocument(loaded)));
          else context.terminal.data(sumUp(loaded));
          return loaded.list ? exitCodes.ok : exitCodes.input;
        },
        { json },
      ),
    );
}

function toDocument({ paths, list, issues }: LoadedTenantList) {
  return { version: 1, ok: list !== undefined, paths, ...(list ? countsOf(list) : {}), issues };
}

function sumUp({ list, issues }: LoadedTenantList): string {
  const errors = issues.filter(({ severity }) => severity === "error").length;
  const warnings = issues.length - errors;
  const found = `${count(errors, "error")}, ${count(warnings, "warning")}`;
  if (!list) return `The tenant list is not usable: ${found}.`;
  const { tenants, registrations, mappings } = countsOf(list);
  const size = `${count(tenants, "tenant")} on ${count(registrations, "registration")}, ${count(mappings, "mapping")}`;
  return `The tenant list is right: ${size}; ${count(warnings, "warning")}.`;
}

function countsOf({ tenants, registrations }: NonNullable<LoadedTenantList["list"]>) {
  const mappings = tenants.reduce((sum, tenant) => sum + tenant.mappings.length, 0);
  return { tenants: tenants.length, registrations: registrations.length, mappings };
}
