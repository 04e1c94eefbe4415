import { randomUUID } from "node:crypto";
import { ensureStacks } from "../../stacks/ensureStacks.ts";
import { isPartOf, markPart } from "../../stacks/partMark.ts";
import { shortName } from "../../stacks/partName.ts";
import type { Project } from "../../stacks/project.ts";
import type { StackState } from "../../stacks/stack.ts";
import { editStack } from "../../stacks/state/editStack.ts";

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
