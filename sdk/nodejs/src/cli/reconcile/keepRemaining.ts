import { type Deployment, resourcesByUrn, type StateResource } from "../stacks/state/deployment.ts";
import { type PutRequest, putResources } from "../stacks/state/putResources.ts";
import type { StackState } from "../stacks/state/stackState.ts";
import type { ReconcileJob } from "./job.ts";

/**
 * Takes back into the state what Azure said it had removed and still holds, so that the next run removes it again; outside
 * of every state nobody would.
 *
 * @param remaining - ARM ids.
 */
export async function keepRemaining(
  { stack, terminal }: Pick<ReconcileJob, "stack" | "terminal">,
  { before, remaining }: { readonly before: StackState; readonly remaining: readonly string[] },
): Promise<void> {
  const ids = new Set(remaining.map((id) => id.toLowerCase()));
  const kept = before.deployment.resources.filter(({ id = "" }) => ids.has(id.toLowerCase()));
  if (kept.length === 0) return;
  await stack.edit((deployment) => takeBack(deployment, kept, stack.place));
  terminal.say(
    `${kept.length} mappings are live although Azure said that they were removed; stack ${stack.name} manages them still.`,
  );
}

/** The state with these resources in it; one whose URN another has by now is left to be deleted, as after a replacement. */
export function takeBack(deployment: Deployment, kept: readonly StateResource[], place: PutRequest): Deployment {
  const used = new Set(resourcesByUrn(deployment).keys());
  const back: StateResource[] = [];
  const old: StateResource[] = [];
  for (const { delete: _isOld, ...resource } of kept) {
    if (used.has(resource.urn)) old.push({ ...resource, delete: true });
    else back.push(resource);
    used.add(resource.urn);
  }
  const put = putResources(deployment, back, place);
  return old.length === 0 ? put : { ...put, resources: [...put.resources, ...old] };
}
