import pMap from "p-map";
import { hasCode } from "../../domain/errors/providerError.ts";
import {
  type CustomerSubscriptionId,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  type RegistrationId,
  registrationKey,
} from "../../domain/ids.ts";
import { type ArmAnswer, describeAnswer, parseObject } from "../arm/armAnswer.ts";
import { armError, isScopeLocked, notArm, type Target } from "../arm/armError.ts";
import type { ArmTransport } from "../arm/armTransport.ts";
import { isSame, readCustomerSubscription, readRegistration, readWritten } from "./armBodies.ts";
import { createArmLists } from "./armLists.ts";
import type { CustomerSubscription, ManagementLock, RegistrationsClient } from "./registrationsClient.ts";
import { scopeLocked } from "./scopeLocked.ts";

/** One write as it went out, for the change log. */
export interface SentWrite {
  readonly method: "PUT" | "DELETE";
  readonly id: CustomerSubscriptionId;
  readonly correlationId: string | undefined;
  /** The client or object id in the token it was sent with. */
  readonly principal: string | undefined;
  readonly status: number;
}

/** What the client needs from outside. */
export interface ArmRegistrationsDeps {
  readonly transport: ArmTransport;
  readonly getDirectory: RegistrationsClient["getDirectory"];
  readonly apiVersion: string;
  /** The host asked, for errors. */
  readonly host: string;
  /** Who the token of a registration subscription speaks for. */
  readonly principalOf: (registrationSubscriptionId: string) => Promise<string | undefined>;
  /** Called before each write; what it throws keeps the write from being sent. */
  readonly beforeWrite?: () => Promise<void>;
  /** Called after each answered write. */
  readonly onWrite?: (write: SentWrite) => void;
}

/** Makes the registrations client of Azure Resource Manager. */
export function createArmRegistrationsClient(deps: ArmRegistrationsDeps): RegistrationsClient {
  const { transport, apiVersion, host } = deps;
  const lists = createArmLists({ transport, apiVersion, host });

  const request = (target: Target) => ({
    subscriptionId: target.registrationSubscriptionId,
    id: target.id,
    apiVersion,
  });

  async function explain(target: Target, answer: ArmAnswer): Promise<Error> {
    if (!isScopeLocked(answer) || !target.registration) return armError(target, answer);
    const locks = await lists.locks(target.registration).catch(() => undefined);
    return scopeLocked({ id: target.id, locks, answer: describeAnswer(answer) });
  }

  async function noteWrite(method: SentWrite["method"], id: CustomerSubscriptionId, answer: ArmAnswer): Promise<void> {
    // The write is out: a look-up for the change log must not take the place of its answer.
    const principal = await deps.principalOf(id.registration.registrationSubscriptionId).catch(() => undefined);
    deps.onWrite?.({ method, id, principal, correlationId: answer.correlationId, status: answer.status });
  }

  async function put(id: CustomerSubscriptionId, tenantId: string): Promise<CustomerSubscription | undefined> {
    const target = itemTarget(id, "write");
    await deps.beforeWrite?.();
    const answer = await transport.put({ ...request(target), body: { properties: { tenantId } } });
    await noteWrite("PUT", id, answer);
    if (!isSuccess(answer)) throw await explain(target, answer);
    if (answer.body.trim() === "") return undefined;
    const body = parseObject(answer.body);
    if (!body) throw notArm(target, answer, "a successful answer that is not JSON");
    return readWritten(body, id);
  }

  async function remove(id: CustomerSubscriptionId): Promise<"deleted" | "absent"> {
    const target = itemTarget(id, "delete");
    await deps.beforeWrite?.();
    const accepted = await transport.delete(request(target));
    await noteWrite("DELETE", id, accepted);
    const { subscriptionId } = request(target);
    const answer = await transport.finish({ subscriptionId, accepted });
    if (!isSuccess(answer)) throw await explain(target, answer);
    if (answer.body.trim() !== "" && !parseObject(answer.body)) {
      throw notArm(target, answer, "a successful answer that is not JSON");
    }
    return answer.status === 204 ? "absent" : "deleted";
  }

  async function getOne<Result>(target: Target, read: (body: unknown) => Result | undefined): Promise<Result> {
    const answer = await transport.get(request(target));
    if (answer.status !== 200) throw await explain(target, answer);
    const result = read(parseObject(answer.body));
    if (result === undefined) throw notArm(target, answer, "a successful answer without what was asked for");
    return result;
  }

  const common = { apiVersion, host };

  const itemTarget = (id: CustomerSubscriptionId, action: Target["action"]): Target => ({
    ...common,
    action,
    id: formatCustomerSubscriptionId(id),
    registration: id.registration,
    registrationSubscriptionId: id.registration.registrationSubscriptionId,
    customerSubscriptionId: id.customerSubscriptionId,
  });

  const registrationTarget = (registration: RegistrationId): Target => ({
    ...common,
    action: "read",
    id: formatRegistrationId(registration),
    registration,
    registrationSubscriptionId: registration.registrationSubscriptionId,
  });

  const getCustomerSubscription = (id: CustomerSubscriptionId) =>
    getOne(itemTarget(id, "read"), (body) => readCustomerSubscription(body, isSame(id)));

  return {
    getRegistration: (registration) =>
      getOne(registrationTarget(registration), (body) =>
        readRegistration(body, (id) => registrationKey(id) === registrationKey(registration)),
      ),
    listRegistrations: lists.registrations,
    listCustomerSubscriptions: async (registration) =>
      await completeTenants(await lists.customerSubscriptions(registration), (listed) =>
        getCustomerSubscription({ registration, customerSubscriptionId: listed.customerSubscriptionId }),
      ),
    getCustomerSubscription,
    putCustomerSubscription: put,
    deleteCustomerSubscription: remove,
    listLocks: (registration): Promise<readonly ManagementLock[]> => lists.locks(registration),
    getDirectory: deps.getDirectory,
  };
}

/** How many customer subscriptions of one list are asked for side by side. */
const CONCURRENCY = 16;

/** Asks for each one by itself that its list gives no tenant; one that is gone meanwhile is left out. */
async function completeTenants(
  listed: readonly CustomerSubscription[],
  ask: (listed: CustomerSubscription) => Promise<CustomerSubscription>,
): Promise<readonly CustomerSubscription[]> {
  const complete = async (each: CustomerSubscription) => {
    if (each.tenantId !== undefined) return [each];
    try {
      return [await ask(each)];
    } catch (error) {
      if (hasCode(error, "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND", "CSP_RESOURCE_NOT_FOUND")) return [];
      throw error;
    }
  };
  return (await pMap(listed, complete, { concurrency: CONCURRENCY })).flat();
}

function isSuccess({ status }: ArmAnswer): boolean {
  return status === 200 || status === 201 || status === 202 || status === 204;
}
