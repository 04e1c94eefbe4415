import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { workspaceRoot } from "../../scripts/dev/emulatorProcess.ts";
import type { RunningCommand } from "../../tests/support/pulumiCommand.ts";
import { startCommand } from "../measuring/startCommand.ts";

/** The month that is reported, by the hour. */
const FIRST_HOUR = "2026-10-01T00:00:00Z";
export const HOURS = 31 * 24;

/** Where usage is retrieved from and what it is brought into. */
export interface Place {
  readonly endpoint: string;
  /** File of certificates that the endpoint is trusted by. */
  readonly caFile: string;
  /** The list that names the Hub. */
  readonly list: string;
  readonly env: Readonly<Record<string, string>>;
  /** What is written goes below this folder. */
  readonly folder: string;
}

/** Something that brings a month of usage into Parquet files. */
export interface Contender {
  readonly name: string;
  start(place: Place): RunningCommand;
  /** The pattern of its files. */
  files(place: Place): string;
}

const SUBSCRIPTION = "39c82aed-b2b7-4a66-abdb-611de00bf11e";

/** The command that users run, compiled as it is published. */
export const sync: Contender = {
  name: "usage sync",
  start({ list, env, folder }) {
    const entry = join(workspaceRoot, "sdk", "nodejs", "bin", "azurestack-csp.js");
    const words = ["usage", "sync", list, "--hub", "paris", "--store", join(folder, "store"), "--json"];
    const stretch = ["--from", FIRST_HOUR.slice(0, 10), "--to", "2026-10-31"];
    return startCommand(process.execPath, [entry, ...words, ...stretch], { cwd: folder, env });
  },
  files: ({ folder }) => join(folder, "store", "data", "*", "*", "*.parquet"),
};

/** A single thread with `JSON.parse` and an appender of DuckDB. */
export const plainReader: Contender = {
  name: "plain TypeScript",
  start({ endpoint, caFile, env, folder }) {
    const entry = join(workspaceRoot, "benchmarks", "usage", "plainReader.ts");
    const words = [endpoint, SUBSCRIPTION, caFile, FIRST_HOUR, String(HOURS), join(folder, "plain")];
    return startCommand(process.execPath, ["--conditions=development", entry, ...words], { cwd: folder, env });
  },
  files: ({ folder }) => join(folder, "plain", "*", "*.parquet"),
};

/** A script with requests, json and PyArrow. */
export function plainPython(python: string): Contender {
  return {
    name: "plain Python",
    start({ endpoint, caFile, env, folder }) {
      const script = join(workspaceRoot, "benchmarks", "usage", "plain.py");
      const hour = FIRST_HOUR.slice(0, -1);
      const words = [endpoint, SUBSCRIPTION, caFile, hour, String(HOURS), join(folder, "python")];
      return startCommand(python, [script, ...words], { cwd: folder, env });
    },
    files: ({ folder }) => join(folder, "python", "*", "*.parquet"),
  };
}

const PYTHON_PACKAGES = ["requests==2.34.2", "pyarrow==26.0.1"];

/**
 * Python with the script's packages, in a folder that the next run finds again.
 *
 * @throws Error `NO_PYTHON` with what was said, where there is none or they cannot be installed
 */
export function preparePython(): string {
  const folder = join(workspaceRoot, ".tools", "python");
  const python = join(folder, "bin", "python");
  if (!existsSync(join(folder, "installed"))) {
    run("python3", ["-m", "venv", folder]);
    run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...PYTHON_PACKAGES]);
    run(python, ["-c", `open(${JSON.stringify(join(folder, "installed"))}, "w").close()`]);
  }
  return python;
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status === 0) return;
  const message = `[NO_PYTHON] ${command} ${args.join(" ")} failed, so that there is no script to compare with: ${error ?? stderr}\nInstall Python 3 with venv, and let pip reach a package index.`;
  throw Object.assign(new Error(message), { code: "NO_PYTHON" });
}
