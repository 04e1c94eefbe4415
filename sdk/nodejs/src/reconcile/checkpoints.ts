import {
  formatCustomerSubscriptionId,
  type Inspection,
  parseRegistrationId,
  type RegistrationPlan,
} from "@azurestack-csp/provider";
import type { IntendedWrite } from "./journal.ts";
import { CUSTOMER_SUBSCRIPTION } from "./mappingTables.ts";
import type { Step } from "./stackEvents.ts";

/** Resources that a next run can rebuild: ours, and what Pulumi puts around them. */
const REBUILT = new Set([
  CUSTOMER_SUBSCRIPTION,
  "pulumi-nodejs:dynamic/azurestack:TenantListGuard",
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

/** What the journal has to hold: registrations that are neither in the state nor live before the run. */
export function intendedWrites(steps: readonly Step[], { plan }: Pick<Inspection, "plan">): readonly IntendedWrite[] {
  const adopted = new Set(plan.registrations.flatMap(liveAlready));
  return steps.flatMap(({ type, op, urn, parent, inputs }) => {
    if (type !== CUSTOMER_SUBSCRIPTION || op !== "create" || !inputs) return [];
    const registration = parseRegistrationId(String(inputs.registrationId));
    if (!registration) return [];
    const customerSubscriptionId = String(inputs.customerSubscriptionId);
    const id = formatCustomerSubscriptionId({ registration, customerSubscriptionId });
    return adopted.has(id.toLowerCase()) ? [] : [{ id, urn, parent, inputs }];
  });
}

/** Mappings that somebody else made and the run adopts: a run that did not come to them must not lead to their removal. */
function liveAlready({ registration, changes }: RegistrationPlan): readonly string[] {
  return changes
    .filter(({ isLive }) => isLive)
    .map(({ customerSubscriptionId }) => formatCustomerSubscriptionId({ registration, customerSubscriptionId }))
    .map((id) => id.toLowerCase());
}

function typesIn(deployment: unknown): readonly string[] {
  const { resources = [] } = (deployment ?? {}) as { readonly resources?: readonly { readonly type?: unknown }[] };
  return resources.map(({ type }) => String(type));
}
