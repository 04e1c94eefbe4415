import { KINDS, TENANT_REGISTRATIONS } from "../../../resources/kinds.ts";
import { PART_MARK } from "../../stacks/partMark.ts";
import { type Deployment, DYNAMIC_PROVIDER, ROOT } from "../../stacks/state/deployment.ts";
import type { Step } from "../pulumi/stackEvents.ts";

/** Resources that a next run can rebuild: ours, and what Pulumi puts around them. */
const REBUILT = new Set([
  KINDS.CustomerSubscription,
  KINDS.TenantListGuard,
  TENANT_REGISTRATIONS,
  PART_MARK,
  ROOT,
  DYNAMIC_PROVIDER,
]);

/** Operations whose outcome the journal and the old state tell together; a replaced resource needs both of its states. */
const SIMPLE = new Set(["same", "create", "delete"]);

/**
 * Whether a run may write its state once, at its end, instead of twice for each resource.
 *
 * A state on files or buckets is written anew each time, so that the writes of a large list cost more than the list.
 * What a killed run leaves then is known from the state before it and the journal, provided that every resource is ours.
 */
export function maySkipCheckpoints({ resources }: Deployment, steps: readonly Step[]): boolean {
  if (!resources.every(({ type }) => REBUILT.has(type))) return false;
  return steps.every(({ type, op }) => REBUILT.has(type) && (SIMPLE.has(op) || type !== KINDS.CustomerSubscription));
}
