import { type ChildProcess, type StdioOptions, spawn, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createProgram } from "azurestack-csp/command-line";
import { asksNobody } from "./asksNobody.ts";
import { sampleWorld, startEmulatorProcess, workspaceRoot } from "./emulatorProcess.ts";
import { emulatorEnvironment, localEnvironment } from "./environment.ts";
import { forwardFirstSignal } from "./forwardSignal.ts";
import { handOn } from "./handOn.ts";
import { withListOfHubs, writeListWithHubs } from "./listWithHubs.ts";
import { nextSteps } from "./nextSteps.ts";
import { startHelp } from "./startHelp.ts";

const stack = "dev";
const folder = join(workspaceRoot, ".azurestack-csp");
const commandLine = join(workspaceRoot, "sdk/nodejs/bin/azurestack-csp.js");
/** Commands of our own, of which Pulumi has none. */
const ownCommands: readonly string[] = createProgram(async () => undefined).commands.map((command) => command.name());

try {
  const given = process.argv.slice(2);
  process.exitCode = asksForHelp(given) ? await help(given) : await start(given);
} catch (error) {
  // A coded error says everything itself; anything else is a fault of this script and needs its stack.
  console.error(error instanceof Error && "code" in error ? error.message : error);
  process.exitCode = 1;
}

function asksForHelp(given: readonly string[]): boolean {
  return given.some((argument) => argument === "--help" || argument === "-h") || given[0] === "help";
}

/** Shows the help of a command, or what `npm start` itself takes; nothing is started for it. */
async function help(given: readonly string[]): Promise<number> {
  const [first = ""] = given;
  if (ownCommands.includes(first)) return run(process.execPath, [commandLine, ...given], process.env);
  if (!first.startsWith("-") && first !== "help") return run("pulumi", [...given], process.env);
  console.log(startHelp(ownCommands));
  return 0;
}

/**
 * Runs a command of Pulumi's or of our own, `pulumi up --yes` by default, on the root program against the emulator.
 *
 * The emulator keeps its state in a file beside the stack's, so that the next run finds what this one registered.
 */
async function start(given: readonly string[]): Promise<number> {
  const args = argumentsOf(given);
  if (args[0] === "emulator") return runEmulator(args.slice(1));
  const ofStore = { AZURESTACK_CSP_USAGE_STORE: join(folder, "usage-store") };
  if (asksNobody(args))
    return run(process.execPath, [commandLine, ...args], { ...localEnvironment(process.env), ...ofStore });
  const own = ownCommands.includes(args[0] ?? "");
  mkdirSync(folder, { recursive: true });
  console.error("Starting an emulator of Azure on this machine; no Azure account is used.");
  const emulator = await startEmulatorProcess({
    args: ["--world", sampleWorld, "--state", join(folder, "azure.json")],
  });
  try {
    const env = {
      ...emulatorEnvironment({ ambient: process.env, azure: emulator.connection, folder }),
      ...ofStore,
    };
    const copy = join(folder, "tenants.yaml");
    writeListWithHubs({ list: join(workspaceRoot, "tenants.yaml"), copy, hubs: emulator.connection.hubs });
    selectStack(env);
    console.error(
      `Running ${own ? "azurestack-csp" : "pulumi"} ${args.join(" ")} against ${emulator.connection.resourceManager}\n`,
    );
    const code = await (own
      ? run(process.execPath, [commandLine, ...withListOfHubs(args, copy)], env)
      : run("pulumi", args, env));
    if (code === 0 && args[0] === "up") console.error(nextSteps());
    return code;
  } finally {
    await emulator.stop();
  }
}

/** An emulator for programs elsewhere; it begins with the sample's world, and shares nothing with that of the other commands. */
function runEmulator(options: readonly string[]): Promise<number> {
  return run(process.execPath, [commandLine, "emulator", ...options], localEnvironment(process.env));
}

function argumentsOf(given: readonly string[]): string[] {
  const [first] = given;
  return first === undefined || first.startsWith("-") ? ["up", "--yes", ...given] : [...given];
}

function selectStack(env: Record<string, string>): void {
  const options = { cwd: workspaceRoot, env, encoding: "utf8" } as const;
  const { status, stderr, error } = spawnSync("pulumi", ["stack", "select", stack, "--create"], options);
  if (status === 0) return;
  const message = `[STACK_NOT_SELECTED] pulumi could not select the stack "${stack}" (exit code ${status}): ${error ?? stderr}\nTo begin anew, remove ${folder} and run the command again.`;
  throw Object.assign(new Error(message), { code: "STACK_NOT_SELECTED" });
}

async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  // On a terminal Ctrl-C reaches the command by itself, and only its own group may draw there; elsewhere it gets a group
  // of its own, because a second interrupt would make it give up without saving.
  const detached = !process.stdin.isTTY && process.platform !== "win32";
  const outputOf = ({ isTTY }: NodeJS.WriteStream) => (isTTY ? "inherit" : "pipe");
  const stdio: StdioOptions = ["inherit", outputOf(process.stdout), outputOf(process.stderr)];
  const child: ChildProcess = spawn(command, args, { cwd: workspaceRoot, env, stdio, detached });
  handOn(child.stdout, process.stdout);
  handOn(child.stderr, process.stderr);
  return forwardFirstSignal(child);
}
