import { parseBenchmarkArguments } from "./arguments.ts";
import { compare } from "./azapi/compare.ts";
import { comparisonTable } from "./azapi/comparisonTable.ts";
import { formatJson } from "./report.ts";

const usage = `Usage: node --conditions=development benchmarks/azapi.ts [options]

Registers the same customers with Terraform's azapi and with this repository, each against an emulator of its own.

  --tenants N          customers to register (default: 100)
  --latency MS         delay of every answer of the emulator (default: 0)
  --throttle           ARM's limits: 200 writes at once, 10 a second after that
  --json               print one JSON object instead of a table
  --help               show this
`;

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(hasCode(error) ? error.message : error);
  process.exitCode = 1;
}

async function main(argv: readonly string[]): Promise<void> {
  const settings = parseBenchmarkArguments(argv);
  if (settings.help) return console.log(usage);
  if (settings.liveChecks || !settings.checkpoints) {
    throw new RangeError(`Live checks are always on here, and both kinds of checkpoints are measured.\n\n${usage}`);
  }
  const comparison = await compare(settings, (text) => console.error(`bench: ${text}`));
  console.log(settings.json ? formatJson(comparison) : comparisonTable(comparison));
}

/** An error that says what to do needs no stack; neither does a wrong argument. */
function hasCode(error: unknown): error is Error {
  return error instanceof RangeError || (error instanceof Error && "code" in error);
}
