import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { workspaceRoot } from "../../../../scripts/emulatorProcess.ts";
import type { CommandResult, RunningCommand } from "../../../support/pulumiCommand.ts";

const command = join(workspaceRoot, "sdk", "nodejs", "bin", "azurestack-csp.js");

/** Where a command runs. */
export interface CommandPlace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts `azurestack-csp reconcile` with `--yes`, as a pipeline does. */
export function startReconcile({ folder, env }: CommandPlace, ...args: readonly string[]): RunningCommand {
  const child = spawn(process.execPath, [command, "reconcile", "--yes", ...args], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const result = once(child, "close").then(([code]) => ({
    code: code as number | null,
    stdout: stdout(),
    stderr: stderr(),
  }));
  return { pid: child.pid ?? 0, kill: (signal) => void child.kill(signal), result };
}

/** Runs `azurestack-csp reconcile --yes` to its end. */
export async function reconcile(place: CommandPlace, ...args: readonly string[]): Promise<CommandResult> {
  return await startReconcile(place, ...args).result;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}
