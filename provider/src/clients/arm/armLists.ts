import { hasCode, ProviderError } from "../../domain/errors/providerError.ts";
import { formatRegistrationId, type RegistrationId } from "../../domain/ids.ts";
import type { CustomerSubscription, ManagementLock, Registration } from "../registrationsClient.ts";
import type { ArmAnswer } from "./armAnswer.ts";
import { readCustomerSubscription, readLock, readRegistration } from "./armBodies.ts";
import { armError, notArm, type Target } from "./armError.ts";
import type { ArmTransport } from "./armTransport.ts";
import { readAllPages } from "./paging.ts";

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

  async function list<Item>(target: Target, read: (item: unknown) => Item | undefined): Promise<readonly Item[]> {
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
    return items.map((item) => read(item) ?? unreadable(target));
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
    const holding = [...own, ...outer.flat()].filter((lock) => holds(lock.scope, scope));
    return [...new Map(holding.map((lock) => [lock.id.toLowerCase(), lock])).values()];
  }

  return {
    registrations: (subscriptionId) =>
      list(
        listTarget(subscriptionId, `/subscriptions/${subscriptionId}/providers/Microsoft.AzureStack/registrations`),
        readRegistration,
      ),
    customerSubscriptions: (registration) => {
      const path = `${formatRegistrationId(registration)}/customerSubscriptions`;
      return list(listTarget(registration.registrationSubscriptionId, path, registration), readCustomerSubscription);
    },
    locks,
  };
}

function unreadable({ host, id }: Target): never {
  throw new ProviderError("CSP_NOT_ARM", { host, reason: `an entry that cannot be read, in the list ${id}` });
}

/** The least role is assigned on the registration and says nothing about what holds it. */
function nothingIfForbidden(error: unknown): readonly ManagementLock[] {
  if (hasCode(error, "CSP_NOT_AUTHORIZED")) return [];
  throw error;
}

function holds(outer: string, inner: string): boolean {
  return `${inner}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase());
}
