import { ensureStacks } from "../../stacks/ensureStacks.ts";
import type { Project } from "../../stacks/project.ts";

/**
 * Makes a stack, if it is not there yet, for what comes before the first write of a run; where that fails the stack is
 * removed again, unless it has come to hold something.
 */
export async function inNewStack<Result>(
  project: Project,
  { stack, isMissing }: { readonly stack: string; readonly isMissing: boolean },
  act: () => Promise<Result>,
): Promise<Result> {
  if (!isMissing) return await act();
  await ensureStacks(project, [stack]);
  try {
    return await act();
  } catch (error) {
    // Pulumi removes no stack that holds something; what failed first is what has to be told.
    await project.workspace.removeStack(stack).catch(() => undefined);
    throw error;
  }
}
