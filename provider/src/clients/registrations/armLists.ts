import { hasCode } from "../../domain/errors/providerError.ts";
import { formatRegistrationId, type RegistrationId, registrationKey, sameId } from "../../domain/ids.ts";
import type { ArmTransport } from "../arm/armTransport.ts";
import { readAll } from "../arm/readArm.ts";
import { readCustomerSubscription, readLock, readRegistration } from "./armBodies.ts";
import { type RegistrationTarget, registrationError } from "./registrationError.ts";
import type { CustomerSubscription, ManagementLock, Registration } from "./registrationsClient.ts";

const LOCKS_API_VERSION = "2016-09-01";

/** The lists under a subscription and under a registration, each to its last page. */
export interface ArmLists {
  registrations(registrationSubscriptionId: string): Promise<readonly Registration[]>;
  customerSubscriptions(registration: RegistrationId): Promise<readonly CustomerSubscription[]>;
  locks(registration: RegistrationId): Promise<readonly ManagementLock[]>;
}

/** Makes the lists. */
export function createArmLists(deps: { readonly transport: ArmTransport; readonly apiVersion: string }): ArmLists {
  const { transport, apiVersion } = deps;

  async function list<Item extends Listed>(
    target: RegistrationTarget,
    read: (item: unknown) => Item | undefined,
  ): Promise<readonly Item[]> {
    return onceEach(await readAll({ transport, target, read, explain: registrationError }));
  }

  async function registrations(subscriptionId: string): Promise<readonly Registration[]> {
    const id = `/subscriptions/${subscriptionId}/providers/Microsoft.AzureStack/registrations`;
    return await list({ id, subscriptionId, action: "list", apiVersion }, (item) =>
      readRegistration(item, (found) => sameId(found.registrationSubscriptionId, subscriptionId)),
    );
  }

  async function customerSubscriptions(registration: RegistrationId): Promise<readonly CustomerSubscription[]> {
    const id = `${formatRegistrationId(registration)}/customerSubscriptions`;
    const key = registrationKey(registration);
    return await list({ id, ...under(registration), action: "list", apiVersion }, (item) =>
      readCustomerSubscription(item, (found) => registrationKey(found.registration) === key),
    );
  }

  async function locksAt(scope: string, registration: RegistrationId): Promise<readonly ManagementLock[]> {
    const id = `${scope}/providers/Microsoft.Authorization/locks`;
    return await list({ id, ...under(registration), action: "read", apiVersion: LOCKS_API_VERSION }, readLock);
  }

  async function locks(registration: RegistrationId): Promise<readonly ManagementLock[]> {
    const scope = formatRegistrationId(registration);
    const subscription = `/subscriptions/${registration.registrationSubscriptionId}`;
    const group = `${subscription}/resourceGroups/${registration.resourceGroup}`;
    const own = await locksAt(scope, registration);
    const outer = await Promise.all(
      [group, subscription].map((each) => locksAt(each, registration).catch(nothingIfForbidden)),
    );
    return onceEach([...own, ...outer.flat()].filter((lock) => holds(lock.scope, scope)));
  }

  return { registrations, customerSubscriptions, locks };
}

function under(registration: RegistrationId): Pick<RegistrationTarget, "subscriptionId" | "registration"> {
  return { subscriptionId: registration.registrationSubscriptionId, registration };
}

interface Listed {
  readonly id: string;
  readonly tenantId?: string | undefined;
}

/** Overlapping pages give an entry twice; where its tenants then differ, the list does not say which one counts. */
function onceEach<Item extends Listed>(items: readonly Item[]): readonly Item[] {
  const found = new Map<string, Item>();
  for (const item of items) {
    const key = item.id.toLowerCase();
    const earlier = found.get(key);
    const agrees = !earlier || earlier.tenantId?.toLowerCase() === item.tenantId?.toLowerCase();
    found.set(key, agrees ? (earlier ?? item) : { ...earlier, tenantId: undefined });
  }
  return [...found.values()];
}

/** The least role is assigned on the registration and says nothing about what holds it. */
function nothingIfForbidden(error: unknown): readonly ManagementLock[] {
  if (hasCode(error, "CSP_NOT_AUTHORIZED")) return [];
  throw error;
}

function holds(outer: string, inner: string): boolean {
  return `${inner}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase());
}
