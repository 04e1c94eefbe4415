import { ProviderError, type TenantList } from "@azurestack-csp/provider";
import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext, RunCommand } from "../console/commandContext.ts";
import { type ExitCode, exitCodes } from "../console/exitCodes.ts";
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
      "Compares everything that is live with the list: drift, missing and extra mappings, duplicates, gaps between Hubs, locks, billing models and directories. Changes nothing.",
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
    .action((files: string[], options: AuditOptions) => run((context) => audit(context, files, options), options));
}

async function audit(context: CommandContext, files: readonly string[], options: AuditOptions): Promise<ExitCode> {
  const [{ inspect, unreadableExitCode }, { findAll }] = await Promise.all([
    import("../plan/inspect.ts"),
    import("../audit/findings.ts"),
  ]);
  const inspected = await inspect(context, { files, stack: options.stack, everything: true });
  const { plan, state, origin, list } = inspected;
  requireDefined(options.group.flat(), list);
  const findings = findAll({ inspection: inspected, list, hasStack: state !== undefined, groups: options.group });
  const { terminal } = context;
  if (options.json) {
    terminal.data(JSON.stringify({ version: 1, ...origin, findings, counts: plan.counts }));
  } else {
    const { auditText } = await import("../audit/auditText.ts");
    terminal.data(auditText(findings, terminal));
  }
  const unreadable = unreadableExitCode(plan);
  if (unreadable !== undefined) return unreadable;
  return findings.some(({ severity }) => severity === "finding") ? exitCodes.drift : exitCodes.ok;
}

/** A misspelled key would find no gaps, and look as if there were none. */
function requireDefined(keys: readonly string[], { registrations }: TenantList): void {
  const defined = registrations.map(({ key }) => key);
  const value = keys.find((key) => !defined.includes(key));
  if (value === undefined) return;
  throw new ProviderError("CSP_LIST_REGISTRATION_UNDEFINED", { value, nearest: "", known: defined.join(", ") });
}

function toGroup(text: string, groups: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const keys = text.split(",").map((key) => key.trim());
  if (keys.length < 2 || keys.includes(""))
    throw new InvalidArgumentError("It names two registrations or more: paris,lyon.");
  return [...groups, keys];
}
