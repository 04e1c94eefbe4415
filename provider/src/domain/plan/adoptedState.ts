import { readAccess } from "../access.ts";
import { checkInputs } from "../customerSubscription/inputs.ts";
import { writeOutputs } from "../customerSubscription/state.ts";
import { type CustomerSubscriptionId, formatCustomerSubscriptionId, formatRegistrationId } from "../ids.ts";
import type { DeclarationInputs } from "../tenantList/toDeclarations.ts";
import type { LiveMapping } from "./liveFacts.ts";

/** A resource as a stack's state holds it. */
export interface AdoptedState {
  /** The ARM id, in the service's spelling. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What a run that found the mapping live would leave in the state, so that the next run has nothing to do. */
export function adoptedState(declared: DeclarationInputs, live: LiveMapping): AdoptedState {
  const { registrationSubscriptionId, resourceGroup, registrationName, ...mapping } = declared;
  const registration = { registrationSubscriptionId, resourceGroup, registrationName };
  const id: CustomerSubscriptionId = { registration, customerSubscriptionId: live.customerSubscriptionId };
  const { tenantId, retainUntil } = declared;
  return {
    id: formatCustomerSubscriptionId(id),
    inputs: checkInputs({ ...mapping, registrationId: formatRegistrationId(registration) }).inputs,
    outputs: writeOutputs({ tenantId: live.tenantId ?? tenantId, retainUntil, access: readAccess(declared) }),
  };
}
