import type { Project } from "../commands/shared/project.ts";
import { asking } from "../commands/shared/stack.ts";

/** Makes the stack of the built-in project where it is not there yet; a program's stacks are its owner's to make. */
export async function ensureStack({ workspace, folder }: Project, stack: string): Promise<void> {
  if (folder !== undefined) return;
  const stacks = await asking({ action: "list the stacks" }, async () => await workspace.listStacks());
  if (stacks.some(({ name }) => name === stack || name.endsWith(`/${stack}`))) return;
  await asking({ action: `create stack ${stack}`, stack }, async () => await workspace.createStack(stack));
}
