import { chooseRows, type RegistrationId, registrationKey, type TenantList } from "@azurestack-csp/provider";
import { partName } from "../../stacks/partName.ts";
import type { Receiver } from "./handOver.ts";

/** The stack that holds a registration of a list whose registrations have stacks of their own. */
export interface RegistrationStack extends Pick<Receiver, "takes"> {
  /** `<stack>.<registration key>`. */
  readonly stack: string;
  /** The part of the list that is about the registration; empty where the list defines it no more. */
  readonly list: TenantList;
  /** Stacks of one subscription are taken one after the other; empty where nothing tells it. */
  readonly registrationSubscriptionId: string;
}

/** One stack for each registration of the list. */
export function splitList(list: TenantList, stack: string): readonly RegistrationStack[] {
  return list.registrations.map(({ key, registration }) => ({
    stack: partName(stack, key),
    list: chooseRows(list, [key]),
    registrationSubscriptionId: registration.registrationSubscriptionId.toLowerCase(),
    takes: (id) => isSame(id.registration, registration),
  }));
}

/** The stack of a registration that the list defines no more; what is left in it is to be removed. */
export function emptyPart(stack: string): RegistrationStack {
  const list: TenantList = { registrations: [], tenants: [] };
  return { stack, list, registrationSubscriptionId: "", takes: () => false };
}

function isSame(left: RegistrationId, right: RegistrationId): boolean {
  return registrationKey(left) === registrationKey(right);
}
