import type { Access } from "../../domain/access.ts";
import type { CustomerSubscriptionState } from "../../domain/customerSubscription/state.ts";
import { sameId } from "../../domain/ids.ts";
import type { Deps } from "./deps.ts";
import { askForDirectory } from "./resolveTenant.ts";
import type { Run } from "./run/run.ts";

/** Whether a mapping of which the state knows no other directory came there beside a run, as by an import. */
export function cameBeside({ findings }: Run, { id, directory, ...state }: CustomerSubscriptionState): boolean {
  const tenantId = state.expectedTenantId ?? state.tenantId;
  return directory === undefined && tenantId !== undefined && findings.cameBeside({ id, tenantId });
}

/**
 * Asks for the directory of a mapping that {@link cameBeside} a run, and that this run declares for the first time: later
 * the guard remembers it, and nobody asks any more. Where it is not the tenant, it is noted for the state; where Azure
 * does not say it, that is said.
 *
 * @returns the directory, where it is wrong and the state does not know it.
 */
export async function lookForWrong(
  run: Run,
  deps: (access: Access) => Deps,
  { id, access, tenantId: held, expectedTenantId }: CustomerSubscriptionState,
): Promise<{ readonly directory: string } | undefined> {
  const tenantId = expectedTenantId ?? held ?? "";
  const reached = deps(access);
  const { customerSubscriptionId } = id;
  const { directory, failure } = await askForDirectory(reached, customerSubscriptionId);
  if (directory === undefined) {
    const reason = failure ? ` (${failure.message})` : "";
    reached.say(
      `Customer subscription ${customerSubscriptionId} came into the state beside a run, and Azure did not say which directory it belongs to${reason}; that tenant ${tenantId} is right is not known.`,
    );
    return undefined;
  }
  if (sameId(directory, tenantId)) return undefined;
  run.noteDirectory(id, directory.toLowerCase());
  return { directory: directory.toLowerCase() };
}
