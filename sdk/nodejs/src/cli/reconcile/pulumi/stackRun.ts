import { hasCode } from "@azurestack-csp/provider";
import type { EngineEvent, PulumiFn, Stack as PulumiStack } from "@pulumi/pulumi/automation/index.js";
import { HOST_RECORDS } from "../../../journal/hostJournal.ts";
import type { Terminal } from "../../console/terminal.ts";
import { commandErrors } from "../../errors/commandErrors.ts";
import { pulumiFailure } from "../../stacks/pulumiErrors.ts";
import type { Stack } from "../../stacks/stack.ts";
import { noteConsequences } from "./engineLog.ts";
import { RunFailure, sortErrors } from "./runFailure.ts";
import { createStackEvents, type Step } from "./stackEvents.ts";

/** What a run did, or would do. */
export interface RunOutcome {
  readonly steps: readonly Step[];
  /** How many resources each operation was carried out on. */
  readonly changes: Readonly<Record<string, number | undefined>>;
}

/** Operations of Pulumi on one stack; each throws a `CommandFailure` that holds what the engine reported. */
export interface StackRun {
  /** Writes what it finds to the plan's file. */
  preview(planFile: string, options: PreviewOptions): Promise<RunOutcome>;
  /** Does what the plan's file says, and nothing else. */
  up(planFile: string, options: UpOptions): Promise<RunOutcome>;
  /** Corrects the state by what is live, of some resources by their URNs or of all; writes nothing to Azure. */
  refresh(urns?: readonly string[]): Promise<RunOutcome>;
}

/** How a plan is made. */
interface PreviewOptions {
  /** Variables that the program is given besides those of the command. */
  readonly env: Readonly<Record<string, string>>;
}

/** How a plan is carried out. */
interface UpOptions extends PreviewOptions {
  /** Whether the state is written once, at the end, instead of twice for each resource. */
  readonly skipCheckpoints: boolean;
  /** Is told of every resource that is done. */
  readonly onDone: () => void;
}

/** How an operation is followed and stopped. */
interface Watched {
  readonly onEvent: (event: EngineEvent) => void;
  readonly signal?: AbortSignal;
}

/** What a run is watched for. */
interface WatchOptions {
  /** Whether the engine refuses what the plan does not hold. */
  readonly holdsToPlan?: boolean;
  readonly onDone?: () => void;
}

/** What runs are opened with. */
export interface StackRunRequest {
  /** The program that stands in for the folder's, where the folder has none. */
  readonly program: PulumiFn | undefined;
  readonly signal: AbortSignal;
  readonly terminal: Pick<Terminal, "isInteractive">;
  /** What a person calls a resource, by its URN. */
  readonly nameOf: (urn: string) => string;
}

/** Opens runs on a stack, which is neither selected nor made. */
export function openStackRun(stack: Stack, { program, signal, terminal, nameOf }: StackRunRequest): StackRun {
  const open = (env: Readonly<Record<string, string>> = {}) => selectStack(stack, { program, env });

  const watch = async (
    action: string,
    act: (watched: Watched) => Promise<unknown>,
    { holdsToPlan = false, onDone }: WatchOptions = {},
  ) => {
    signal.throwIfAborted();
    const events = createStackEvents(onDone);
    const begunAt = performance.now();
    try {
      // A terminal sends Ctrl-C to Pulumi by itself, and the second one would end Pulumi before it has written its state.
      await act({ onEvent: events.observe, ...(terminal.isInteractive ? {} : { signal }) });
    } catch (cause) {
      const failure = await pulumiFailure({ action: `${action} stack ${stack.name}`, stack: stack.name }, cause);
      if (!hasCode(failure, commandErrors.CSP_COMMAND_PULUMI_FAILED) || events.errors().length === 0) throw failure;
      // What the engine reports are the resources' own errors; where it reports none, Pulumi itself could not go on.
      const { steps, done, failed } = events;
      const begun = holdsToPlan ? new Set(steps.map(({ urn }) => urn)) : undefined;
      const sorted = sortErrors(events.errors(), begun);
      // An interruption needs no other cause.
      const isExplained = sorted.causes.length > 0 || signal.aborted;
      const { causes, consequences } = isExplained ? sorted : { causes: events.errors(), consequences: [] };
      const lines = causes.map(({ text, urn }) => [nameOf(urn), text].filter(Boolean).join(": "));
      const noted = await noteConsequences(stack, consequences);
      const progress = { done, failed, durationInMs: performance.now() - begunAt };
      throw new RunFailure([...lines, ...noted], { progress, cause });
    }
    return { steps: events.steps, changes: events.changes() };
  };

  return {
    preview: async (plan, { env }) =>
      await watch("preview", async (watched) => await (await open(env)).preview({ plan, ...watched })),
    async up(plan, { env, skipCheckpoints, onDone }) {
      const noted = { ...env, [HOST_RECORDS]: await stack.hosts() };
      const variables = skipCheckpoints ? { ...noted, PULUMI_SKIP_CHECKPOINTS: "true" } : noted;
      const up = async (watched: Watched) => await (await open(variables)).up({ plan, ...watched });
      return await watch("update", up, { holdsToPlan: true, onDone });
    },
    async refresh(urns) {
      const target = urns ? { target: [...urns] } : {};
      return await watch("refresh", async (watched) => await (await open()).refresh({ ...target, ...watched }));
    },
  };
}

async function selectStack(
  { name, project }: Stack,
  request: { readonly program: PulumiFn | undefined; readonly env: Readonly<Record<string, string>> },
): Promise<PulumiStack> {
  const { LocalWorkspace, Stack } = await import("@pulumi/pulumi/automation/index.js");
  const { workDir, envVars, pulumiCommand } = project.workspace;
  const workspace = await LocalWorkspace.create({
    workDir,
    pulumiCommand,
    envVars: { ...envVars, ...request.env },
    ...(request.program ? { program: request.program } : {}),
  });
  // Every operation names its stack; selecting it would also change what the user's next command works on.
  workspace.selectStack = async () => undefined;
  const stack = await Stack.select(name, workspace);
  // Behind an update the Automation API asks for these by three more commands, with secrets in the clear; nobody needs them.
  stack.outputs = async () => ({});
  stack.info = async () => undefined;
  return stack;
}
