import type { CommandContext } from "../console/commandContext.ts";
import { count } from "../console/text.ts";
import { ensureStacks } from "../stacks/ensureStacks.ts";
import { openProject } from "../stacks/project.ts";
import { openStack } from "../stacks/stack.ts";
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
  const { file, mappings, createStack, fromState } = change;
  const project = await openProject(context);
  try {
    const stack = openStack(project, change.stack);
    const lock = await stack.lock();
    const request = { ...stack.place, file, fromState, created: `${context.today()}T00:00:00Z` };
    const progress = context.terminal.progress(`Importing ${count(mappings, "mapping")}`);
    try {
      if (createStack) await ensureStacks(project, [stack.name]);
      if (mappings > 0 || fromState) await stack.edit((deployment) => takeOver(deployment, request));
      context.signal.throwIfAborted();
    } finally {
      progress.stop();
      await lock.release();
    }
  } finally {
    await project.close();
  }
}
