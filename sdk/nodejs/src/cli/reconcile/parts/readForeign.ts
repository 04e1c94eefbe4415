import type { ManagedMapping } from "@azurestack-csp/provider";
import { losingMappings, unmanagedIds } from "../../stacks/heldMappings.ts";
import { FOREIGN_STACKS, readForeignStacks } from "../../stacks/otherStacks.ts";
import type { StackState } from "../../stacks/state/stackState.ts";
import type { PartsJob } from "../job.ts";

/** What other projects hold, where something is to be registered or taken away; before that all of them are looked at. */
export async function readForeign(
  { stack, list, terminal }: PartsJob,
  managed: readonly ManagedMapping[],
): Promise<readonly StackState[]> {
  const isLosing = losingMappings({ list, managed }).length > 0;
  if (!isLosing && unmanagedIds({ list, managed }).size === 0) return [];
  const most = isLosing ? {} : { most: FOREIGN_STACKS };
  return (await readForeignStacks(stack.project, { terminal, ...most })).states;
}
