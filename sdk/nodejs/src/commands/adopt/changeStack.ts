import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openProject, type Project } from "../../stacks/project.ts";
import { lockStack } from "../../stacks/run/lockStack.ts";
import { findRunFolder } from "../../stacks/run/runFolder.ts";
import { runPulumi } from "../../stacks/runPulumi.ts";
import { asking, exportState } from "../../stacks/stack.ts";
import type { CommandContext } from "../shared/commandContext.ts";
import { count } from "../shared/count.ts";
import type { ImportFile } from "./importFile.ts";
import type { AdoptRequest } from "./runAdopt.ts";
import { takeOver } from "./takeOver.ts";

/** What is changed in a stack's state. */
export interface StackChange {
  readonly stack: string;
  readonly file: ImportFile;
  /** How many mappings come in. */
  readonly mappings: number;
  readonly request: Pick<AdoptRequest, "createStack" | "fromState">;
}

/**
 * Brings mappings into a stack: by import or, with `fromState`, by one edit of the state that also takes out the resources
 * of `@pulumi/azure-native` which held them.
 *
 * @throws ProviderError `CSP_RECONCILE_BUSY` where a reconcile of the stack is under way, whose plan this would spoil.
 */
export async function changeStack(
  context: CommandContext,
  { stack, file, mappings, request }: StackChange,
): Promise<void> {
  const project = await openProject(context);
  try {
    const folder = await findRunFolder(project, context.env);
    const lock = await lockStack({ project, stack, folder });
    const progress = context.terminal.progress(`Importing ${count(mappings, "mapping")}`);
    try {
      if (request.createStack) await asking({ action: "create the stack", stack }, () => createStack(project, stack));
      if (request.fromState) await editState(project, stack, file);
      else if (mappings > 0) await importInto(project, stack, file);
      context.signal.throwIfAborted();
    } finally {
      progress.stop();
      await lock.release();
    }
  } finally {
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

async function editState(project: Project, stack: string, file: ImportFile): Promise<void> {
  const state = await exportState(project, stack);
  const edited = takeOver(state, { stack, project: project.name, file, newId: randomUUID });
  const folder = await mkdtemp(join(tmpdir(), "azurestack-csp-state-"));
  try {
    const path = join(folder, "state.json");
    await writeFile(path, JSON.stringify(edited), { mode: 0o600 });
    const args = ["stack", "import", "--stack", stack, "--file", path];
    await runPulumi(project, { action: "write the state", args });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
