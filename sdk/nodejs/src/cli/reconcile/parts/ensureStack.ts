import { ensureStacks } from "../../stacks/ensureStacks.ts";
import { isPartOf, markPart } from "../../stacks/partMark.ts";
import { shortName } from "../../stacks/partName.ts";
import type { Stack } from "../../stacks/stack.ts";
import type { StackState } from "../../stacks/state/stackState.ts";

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

/** Makes the stacks of single registrations of a stack's list, and marks those that are not marked yet. */
export async function ensureParts(stack: Stack, { parts, states }: PartsRequest): Promise<void> {
  const marked = new Set(states.filter((state) => isPartOf(stack.name, state)).map((state) => shortName(state.stack)));
  const unmarked = parts.filter((name) => !marked.has(shortName(name)));
  await ensureStacks(stack.project, unmarked);
  for (const name of unmarked) {
    const part = stack.sibling(name);
    await part.edit((deployment) => markPart(deployment, stack.name, part.place));
  }
}

/** The stacks of single registrations that a list needs. */
interface PartsRequest {
  readonly parts: readonly string[];
  /** Those of them that are there. */
  readonly states: readonly StackState[];
}
