import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { workspaceRoot } from "../../scripts/dev/emulatorProcess.ts";
import { type EmulatorConnection, emulatorEnvironment, pulumiEnvironment } from "../../scripts/dev/environment.ts";
import { readDeployment, readStackFiles, type StackExport, type StackFiles, writeStackFiles } from "./stackFiles.ts";

export type { StackExport, StackResource } from "./stackFiles.ts";

/** How a command ended: its exit code (null when a signal ended it) and everything it printed, without colours. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A started command: its process, and its end. */
export interface RunningCommand {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  readonly result: Promise<CommandResult>;
}

/** One stack in a folder of its own, driven by the real Pulumi CLI. No method throws on an exit code. */
export interface Stack {
  /** The copy of the program that runs; a test may edit it. */
  readonly program: string;
  /** Variables of every command; a test may read them, and passes changes to `run`. */
  readonly env: Readonly<Record<string, string>>;
  /** `pulumi up --yes --skip-preview` with further arguments. */
  up(...args: string[]): Promise<CommandResult>;
  preview(...args: string[]): Promise<CommandResult>;
  /** `pulumi refresh --yes --skip-preview` with further arguments. */
  refresh(...args: string[]): Promise<CommandResult>;
  /** `pulumi destroy --yes --skip-preview` with further arguments. */
  destroy(...args: string[]): Promise<CommandResult>;
  /** `pulumi import --yes --generate-code=false --protect=false` with further arguments. */
  import(...args: string[]): Promise<CommandResult>;
  /** The stack's state as `pulumi stack export` gives it, read from the backend's file. */
  exportState(): Promise<StackExport>;
  /** All that Pulumi keeps of the stack, from which another one can go on. */
  files(): Promise<StackFiles>;
  /** Any Pulumi command, with changes to the environment. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CommandResult>;
  /** Any Pulumi command, returned at once, for tests that interrupt it. */
  start(args: readonly string[], env?: Readonly<Record<string, string>>): RunningCommand;
  /** Removes the folder with program, state and logs. */
  remove(): Promise<void>;
}

/** What `pulumi stack init` left for the first stack of each program, by the program's folder; the next ones are copies. */
const emptyStacks = new Map<string, StackFiles>();

/**
 * Copies a program into a new folder, with this workspace's packages beside it, and creates the stack `test` there on
 * a file backend, empty or as `from` says.
 *
 * With `azure` the environment leads to that emulator; `env` is added last. With `installed` the program runs where it
 * is, on the compiled packages that were installed there.
 * @throws Error when the stack cannot be created
 */
export async function createStack(options: {
  readonly program: string;
  readonly azure?: EmulatorConnection;
  readonly env?: Readonly<Record<string, string>>;
  readonly installed?: boolean;
  readonly from?: StackFiles;
}): Promise<Stack> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), "azurestack-csp-stack-"));
  const { installed = false } = options;
  const program = installed ? options.program : await copyProgram(options.program, join(folder, "program"));
  const compiled = installed ? { NODE_OPTIONS: "" } : {};
  const env = { ...baseEnvironment(folder, options.azure), ...compiled, NO_COLOR: "1", ...options.env };

  const start: Stack["start"] = (args, changes = {}) =>
    startPulumi([...args], { cwd: program, env: { ...env, ...changes } });
  const run: Stack["run"] = (args, changes) => start(args, changes).result;
  const stack: Stack = {
    program,
    env,
    up: (...args) => run(["up", "--yes", "--skip-preview", ...args]),
    preview: (...args) => run(["preview", ...args]),
    refresh: (...args) => run(["refresh", "--yes", "--skip-preview", ...args]),
    destroy: (...args) => run(["destroy", "--yes", "--skip-preview", ...args]),
    import: (...args) => run(["import", "--yes", "--generate-code=false", "--protect=false", ...args]),
    exportState: () => readDeployment({ program, env }),
    files: () => readStackFiles({ program, env }),
    run,
    start,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
  const hasOwnKey = options.env?.PULUMI_CONFIG_PASSPHRASE !== undefined;
  const from = options.from ?? (hasOwnKey ? undefined : emptyStacks.get(options.program));
  if (from) {
    await writeStackFiles({ program, env }, from);
    return stack;
  }
  succeeded(await run(["stack", "init", "test"]));
  if (!installed && !hasOwnKey) emptyStacks.set(options.program, await stack.files());
  return stack;
}

async function copyProgram(source: string, target: string): Promise<string> {
  await mkdir(target, { recursive: true });
  const skipped = new Set(["node_modules", ".git", ".tools", ".azurestack-csp", "dist"]);
  const isRoot = source === workspaceRoot;
  const rootFiles = /^(Pulumi\.yaml|index\.ts|package\.json|.*\.(ya?ml|csv))$/;
  await cp(source, target, {
    recursive: true,
    filter: (path) => {
      if (path === source) return true;
      return !skipped.has(basename(path)) && (!isRoot || rootFiles.test(basename(path)));
    },
  });
  await symlink(join(workspaceRoot, "node_modules"), join(target, "node_modules"), "junction");
  return target;
}

function baseEnvironment(folder: string, azure: EmulatorConnection | undefined): Record<string, string> {
  const ambient = process.env;
  return azure === undefined ? pulumiEnvironment({ ambient, folder }) : emulatorEnvironment({ ambient, azure, folder });
}

function startPulumi(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): RunningCommand {
  const child = spawn("pulumi", [...args, "--non-interactive"], { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const result = once(child, "close").then(([code]) => ({
    code: code as number | null,
    stdout: stdout(),
    stderr: stderr(),
  }));
  return { pid: child.pid ?? 0, kill: (signal) => void child.kill(signal), result };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}

function succeeded({ code, stdout, stderr }: CommandResult): string {
  if (code === 0) return stdout;
  throw new Error(`pulumi ended with exit code ${code}:\n${stdout}${stderr}`);
}
