import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "@azurestack-csp/emulator";
import { workspaceRoot } from "../../../scripts/dev/emulatorProcess.ts";
import { emulatorEnvironment } from "../../../scripts/dev/environment.ts";
import type { CommandResult } from "../../support/pulumiCommand.ts";

const BIN = join(workspaceRoot, "sdk", "nodejs", "bin", "azurestack-csp.js");

/** Where a command runs. */
export interface CommandPlace {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A folder that holds nothing but a tenant list, with an environment that leads to an emulator. */
export interface ListFolder extends CommandPlace {
  /** Writes a file of the folder. */
  write(file: string, content: string): Promise<void>;
  remove(): Promise<void>;
}

/** Runs the installed command as a child process, without a terminal. */
export async function runCommand({ cwd, env }: CommandPlace, ...args: readonly string[]): Promise<CommandResult> {
  const child = startCommand({ cwd, env }, ...args);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [code] = await once(child, "close");
  return { code: code as number | null, stdout: stdout(), stderr: stderr() };
}

/** Starts the command, for tests that interrupt it. */
export function startCommand({ cwd, env }: CommandPlace, ...args: readonly string[]) {
  return spawn(process.execPath, [BIN, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Makes an empty folder outside the workspace. */
export async function createListFolder(azure: Emulator): Promise<ListFolder> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "azurestack-csp-list-"));
  const env = { ...emulatorEnvironment({ ambient: process.env, azure, folder }), NO_COLOR: "1" };
  return {
    cwd: folder,
    env,
    write: (file, content) => writeFile(join(folder, file), content),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}
