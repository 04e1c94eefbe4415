import { parseArgs } from "node:util";

/** What the benchmark of the sync is run with. */
export interface UsageBenchmarkSettings {
  readonly help: boolean;
  /** How many rows are reported in October, by the hour. */
  readonly rows: number;
  readonly json: boolean;
}

export const usage = `Usage: npm run --silent bench -- usage [options]

  --rows N   rows of usage, of a month in hours (default: 1,000,000)
  --json     print one JSON object instead of a table
  --help     show this
`;

const flags = {
  rows: { type: "string", default: "1000000" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/**
 * Reads the benchmark's arguments.
 *
 * @throws TypeError or RangeError naming the argument and what is wrong with it.
 */
export function parseUsageArguments(argv: readonly string[]): UsageBenchmarkSettings {
  const { values } = parseArgs({ args: [...argv], options: flags, strict: true });
  const rows = Number(values.rows);
  if (!/^\d+$/.test(values.rows) || rows < 1_000 || rows > 100_000_000) {
    throw new RangeError(`--rows cannot be "${values.rows}". Give a whole number from 1000 to 100000000.`);
  }
  return { help: values.help, rows, json: values.json };
}
