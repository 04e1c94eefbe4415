import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { workspaceRoot } from "../scripts/dev/emulatorProcess.ts";
import type { EmulatorConnection } from "../scripts/dev/environment.ts";
import { createStack, type Stack } from "../tests/support/pulumiCommand.ts";
import { type Customer, makeTenantList } from "./customers.ts";
import { type MeasuredCommand, measureCommand } from "./measuring/measureCommand.ts";
import type { MemoryWatch } from "./measuring/peakMemory.ts";

/** A program on a stack of its own, which is put through the phases. */
export interface Contender {
  /** Declares these customers from now on. */
  declare(customers: readonly Customer[]): Promise<void>;
  /** Runs a Pulumi command; its memory is the dynamic provider's. @throws Error with its output where it fails */
  run(args: readonly string[]): Promise<MeasuredCommand>;
  /** Runs a Pulumi command that may fail, under a watch of the caller's. */
  attempt(args: readonly string[], watch: (pid: number) => MemoryWatch): Promise<MeasuredCommand>;
  /** The size of the stack's state file, in bytes. */
  stateBytes(): Promise<number>;
  remove(): Promise<void>;
}

interface ContenderOptions {
  readonly azure: EmulatorConnection;
  /** Whether the engine saves the state with every resource. */
  readonly checkpoints: boolean;
}

/** The root program of this workspace, on a tenant list of the customers. */
export function createSubject({
  liveChecks = false,
  ...options
}: ContenderOptions & {
  /** Whether the program checks its list against what is live. @default false */
  readonly liveChecks?: boolean;
}): Promise<Contender> {
  return createContender({
    ...options,
    config: { liveChecks: `${liveChecks}` },
    program: workspaceRoot,
    project: "azurestack-csp",
    file: "tenants.yaml",
    format: makeTenantList,
  });
}

/** The engine's floor: as many resources of a trivial dynamic provider, two GUIDs each, in a plain program. */
export function createFloor(options: ContenderOptions): Promise<Contender> {
  return createContender({
    ...options,
    program: join(workspaceRoot, "benchmarks", "floor"),
    project: "floor",
    file: "rows.json",
    format: (customers) => JSON.stringify(customers.map(({ name, ...ids }) => ids)),
  });
}

async function createContender(
  options: ContenderOptions & {
    readonly program: string;
    readonly project: string;
    readonly config?: Readonly<Record<string, string>>;
    readonly file: string;
    readonly format: (customers: readonly Customer[]) => string;
  },
): Promise<Contender> {
  const { program, project, azure, checkpoints, config = {}, file, format } = options;
  // Without the condition that leads to the sources: users run what is compiled.
  const compiled = { NODE_OPTIONS: process.env.NODE_OPTIONS ?? "" };
  const env = checkpoints ? compiled : { ...compiled, PULUMI_SKIP_CHECKPOINTS: "true" };
  const stack = await createStack({ program, azure, env });
  for (const [key, value] of Object.entries(config)) await runMeasured(stack, ["config", "set", key, value]);
  return {
    declare: (customers) => writeFile(join(stack.program, file), format(customers)),
    run: (args) => runMeasured(stack, args),
    attempt: (args, watch) => measureCommand(() => stack.start(args), watch),
    stateBytes: async () => (await stat(stateFile(stack, project))).size,
    remove: stack.remove,
  };
}

async function runMeasured(stack: Stack, args: readonly string[]): Promise<MeasuredCommand> {
  const ended = await measureCommand(() => stack.start(args));
  if (ended.code === 0) return ended;
  throw new Error(`pulumi ${args.join(" ")} ended with exit code ${ended.code}:\n${ended.stdout}${ended.stderr}`);
}

function stateFile({ env }: Stack, project: string): string {
  return join(fileURLToPath(env.PULUMI_BACKEND_URL ?? ""), ".pulumi", "stacks", project, "test.json");
}
