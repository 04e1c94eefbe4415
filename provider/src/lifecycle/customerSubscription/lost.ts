import { type Access, readAccess } from "../../domain/access.ts";
import type { CustomerSubscriptionState } from "../../domain/customerSubscription/state.ts";
import { formatRegistrationId, sameId } from "../../domain/ids.ts";
import { isUnknown } from "../../domain/unknown.ts";
import { lookUp } from "./confirm.ts";
import type { Deps } from "./deps.ts";
import type { Run } from "./run/run.ts";

/** A resource whose mapping stays as it is: what the state holds, and what is declared. */
interface Kept {
  readonly state: CustomerSubscriptionState;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Looks a mapping up that the state holds as declared and that the program has not seen live, and notes it as lost where
 * it is not there: after a run that was killed between a removal and its answer, or after a change by hand.
 *
 * Where the program has seen it, or nobody has looked, nothing is sent.
 *
 * @throws ProviderError every answer that leaves room for doubt.
 */
export async function lookForLost(run: Run, deps: (access: Access) => Deps, { state, inputs }: Kept): Promise<boolean> {
  const { id } = state;
  const declared = inputs.tenantId ?? state.expectedTenantId ?? state.tenantId;
  const access = readAccess(inputs);
  if (typeof declared !== "string" || [declared, ...Object.values(access)].some(isUnknown)) return false;
  if (!run.findings.isMissing({ id, tenantId: declared })) return false;
  const reached = deps(access);
  const live = await reached.refusals.guard(id, () => lookUp(reached, id));
  if (live && (live.tenantId === undefined || sameId(live.tenantId, declared))) return false;
  run.lose(id);
  reached.say(
    `Tenant ${declared} is not mapped to customer subscription ${id.customerSubscriptionId} on ${formatRegistrationId(id.registration)} any more, although the state says so; a run maps it again where that displaces nobody.`,
  );
  return true;
}
