import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ProviderError } from "@azurestack-csp/provider";
import type { Inspected } from "../plan/inspect.ts";
import type { CommandContext } from "../shared/commandContext.ts";
import { messageOf } from "../shared/failures.ts";
import { openProject, type Project } from "../shared/project.ts";
import { asking, exportStack } from "../shared/stack.ts";
import { findReplaced, type ImportFile } from "./importFile.ts";
import type { AdoptRequest } from "./runAdopt.ts";

/** What is changed in a stack's state. */
export interface StackChange {
  readonly stack: string;
  readonly file: ImportFile;
  /** How many mappings are imported. */
  readonly count: number;
  readonly request: Pick<AdoptRequest, "createStack" | "fromState">;
}

/**
 * Imports mappings into a stack and, for those of `@pulumi/azure-native`, forgets the resources that held them.
 *
 * The state holds a mapping twice between the two, and never not at all, so that a run which is interrupted there is
 * finished by the next one.
 */
export async function changeStack(
  context: CommandContext,
  { stack, file, count, request }: StackChange,
): Promise<void> {
  const project = await openProject(context);
  const progress = context.terminal.progress(`Importing ${count} mappings`);
  try {
    if (request.createStack) await asking({ action: "create the stack", stack }, () => createStack(project, stack));
    if (count > 0) await importInto(project, stack, file);
    if (!request.fromState) return;
    const state = await exportStack(project, stack);
    const replaced = findReplaced({ state } satisfies Pick<Inspected, "state">);
    for (const [index, { urn }] of replaced.entries()) {
      context.signal.throwIfAborted();
      progress.update(`Forgetting resource ${index + 1} of ${replaced.length} of @pulumi/azure-native`);
      await forget(project, stack, urn);
    }
  } finally {
    progress.stop();
    await project.close();
  }
}

async function createStack({ workspace }: Project, stack: string): Promise<void> {
  const { StackAlreadyExistsError } = await import("@pulumi/pulumi/automation/index.js");
  try {
    await workspace.createStack(stack);
  } catch (error) {
    if (!(error instanceof StackAlreadyExistsError)) throw error;
  }
}

async function importInto({ workspace }: Project, stack: string, { nameTable, resources }: ImportFile): Promise<void> {
  const { Stack } = await import("@pulumi/pulumi/automation/index.js");
  await asking({ action: "import the mappings", stack }, async () => {
    const selected = await Stack.select(stack, workspace);
    await selected.import({
      // The SDK's type knows no inputs and outputs, which the CLI's import file has.
      resources: resources.map((resource) => ({ ...resource })),
      nameTable: { ...nameTable },
      generateCode: false,
      protect: false,
    });
  });
}

/** The Automation API has no method for it. */
async function forget({ workspace }: Project, stack: string, urn: string): Promise<void> {
  const { workDir: cwd, envVars, pulumiCommand } = workspace;
  const args = ["state", "delete", urn, "--stack", stack, "--yes", "--non-interactive"];
  try {
    await execute(pulumiCommand.command, args, { cwd, env: envVars });
  } catch (cause) {
    const reason = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : messageOf(cause);
    throw new ProviderError("CSP_COMMAND_PULUMI_FAILED", { action: `forget ${urn}`, reason }, { cause });
  }
}

const execute = promisify(execFile);
