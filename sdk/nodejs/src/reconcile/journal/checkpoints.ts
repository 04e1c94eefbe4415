import { CUSTOMER_SUBSCRIPTION, GUARD } from "../mappingTables.ts";
import type { Step } from "../run/stackEvents.ts";

/** Resources that a next run can rebuild: ours, and what Pulumi puts around them. */
const REBUILT = new Set([
  CUSTOMER_SUBSCRIPTION,
  GUARD,
  "azurestack-csp:index:TenantRegistrations",
  "pulumi:pulumi:Stack",
  "pulumi:providers:pulumi-nodejs",
]);

/** Operations whose outcome the journal and the old state tell together; a replaced resource needs both of its states. */
const SIMPLE = new Set(["same", "create", "delete"]);

/**
 * Whether a run may write its state once, at its end, instead of twice for each resource.
 *
 * A state on files or buckets is written anew each time, so that the writes of a large list cost more than the list.
 * What a killed run leaves then is known from the state before it and the journal, provided that every resource is ours.
 */
export function maySkipCheckpoints(deployment: unknown, steps: readonly Step[]): boolean {
  const inState = typesIn(deployment);
  if (!inState.every((type) => REBUILT.has(type))) return false;
  return steps.every(({ type, op }) => REBUILT.has(type) && (SIMPLE.has(op) || type !== CUSTOMER_SUBSCRIPTION));
}

function typesIn(deployment: unknown): readonly string[] {
  const { resources = [] } = (deployment ?? {}) as { readonly resources?: readonly { readonly type?: unknown }[] };
  return resources.map(({ type }) => String(type));
}
