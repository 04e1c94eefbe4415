import { type Command, InvalidArgumentError, Option } from "commander";
import type { RunCommand } from "../console/commandContext.ts";
import { toName } from "./stackOption.ts";

interface SyncOptions {
  readonly stack?: string;
  readonly store?: string;
  readonly hub: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly month?: string;
  readonly again?: string;
  readonly maxRowsLost: number;
  readonly granularity?: "hourly" | "daily";
  readonly delay: number;
  readonly lag: number;
  readonly keepPages?: true;
  readonly json?: true;
}

interface StatusOptions extends Pick<SyncOptions, "store" | "hub" | "from" | "to" | "month" | "json"> {
  readonly verify?: true;
}

const EXAMPLES = `
Examples:
  $ azurestack-csp usage sync                        what every Hub has reported since the last sync
  $ azurestack-csp usage status                      which days are whole
  $ azurestack-csp usage meters                      what is measured, and in which unit
  $ azurestack-csp usage rates check                 what it costs, and whether the rate card is right
`;

const SYNC_EXAMPLES = `
Examples:
  $ azurestack-csp usage sync                        goes on where the last one stopped; once a day is enough
  $ azurestack-csp usage sync --month 2026-10        October, and the two days in which its last usage is reported
  $ azurestack-csp usage sync --hub paris --json     one Hub, for a pipeline; exit code 7 where rows are set aside
  $ azurestack-csp usage sync --again 2026-10-03..2026-10-03   asks once more for what was reported on a day
`;

const STATUS_EXAMPLES = `
Examples:
  $ azurestack-csp usage status --month 2026-10      exit code 7 where anything is missing or set aside
`;

const METERS_EXAMPLES = `
Examples:
  $ azurestack-csp usage meters --json
`;

const RATES_EXAMPLES = `
Examples:
  $ azurestack-csp usage rates check                 rates.yaml in this folder
  $ azurestack-csp usage rates check rates.csv --json
`;

/** Adds `usage`: what the Hubs have measured, kept in a store; a package of its own. */
export function addUsageCommand(program: Command, run: RunCommand): void {
  const usage = program
    .command("usage")
    .summary("bring usage from the Hubs into a store, and tell what is there")
    .description("Brings usage from the Hubs into a store of exact rows, and tells what is there.")
    .addHelpText("after", EXAMPLES);
  addSync(usage, run);
  addStatus(usage, run);
  addMeters(usage, run);
  addRates(usage, run);
}

function addSync(usage: Command, run: RunCommand): void {
  withHubs(withStore(usage.command("sync")))
    .summary("ask the Hubs for what was reported to them, and keep it")
    .description(
      "Asks each Hub of the list for the usage that was reported to it, window by window, each once, and keeps it. Killed anywhere, the next one goes on from there.",
    )
    .argument("[files...]", "files or patterns of the list (default: tenants.yaml, .yml, .json or .csv)")
    .option("-s, --stack <name>", "stack whose configuration names the list (default: PULUMI_STACK)", toName)
    .option("--from <time>", "day or full hour in UTC from which on usage was reported (default: the month before)")
    .option("--to <time>", "last day, or full hour in UTC until which it was (default: what is due)")
    .option("--month <month>", "a month and the lag after it: 2026-10")
    .option("--again <from..to>", "ask once more for windows that were asked for, and replace their rows")
    .option("--max-rows-lost <count>", "how many rows fewer than before those windows may come with", toRows, 0)
    .addOption(
      new Option("--granularity <name>", "hourly by default; fixed by a Hub's first sync").choices(["hourly", "daily"]),
    )
    .option("--delay <hours>", "how long after its end a window is asked for", toHours, 6)
    .option("--lag <hours>", "how long after a day its usage is still reported, so that it stays open", toHours, 48)
    .option("--keep-pages", "keep the Hubs' answers too, as evidence")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", SYNC_EXAMPLES)
    .action((files: string[], options: SyncOptions) =>
      run(async (context) => {
        const { runUsageSync } = await import("../usage/runUsageSync.ts");
        const { stack, store, hub: hubs, from, to, month, again, granularity } = options;
        const { delay: delayHours, lag: lagHours, maxRowsLost, keepPages = false, json = false } = options;
        const asked = { files, stack, store, hubs, from, to, month, again, granularity };
        return await runUsageSync(context, { ...asked, delayHours, lagHours, maxRowsLost, keepPages, json });
      }, options),
    );
}

