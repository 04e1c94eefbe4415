import { shortName } from "./partName.ts";
import type { Project } from "./project.ts";
import { asking } from "./pulumiErrors.ts";

/**
 * Makes the stacks that are not there yet.
 *
 * Pulumi selects a stack that it makes; what the user had selected in the project is selected again.
 */
export async function ensureStacks(project: Project, stacks: readonly string[]): Promise<void> {
  if (stacks.length === 0) return;
  const { workspace } = project;
  const listed = await asking({ action: "list the stacks" }, async () => await workspace.listStacks());
  const known = new Set(listed.map(({ name }) => shortName(name)));
  const missing = stacks.filter((stack) => !known.has(shortName(stack)));
  if (missing.length === 0) return;
  const selected = listed.find(({ current }) => current)?.name;
  for (const stack of missing) {
    await asking({ action: `create stack ${stack}`, stack }, async () => await workspace.createStack(stack));
  }
  if (selected !== undefined) await workspace.selectStack(selected);
}
