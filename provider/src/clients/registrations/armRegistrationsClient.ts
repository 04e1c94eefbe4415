import pMap from "p-map";
import {
  type CustomerSubscriptionId,
  formatCustomerSubscriptionId,
  formatRegistrationId,
  type RegistrationId,
  registrationKey,
} from "../../domain/ids.ts";
import { parseObject } from "../../domain/json.ts";
import { isScopeLocked } from "../arm/armError.ts";
import { readArmError } from "../arm/armErrorBody.ts";
import type { ArmTransport } from "../arm/armTransport.ts";
import { isWatched } from "../arm/longRunning.ts";
import { readOne } from "../arm/readArm.ts";
import { type Answer, describeAnswer } from "../wire/answer.ts";
import { strangeAnswer } from "../wire/answerErrors.ts";
import { isSame, readCustomerSubscription, readRegistration, readWritten } from "./armBodies.ts";
import { createArmLists } from "./armLists.ts";
import { findCustomerSubscription } from "./findCustomerSubscription.ts";
import { type RegistrationTarget, registrationError } from "./registrationError.ts";
import type { CustomerSubscription, Registration, RegistrationsClient } from "./registrationsClient.ts";
import { scopeLocked } from "./scopeLocked.ts";

/** How many customer subscriptions of one list are asked for side by side. */
const CONCURRENCY = 16;

/** What the client needs from outside. */
export interface ArmRegistrationsDeps {
  readonly transport: ArmTransport;
  readonly getDirectory: RegistrationsClient["getDirectory"];
  readonly apiVersion: string;
}

/** Makes the registrations client of Azure Resource Manager. */
export function createArmRegistrationsClient(deps: ArmRegistrationsDeps): RegistrationsClient {
  const { transport, getDirectory, apiVersion } = deps;
  const lists = createArmLists({ transport, apiVersion });

  function registrationTarget(registration: RegistrationId): RegistrationTarget {
    const { registrationSubscriptionId: subscriptionId } = registration;
    return { id: formatRegistrationId(registration), subscriptionId, apiVersion, action: "read", registration };
  }

  function itemTarget(id: CustomerSubscriptionId, action: RegistrationTarget["action"]): RegistrationTarget {
    const { registration, customerSubscriptionId } = id;
    const { registrationSubscriptionId: subscriptionId } = registration;
    return {
      id: formatCustomerSubscriptionId(id),
      subscriptionId,
      apiVersion,
      action,
      registration,
      customerSubscriptionId,
    };
  }

  async function explain(target: RegistrationTarget, answer: Answer): Promise<Error> {
    const { id, registration } = target;
    if (!isScopeLocked(answer) || !registration) return registrationError(target, answer);
    const locks = await lists.locks(registration).catch(() => undefined);
    return scopeLocked({ id, registration, locks, answer: describeAnswer(answer) });
  }

  async function getRegistration(registration: RegistrationId): Promise<Registration> {
    const key = registrationKey(registration);
    return await readOne({
      transport,
      target: registrationTarget(registration),
      read: (body) => readRegistration(body, (found) => registrationKey(found) === key),
      explain,
    });
  }

  async function getCustomerSubscription(id: CustomerSubscriptionId): Promise<CustomerSubscription> {
    const target = itemTarget(id, "read");
    const read = (body: unknown) => readCustomerSubscription(body, isSame(id));
    return await readOne({ transport, target, read, explain });
  }

  async function listCustomerSubscriptions(registration: RegistrationId): Promise<readonly CustomerSubscription[]> {
    const listed = await lists.customerSubscriptions(registration);
    const complete = async (each: CustomerSubscription) => (await withTenant(registration, each)) ?? [];
    return (await pMap(listed, complete, { concurrency: CONCURRENCY })).flat();
  }

  /** A list may give no tenant, and the item does; one that is gone meanwhile is left out. */
  async function withTenant(
    registration: RegistrationId,
    listed: CustomerSubscription,
  ): Promise<CustomerSubscription | undefined> {
    if (listed.tenantId !== undefined) return listed;
    const { customerSubscriptionId } = listed;
    return await findCustomerSubscription({ getCustomerSubscription }, { registration, customerSubscriptionId });
  }

  async function putCustomerSubscription(
    id: CustomerSubscriptionId,
    tenantId: string,
  ): Promise<CustomerSubscription | undefined> {
    const target = itemTarget(id, "write");
    const accepted = await transport.put({ ...target, body: { properties: { tenantId } } });
    const answer = await transport.finish({ ...target, accepted });
    if (!isSuccess(answer)) throw await explain(target, answer);
    if (answer.body.trim() === "") return undefined;
    const body = objectIn(answer);
    // What was only accepted may still come to another end.
    return answer.status === 202 ? undefined : readWritten(body, id);
  }

  async function deleteCustomerSubscription(id: CustomerSubscriptionId): Promise<"deleted" | "unproven"> {
    const target = itemTarget(id, "delete");
    const answer = await transport.finish({ ...target, accepted: await transport.delete(target) });
    if (!isSuccess(answer)) throw await explain(target, answer);
    if (answer.body.trim() !== "") objectIn(answer);
    return answer.status === 200 || isWatched(answer) ? "deleted" : "unproven";
  }

  return {
    getRegistration,
    listRegistrations: lists.registrations,
    listCustomerSubscriptions,
    getCustomerSubscription,
    putCustomerSubscription,
    deleteCustomerSubscription,
    listLocks: lists.locks,
    getDirectory,
  };
}

function objectIn(answer: Answer): Readonly<Record<string, unknown>> {
  const body = parseObject(answer.body);
  if (!body) throw strangeAnswer(answer, "a successful answer that is not JSON");
  const error = readArmError(answer.body);
  if (error) throw strangeAnswer({ ...answer, error }, "a successful answer that holds an error");
  return body;
}

function isSuccess({ status }: Answer): boolean {
  return status === 200 || status === 201 || status === 202 || status === 204;
}
