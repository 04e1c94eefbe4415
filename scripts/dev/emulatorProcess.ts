import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type EmulatorConnection, type Environment, localEnvironment } from "./environment.ts";

/** The workspace's root folder. */
export const workspaceRoot = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The world that `npm start` and most end-to-end tests begin with. */
export const sampleWorld = join(workspaceRoot, "emulator", "worlds", "sample.json");

/** A running emulator in a process of its own. */
export interface EmulatorProcess {
  readonly connection: EmulatorConnection;
  /** Ends the emulator as SIGTERM does, and returns when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the emulator as a child process and returns when it has said where it listens.
 *
 * `args` are those of `azurestack-csp emulator`; `--json` is added. Its standard error goes to ours.
 * @throws Error `EMULATOR_NOT_STARTED` when it ends before that
 */
export async function startEmulatorProcess(options: {
  readonly args: readonly string[];
  readonly ambient?: Environment;
}): Promise<EmulatorProcess> {
  const { args, ambient = process.env } = options;
  const entry = join(workspaceRoot, "sdk", "nodejs", "bin", "azurestack-csp.js");
  const child = spawn(process.execPath, [entry, "emulator", ...args, "--json"], {
    cwd: workspaceRoot,
    env: localEnvironment(ambient),
    stdio: ["ignore", "pipe", "inherit"],
    // A group of its own: Ctrl-C reaches Pulumi at once, and the emulator serves it until it has wound up.
    detached: process.platform !== "win32",
  });
  const closed = once(child, "close");
  const line = await Promise.race([firstLine(child), closed]);
  if (typeof line !== "string") throw notStarted(line[0]);
  return {
    connection: JSON.parse(line) as EmulatorConnection,
    async stop() {
      child.kill("SIGTERM");
      await closed;
    },
  };
}

async function firstLine(child: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<string> {
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, "line")) as [string];
  return line;
}

function notStarted(code: unknown): Error {
  const message = `[EMULATOR_NOT_STARTED] The emulator ended with exit code ${code} before it listened, so that there is no Azure to run against. Its own message stands above; mend that and run the command again.`;
  return Object.assign(new Error(message), { code: "EMULATOR_NOT_STARTED" });
}
