import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { workspaceRoot } from "../../../../scripts/dev/emulatorProcess.ts";
import type { CommandResult, RunningCommand } from "../../../support/pulumiCommand.ts";

const command = join(workspaceRoot, "sdk", "nodejs", "bin", "azurestack-csp.js");

/** Where a command runs. */
export interface CommandPlace {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A command as a pipeline starts it. */
export interface PipelineCommand extends RunningCommand {
  /** Resolves once it has said the text on standard error, and rejects where it ends without it. */
  says(text: string): Promise<void>;
}

/** Starts `azurestack-csp reconcile` with `--yes`, as a pipeline does. */
export function startReconcile(place: CommandPlace, ...args: readonly string[]): PipelineCommand {
  return startOurs(place, "reconcile", "--yes", ...args);
}

/** Starts any command of ours, as a pipeline does. */
export function startOurs({ folder, env }: CommandPlace, ...args: readonly string[]): PipelineCommand {
  const child = spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const running = watch(child);
  return { ...running, says: watchFor(child.stderr, running) };
}

/** A reconcile at a terminal of its own. */
export interface TerminalCommand extends RunningCommand {
  /** Presses keys. */
  press(keys: string): void;
  /** Resolves once the text stands on the terminal, and rejects where the command ends without it. */
  shows(text: string): Promise<void>;
}

/** Starts `azurestack-csp reconcile` at a pseudo-terminal, as a person does. */
export function startAtTerminal({ folder, env }: CommandPlace, ...args: readonly string[]): TerminalCommand {
  const line = [process.execPath, command, "reconcile", ...args].map((word) => `'${word}'`).join(" ");
  const plain = { ...env, CI: "", TERM: "xterm" };
  const child = spawn("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
    cwd: folder,
    env: plain,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const running = watch(child);
  return {
    ...running,
    press: (keys) => void child.stdin.write(keys),
    shows: watchFor(child.stdout, running),
  };
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

/** Tells when a text comes on a stream. */
function watchFor(stream: NodeJS.ReadableStream, { result }: RunningCommand): (text: string) => Promise<void> {
  const shown = collect(stream);
  return (text) =>
    new Promise((resolve, reject) => {
      const look = () => shown().includes(text) && resolve();
      stream.on("data", look);
      look();
      void result.then(() => reject(new Error(`It ended without "${text}": ${shown()}`)));
    });
}

function watch(child: ChildProcessByStdio<Writable | null, Readable, Readable>): RunningCommand {
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const result = once(child, "close").then(([code]) => ({
    code: code as number | null,
    stdout: stdout(),
    stderr: stderr(),
  }));
  return { pid: child.pid ?? 0, kill: (signal) => void child.kill(signal), result };
}
