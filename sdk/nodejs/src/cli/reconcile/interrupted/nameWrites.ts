import { formatRegistrationId, parseCustomerSubscriptionId } from "@azurestack-csp/provider";
import { type IntendedWrite, writeKey } from "../../../journal/intendedWrite.ts";
import { KINDS } from "../../../resources/kinds.ts";
import type { Deployment, StateResource } from "../../stacks/state/deployment.ts";
import type { PutRequest } from "../../stacks/state/putResources.ts";

/**
 * Gives each write a URN that has none, because a host is not told it: that of the resource which the write was to change
 * or to move, by its subscription or its tenant on the registration; else one of its own, which no program declares.
 */
export function nameWrites(
  writes: readonly IntendedWrite[],
  { resources }: Deployment,
  { stack, project }: Pick<PutRequest, "stack" | "project">,
): readonly IntendedWrite[] {
  const taken = new Set(writes.map(({ urn }) => urn));
  const ours = resources.filter((each) => each.type === KINDS.CustomerSubscription && !each.delete);
  return writes.map((write) => {
    if (write.urn) return write;
    const free = ours.filter(({ urn }) => !taken.has(urn));
    const continued = free.find(({ id }) => id?.toLowerCase() === write.id.toLowerCase()) ?? movedTo(write, free);
    const own = `urn:pulumi:${stack}::${project}::${KINDS.CustomerSubscription}::left${writeKey(write).replace(" ", "/")}`;
    const urn = continued?.urn ?? own;
    taken.add(urn);
    return { ...write, urn, parent: continued?.parent ?? "" };
  });
}

function movedTo(write: IntendedWrite, resources: readonly StateResource[]): StateResource | undefined {
  return resources.find(
    ({ id = "", inputs }) =>
      String(inputs?.tenantId).toLowerCase() === String(write.inputs.tenantId).toLowerCase() &&
      registrationOf(id) === registrationOf(write.id),
  );
}

function registrationOf(armId: string): string | undefined {
  const id = parseCustomerSubscriptionId(armId);
  return id && formatRegistrationId(id.registration).toLowerCase();
}
