import { formatCustomerSubscriptionId, parseRegistrationId } from "@azurestack-csp/provider";
import type { IntendedWrite } from "../../../journal/intendedWrite.ts";
import { KINDS } from "../../../resources/kinds.ts";
import type { Deployment } from "../state/deployment.ts";
import { optionsOf } from "./journal.ts";

/** Pending operations in which a PUT may have been sent. */
const WRITES = new Set(["creating", "updating"]);

/** What a resource is written from. */
interface Written {
  readonly urn: string;
  readonly parent?: string;
  readonly inputs?: IntendedWrite["inputs"] | undefined;
  readonly options?: IntendedWrite["options"] | undefined;
}

/** The write of a customer subscription; nothing where its inputs do not tell which one it is. */
export function writeOf({ urn, parent = "", inputs = {}, options }: Written): readonly IntendedWrite[] {
  const registration = parseRegistrationId(String(inputs.registrationId));
  if (!registration) return [];
  const customerSubscriptionId = String(inputs.customerSubscriptionId);
  const id = formatCustomerSubscriptionId({ registration, customerSubscriptionId });
  return [{ id, urn, parent, inputs, ...(options ? { options } : {}) }];
}

/**
 * What a killed run was writing, by its state: all there is where the next run does not find its journal.
 *
 * Without checkpoints a state tells nothing of it.
 */
export function pendingWrites({ pending_operations: pending = [] }: Deployment): readonly IntendedWrite[] {
  return pending.flatMap(({ type, resource }) => {
    if (!WRITES.has(type) || resource.type !== KINDS.CustomerSubscription) return [];
    return writeOf({ ...resource, options: optionsOf(resource) });
  });
}
