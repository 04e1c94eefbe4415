import { randomUUID } from "node:crypto";
import type { CommandContext } from "../console/commandContext.ts";
import { count } from "../console/text.ts";
import { ensureStacks } from "../stacks/ensureStacks.ts";
import { lockStack } from "../stacks/lock/lockStack.ts";
import { findRunFolder } from "../stacks/lock/runFolder.ts";
import { shortName } from "../stacks/partName.ts";
import { openProject } from "../stacks/project.ts";
import { editStack } from "../stacks/state/editStack.ts";
import type { ImportFile } from "./importFile.ts";
import { takeOver } from "./takeOver.ts";

/** What is changed in a stack's state. */
export interface StackChange {
  readonly stack: string;
  readonly file: ImportFile;
  /** How many mappings come in. */
  readonly mappings: number;
  /** Whether the stack is made where it is not there yet. */
  readonly createStack: boolean;
  /** Whether the resources of `@pulumi/azure-native` that held the mappings are taken out. */
  readonly fromState: boolean;
}

/**
 * Brings mappings into a stack, by one edit of its state.
 *
 * @throws ProviderError `CSP_RECONCILE_BUSY` where a reconcile of the stack is under way, whose plan this would spoil.
 */
export async function changeStack(context: CommandContext, change: StackChange): Promise<void> {
  const { stack, file, mappings, createStack, fromState } = change;
  const project = await openProject(context);
  try {
    const folder = await findRunFolder(project, context.env);
    const lock = await lockStack({ project, stack, folder });
    const place = { stack: shortName(stack), project: project.name, file, fromState, newId: randomUUID };
    const progress = context.terminal.progress(`Importing ${count(mappings, "mapping")}`);
    try {
      if (createStack) await ensureStacks(project, [stack]);
      if (mappings > 0 || fromState) await editStack(project, stack, (deployment) => takeOver(deployment, place));
      context.signal.throwIfAborted();
    } finally {
      progress.stop();
      await lock.release();
    }
  } finally {
    await project.close();
  }
}
