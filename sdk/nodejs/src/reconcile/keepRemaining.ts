import { randomUUID } from "node:crypto";
import { shortName } from "../stacks/partName.ts";
import type { StackState } from "../stacks/stack.ts";
import { editStack } from "../stacks/state/editStack.ts";
import { putResources } from "../stacks/state/putResources.ts";
import type { ReconcileJob } from "./reconcileStack.ts";

/**
 * Takes back into the state what Azure said it had removed and still holds, so that the next run removes it again; outside
 * of every state nobody would.
 *
 * @param remaining - ARM ids.
 */
export async function keepRemaining(
  { project, stack, context }: Pick<ReconcileJob, "project" | "stack" | "context">,
  { before, remaining }: { readonly before: StackState; readonly remaining: readonly string[] },
): Promise<void> {
  const ids = new Set(remaining.map((id) => id.toLowerCase()));
  const kept = before.deployment.resources.filter(({ id = "", delete: isOld }) => !isOld && ids.has(id.toLowerCase()));
  if (kept.length === 0) return;
  const place = { stack: shortName(stack), project: project.name, newId: randomUUID };
  await editStack(project, stack, (deployment) => putResources(deployment, kept, place));
  context.terminal.say(
    `${kept.length} mappings are live although Azure said that they were removed; stack ${stack} manages them still.`,
  );
}
