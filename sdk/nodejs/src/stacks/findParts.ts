import { isPartOf } from "./partName.ts";
import { journalOf } from "./run/journal.ts";
import type { RunFolder } from "./run/runFolder.ts";
import type { StackState } from "./stack.ts";
import { nameOf } from "./urn.ts";

/** The stacks of single registrations that belong to a stack: by what they hold, or by what a killed run of theirs wrote. */
export async function findParts(
  states: readonly StackState[],
  { stack, folder }: { readonly stack: string; readonly folder: RunFolder },
): Promise<readonly StackState[]> {
  const judged = states.map(async (state) => {
    const writes = await journalOf(folder, state.stack).read();
    const names = [...state.managed.map(({ name }) => name), ...writes.map(({ urn }) => nameOf(urn))];
    return isPartOf(stack, { stack: state.stack, names }) ? [state] : [];
  });
  return (await Promise.all(judged)).flat();
}