function addStatus(usage: Command, run: RunCommand): void {
  withHubs(withStore(usage.command("status")))
    .summary("tell which days are whole, open or missing; asks nobody")
    .description(
      "Tells for each Hub and day whether its usage is whole, how many rows there are and when they last changed.",
    )
    .option("--from <day>", "first usage day")
    .option("--to <day>", "last usage day")
    .option("--month <month>", "usage days of a month: 2026-10")
    .option("--verify", "read every file and compare it with its SHA-256, where else only its length is looked at")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", STATUS_EXAMPLES)
    .action((options: StatusOptions) =>
      run(async (context) => {
        const { runUsageStatus } = await import("../usage/runUsageStatus.ts");
        const { store, hub: hubs, from, to, month, verify = false, json = false } = options;
        return await runUsageStatus(context, { store, hubs, from, to, month, verify, json });
      }, options),
    );
}

function addMeters(usage: Command, run: RunCommand): void {
  withStore(usage.command("meters"))
    .summary("list what Hubs measure, with units and services; asks nobody")
    .description("Lists the meters that Microsoft has published, and those of the store that are not among them.")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", METERS_EXAMPLES)
    .action((options: Pick<SyncOptions, "store" | "json">) =>
      run(async (context) => {
        const { runUsageMeters } = await import("../usage/runUsageMeters.ts");
        const { store, json = false } = options;
        return await runUsageMeters(context, { store, json });
      }, options),
    );
}

function addRates(usage: Command, run: RunCommand): void {
  const rates = usage
    .command("rates")
    .summary("check the rate card")
    .description("What usage costs the customers, and what Microsoft charges for it.")
    .addHelpText("after", RATES_EXAMPLES);
  rates
    .command("check")
    .summary("check the rate card against itself and the published meters; asks nobody")
    .description(
      "Checks a rate card against itself and the published meters, reports everything that is wrong in it, and shows what a unit of each meter costs.",
    )
    .argument("[file]", "the card, in YAML, JSON or CSV (default: rates.yaml)")
    .option("--json", "one JSON document on standard output")
    .addHelpText("after", RATES_EXAMPLES)
    .action((file: string | undefined, { json = false }: { readonly json?: boolean }) =>
      run(
        async (context) => {
          const { runUsageRatesCheck } = await import("../usage/runUsageRatesCheck.ts");
          return await runUsageRatesCheck(context, { file, json });
        },
        { json },
      ),
    );
}

function withStore(command: Command): Command {
  return command.option(
    "--store <folder>",
    "folder of the store (default: AZURESTACK_CSP_USAGE_STORE, or usage-store)",
    toFolder,
  );
}

function withHubs(command: Command): Command {
  const option = new Option("--hub <key>", "registration whose Hub is meant; repeatable").argParser(toKeys);
  return command.addOption(option.default([], "all"));
}

function toKeys(text: string, others: readonly string[]): readonly string[] {
  if (text.trim() === "") throw new InvalidArgumentError("It is the key of a registration.");
  return [...others, text];
}

/** A folder, and no option that somebody forgot to separate. */
function toFolder(text: string): string {
  if (text.trim() !== "" && !text.startsWith("-")) return text;
  throw new InvalidArgumentError("It is the path of a folder.");
}

function toRows(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("It is no number of rows.");
  return Number(text);
}

function toHours(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError("It is a number of hours.");
  return Number(text);
}
