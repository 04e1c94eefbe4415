import {
  customerSubscriptionKey,
  type ManagedMapping,
  type RegistrationPlan,
  registrationKey,
} from "@azurestack-csp/provider";
import { registrationNameOf } from "../plan/planWording.ts";
import type { Held } from "../stacks/heldMappings.ts";
import type { Finding } from "./finding.ts";

/** What is known of the other stacks of a backend. */
export interface SharedRequest {
  readonly registrations: readonly RegistrationPlan[];
  /** The stack that is audited. */
  readonly stack: string;
  readonly managed: readonly ManagedMapping[];
  readonly shared: readonly Held[];
  /** The stacks that could not be read, such as `stack other`. */
  readonly unread: readonly string[];
}

/**
 * What two stacks manage: a row that is taken out of one list un-registers the customer of the other.
 *
 * A stack that could not be read is a finding too: what it manages is not known.
 */
export function sharedFindings(request: SharedRequest): readonly Finding[] {
  const { registrations, stack, managed, shared, unread } = request;
  const names = new Map(registrations.map((each) => [registrationKey(each.registration), registrationNameOf(each)]));
  const tenants = new Map(managed.map(({ id, tenantId }) => [customerSubscriptionKey(id), tenantId]));
  const twice = shared.flatMap(({ holder, ids }) =>
    ids.map(
      (id): Finding => ({
        kind: "shared",
        severity: "finding",
        registration: names.get(registrationKey(id.registration)) ?? id.registration.registrationName,
        tenantId: tenants.get(customerSubscriptionKey(id)),
        customerSubscriptionId: id.customerSubscriptionId,
        message: `managed by stack ${stack} and by stack ${holder}`,
      }),
    ),
  );
  const registration = [...names.values()].join(", ");
  const unknown = unread.map((what): Finding => {
    const message = `whether ${what} manages the same mappings as stack ${stack} is not known`;
    return { kind: "shared", severity: "finding", registration, message };
  });
  return [...twice, ...unknown];
}
