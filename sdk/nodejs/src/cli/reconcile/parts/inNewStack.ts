import { ensureStacks } from "../../stacks/ensureStacks.ts";
import type { Stack } from "../../stacks/stack.ts";

/**
 * Makes a stack, if it is not there yet, for what comes before the first write of a run; where that fails the stack is
 * removed again, unless it has come to hold something.
 */
export async function inNewStack<Result>(
  { name, project }: Stack,
  { isMissing }: { readonly isMissing: boolean },
  act: () => Promise<Result>,
): Promise<Result> {
  if (!isMissing) return await act();
  await ensureStacks(project, [name]);
  try {
    return await act();
  } catch (error) {
    // Pulumi removes no stack that holds something; what failed first is what has to be told.
    await project.workspace.removeStack(name).catch(() => undefined);
    throw error;
  }
}
