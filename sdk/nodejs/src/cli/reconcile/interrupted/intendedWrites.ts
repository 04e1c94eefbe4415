import { formatCustomerSubscriptionId, type Plan, type RegistrationPlan } from "@azurestack-csp/provider";
import { type IntendedWrite, writeKey } from "../../../journal/intendedWrite.ts";
import { KINDS } from "../../../resources/kinds.ts";
import { writeOf } from "../../stacks/interrupted/pendingWrites.ts";
import type { Step } from "../pulumi/stackEvents.ts";

/** Operations of the engine that send a PUT, or adopt what is live. */
const WRITES = new Set(["create", "create-replacement", "update"]);

/** What a run is about to write. */
export interface IntentionRequest {
  /** The steps of the preview. */
  readonly steps: readonly Step[];
  readonly plan: Plan;
  /** What an interrupted run intended; where that is live, it is our own work. */
  readonly interrupted: readonly IntendedWrite[];
}

/**
 * What the journal has to hold before a run writes.
 *
 * What somebody else registered and this run adopts is left out: if the run does not come to it and the row is taken
 * out, it is not ours to remove.
 */
export function intendedWrites({ steps, plan, interrupted }: IntentionRequest): readonly IntendedWrite[] {
  const ours = new Set(interrupted.map(writeKey));
  const foreign = new Set(plan.registrations.flatMap(liveAlready).filter((key) => !ours.has(key)));
  return steps.flatMap(toWrite).filter((write) => !foreign.has(writeKey(write)));
}

function toWrite(step: Step): readonly IntendedWrite[] {
  if (step.type !== KINDS.CustomerSubscription || !WRITES.has(step.op)) return [];
  return writeOf(step);
}

function liveAlready({ registration, changes }: RegistrationPlan): readonly string[] {
  return changes.flatMap(({ isLive, liveTenantId, tenantId, customerSubscriptionId }) => {
    if (!isLive || liveTenantId?.toLowerCase() !== tenantId?.toLowerCase()) return [];
    const id = formatCustomerSubscriptionId({ registration, customerSubscriptionId });
    return [writeKey({ id, inputs: { tenantId } })];
  });
}
