import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { EmulatorOptions } from "../createEmulator.ts";
import { applyModes, defaultModes, parseModeArgument } from "../modes.ts";
import { type FaultRule, parseFaultRule } from "../pipeline/faultRules.ts";
import { parseUsageArgument } from "../usage/usageOptions.ts";

/** What the command line says. */
export interface EmulatorSettings {
  readonly help: boolean;
  readonly json: boolean;
  readonly options: EmulatorOptions;
}

/** What `--help` shows. */
export const helpText = `Usage: azurestack-csp emulator [options]

  --world FILE         world to emulate (default: the sample world)
  --state FILE         keep what requests change in FILE, beyond a restart
  --port N             port on 127.0.0.1, and on ::1 (default: a free one)
  --http               plain HTTP instead of HTTPS; Microsoft's clients refuse it
  --json               print one line of JSON when ready, and nothing else
  --mode NAME=VALUE    behaviour where sources disagree; can be repeated
  --usage KNOBS|FILE   usage of the Hubs: months=2,tenants=200,seed=7,until=2026-11-01T00:00Z, or rows as JSON Lines
  --fault JSON|FILE    fault rule or list of rules; can be repeated
  --latency MS         delay added to every answer
  --throttle           ARM's limits: 250 reads, 200 writes and 200 deletes at once
  --help               show this
`;

const flags = {
  world: { type: "string" },
  state: { type: "string" },
  port: { type: "string", default: "0" },
  http: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  mode: { type: "string", multiple: true },
  fault: { type: "string", multiple: true },
  usage: { type: "string" },
  latency: { type: "string", default: "0" },
  throttle: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/**
 * Reads the emulator's arguments, and the files of fault rules they name.
 *
 * @throws TypeError or RangeError naming the argument and what is wrong with it.
 */
export async function parseEmulatorArguments(argv: readonly string[]): Promise<EmulatorSettings> {
  const { values } = parseArgs({ args: [...argv], options: flags, strict: true });
  const { world, state, port, http, json, mode = [], fault = [], latency, throttle, help, usage } = values;
  const modes = Object.assign({}, ...mode.map(parseModeArgument));
  return {
    help,
    json,
    options: {
      ...(world === undefined ? {} : { world }),
      ...(state === undefined ? {} : { state }),
      ...(usage === undefined ? {} : { usage: parseUsageArgument(usage) }),
      port: wholeNumber("--port", port, 65_535),
      http,
      modes: applyModes(defaultModes, modes),
      faults: (await Promise.all(fault.map(readFaults))).flat(),
      latencyInMs: wholeNumber("--latency", latency, 600_000),
      throttle,
    },
  };
}

async function readFaults(argument: string): Promise<readonly FaultRule[]> {
  const isInline = /^\s*[[{]/.test(argument);
  try {
    const text = isInline ? argument : await readFile(argument, "utf8");
    const value: unknown = JSON.parse(text);
    return (Array.isArray(value) ? value : [value]).map(parseFaultRule);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`--fault ${isInline ? "" : `${argument} `}cannot be read: ${reason}`, { cause });
  }
}

function wholeNumber(flag: string, text: string, greatest: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= greatest) return value;
  throw new RangeError(`${flag} cannot be "${text}". Give a whole number from 0 to ${greatest}.`);
}
