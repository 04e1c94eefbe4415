import { randomUUID } from "node:crypto";
import { ensureStacks } from "../../stacks/ensureStacks.ts";
import { isPartOf, markPart } from "../../stacks/partMark.ts";
import { shortName } from "../../stacks/partName.ts";
import type { Project } from "../../stacks/project.ts";
import type { StackState } from "../../stacks/stack.ts";
import { editStack } from "../../stacks/state/editStack.ts";

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

/** Makes the stacks of single registrations of a stack's list, and marks those that are not marked yet. */
export async function ensureParts(project: Project, { whole, parts, states }: PartsRequest): Promise<void> {
  const marked = new Set(states.filter((state) => isPartOf(whole, state)).map(({ stack }) => shortName(stack)));
  const unmarked = parts.filter((stack) => !marked.has(shortName(stack)));
  await ensureStacks(project, unmarked);
  for (const stack of unmarked) {
    const request = { stack: shortName(stack), project: project.name, newId: randomUUID };
    await editStack(project, stack, (deployment) => markPart(deployment, whole, request));
  }
}

/** The stacks of single registrations that a list needs. */
interface PartsRequest {
  readonly whole: string;
  readonly parts: readonly string[];
  /** Those of them that are there. */
  readonly states: readonly StackState[];
}
