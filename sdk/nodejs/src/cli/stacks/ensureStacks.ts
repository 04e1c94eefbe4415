import { shortName } from "./partName.ts";
import type { Project } from "./project.ts";
import { asking } from "./pulumiErrors.ts";

/**
 * Makes the stacks that are not there yet.
 *
 * Pulumi selects a stack that it makes; what the user had selected in the project is selected again.
 */
export async function ensureStacks(project: Project, stacks: readonly string[]): Promise<void> {
  const known = new Set(await project.stackNames());
  const missing = stacks.filter((stack) => !known.has(shortName(stack)));
  if (missing.length === 0) return;
  const { workspace } = project;
  const selected = (await workspace.listStacks()).find(({ current }) => current)?.name;
  for (const stack of missing) {
    await asking({ action: `create stack ${stack}`, stack }, async () => await workspace.createStack(stack));
  }
  if (selected !== undefined) await workspace.selectStack(selected);
}
