import { hasCode, ProviderError } from "../../domain/errors/providerError.ts";
import { formatRegistrationId, type RegistrationId, registrationKey, sameId } from "../../domain/ids.ts";
import type { ArmAnswer } from "../arm/armAnswer.ts";
import { armError, notArm, type Target } from "../arm/armError.ts";
import type { ArmTransport } from "../arm/armTransport.ts";
import { readAllPages } from "../arm/paging.ts";
import { readCustomerSubscription, readLock, readRegistration } from "./armBodies.ts";
import type { CustomerSubscription, ManagementLock, Registration } from "./registrationsClient.ts";

const LOCKS_API_VERSION = "2016-09-01";

/** The lists under a subscription and under a registration, each to its last page. */
export interface ArmLists {
  registrations(registrationSubscriptionId: string): Promise<readonly Registration[]>;
  customerSubscriptions(registration: RegistrationId): Promise<readonly CustomerSubscription[]>;
  locks(registration: RegistrationId): Promise<readonly ManagementLock[]>;
}

/** Makes the lists. */
export function createArmLists(deps: {
  readonly transport: ArmTransport;
  readonly apiVersion: string;
  readonly host: string;
}): ArmLists {
  const { transport, apiVersion, host } = deps;

  async function list<Item extends Listed>(
    target: Target,
    read: (item: unknown) => Item | undefined,
  ): Promise<readonly Item[]> {
    const subscriptionId = target.registrationSubscriptionId;
    const fetchPage = async (url: string): Promise<ArmAnswer> => {
      const answer = await transport.getPage({ subscriptionId, url });
      if (answer.status === 200 || answer.status === 204) return answer;
      throw armError(target, answer);
    };
    const first = transport.url({ ...target, subscriptionId });
    const notAList = (answer: ArmAnswer) => notArm(target, answer, "a successful answer without a list");
    const items = await readAllPages({ first, apiVersion: target.apiVersion, fetchPage, notAList });
    // An entry passed over would be a customer that nobody is warned about, or a registration that counts as gone.
    return onceEach(items.map((item) => read(item) ?? unreadable(target)));
  }

  const listTarget = (subscriptionId: string, path: string, registration?: RegistrationId): Target => ({
    id: path,
    registrationSubscriptionId: subscriptionId,
    action: "list",
    apiVersion,
    host,
    ...(registration ? { registration } : {}),
  });

  function locksAt(scope: string, registration: RegistrationId): Promise<readonly ManagementLock[]> {
    const path = `${scope}/providers/Microsoft.Authorization/locks`;
    const target = listTarget(registration.registrationSubscriptionId, path, registration);
    return list({ ...target, action: "read", apiVersion: LOCKS_API_VERSION }, readLock);
  }

  async function locks(registration: RegistrationId): Promise<readonly ManagementLock[]> {
    const scope = formatRegistrationId(registration);
    const group = scope.slice(0, scope.toLowerCase().indexOf("/providers/"));
    const subscription = `/subscriptions/${registration.registrationSubscriptionId}`;
    const own = await locksAt(scope, registration);
    const outer = await Promise.all(
      [group, subscription].map((each) => locksAt(each, registration).catch(nothingIfForbidden)),
    );
    return onceEach([...own, ...outer.flat()].filter((lock) => holds(lock.scope, scope)));
  }

  return {
    registrations: (subscriptionId) =>
      list(
        listTarget(subscriptionId, `/subscriptions/${subscriptionId}/providers/Microsoft.AzureStack/registrations`),
        (item) => readRegistration(item, (id) => sameId(id.registrationSubscriptionId, subscriptionId)),
      ),
    customerSubscriptions: (registration) => {
      const path = `${formatRegistrationId(registration)}/customerSubscriptions`;
      const key = registrationKey(registration);
      return list(listTarget(registration.registrationSubscriptionId, path, registration), (item) =>
        readCustomerSubscription(item, (id) => registrationKey(id.registration) === key),
      );
    },
    locks,
  };
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

function unreadable({ host, id }: Target): never {
  const reason = `an entry that cannot be read or belongs elsewhere, in the list ${id}`;
  throw new ProviderError("CSP_NOT_ARM", { host, reason });
}

/** The least role is assigned on the registration and says nothing about what holds it. */
function nothingIfForbidden(error: unknown): readonly ManagementLock[] {
  if (hasCode(error, "CSP_NOT_AUTHORIZED")) return [];
  throw error;
}

function holds(outer: string, inner: string): boolean {
  return `${inner}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase());
}
