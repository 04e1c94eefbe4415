import { ensureStacks } from "../../stacks/ensureStacks.ts";
import { isPartOf, markPart } from "../../stacks/partMark.ts";
import { shortName } from "../../stacks/partName.ts";
import type { Stack } from "../../stacks/stack.ts";
import type { StackState } from "../../stacks/state/stackState.ts";

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
