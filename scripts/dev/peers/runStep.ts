import { spawn } from "node:child_process";
import { forwardFirstSignal } from "../forwardSignal.ts";

/** Where a step runs, and with which variables. */
export interface StepOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs a command whose output is shown, to its end, and tells whether it succeeded. */
export async function runStep(command: string, args: readonly string[], options: StepOptions): Promise<boolean> {
  console.log(`\n=== ${[command, ...args].join(" ")}\n`);
  // Node refuses to spawn a .cmd file without a shell.
  const child = spawn(command, args, { ...options, stdio: "inherit", shell: command.endsWith(".cmd") });
  return (await forwardFirstSignal(child)) === 0;
}

/**
 * Runs npm as `runStep` does.
 *
 * @throws Error `PEERS_NPM` where it fails, because nothing that follows could run
 */
export async function npm(args: readonly string[], options: StepOptions): Promise<void> {
  if (await runStep(process.platform === "win32" ? "npm.cmd" : "npm", args, options)) return;
  const message = `[PEERS_NPM] npm ${args[0]} failed in ${options.cwd}, so that there is nothing to run. Its own message stands above; mend that and run the command again.`;
  throw Object.assign(new Error(message), { code: "PEERS_NPM" });
}
