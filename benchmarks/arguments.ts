import { parseArgs } from "node:util";

/** What a benchmark is run with. */
export interface BenchmarkSettings {
  readonly help: boolean;
  /** How many customers are registered, all on one registration. */
  readonly tenants: number;
  /** How long the emulator waits before every answer. */
  readonly latencyInMs: number;
  /** Whether the emulator limits requests as ARM does. */
  readonly throttle: boolean;
  /** Whether the engine saves the state with every resource, as it does by default. */
  readonly checkpoints: boolean;
  /** Whether the program checks its list against what is live, as it does by default. */
  readonly liveChecks: boolean;
  readonly json: boolean;
}

export const usage = `Usage: npm run --silent bench -- [options]
       npm run --silent bench -- usage --help

  --tenants N          customers to register (default: 100)
  --latency MS         delay of every answer of the emulator (default: 0)
  --throttle           ARM's limits: 200 writes at once, 10 a second after that
  --checkpoints off    save the state once a run (PULUMI_SKIP_CHECKPOINTS)
  --live-checks        check the list against what is live, at every up and preview
  --json               print one JSON object instead of a table
  --help               show this
`;

const flags = {
  tenants: { type: "string", default: "100" },
  latency: { type: "string", default: "0" },
  throttle: { type: "boolean", default: false },
  checkpoints: { type: "string", default: "on" },
  "live-checks": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/**
 * Reads the benchmark's arguments.
 *
 * @throws TypeError or RangeError naming the argument and what is wrong with it.
 */
export function parseBenchmarkArguments(argv: readonly string[]): BenchmarkSettings {
  const { values } = parseArgs({ args: [...argv], options: flags, strict: true });
  const { tenants, latency, throttle, checkpoints, json, help } = values;
  if (checkpoints !== "on" && checkpoints !== "off") {
    throw new RangeError(`--checkpoints cannot be "${checkpoints}". Give on or off.`);
  }
  return {
    help,
    tenants: wholeNumber("--tenants", tenants, { least: 1, greatest: 200_000 }),
    latencyInMs: wholeNumber("--latency", latency, { least: 0, greatest: 60_000 }),
    throttle,
    checkpoints: checkpoints === "on",
    liveChecks: values["live-checks"],
    json,
  };
}

function wholeNumber(flag: string, text: string, range: { readonly least: number; readonly greatest: number }): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= range.least && value <= range.greatest) return value;
  throw new RangeError(`${flag} cannot be "${text}". Give a whole number from ${range.least} to ${range.greatest}.`);
}
