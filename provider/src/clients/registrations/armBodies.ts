import {
  type CustomerSubscriptionId,
  customerSubscriptionKey,
  formatCustomerSubscriptionId,
  parseCustomerSubscriptionId,
  parseRegistrationId,
  type RegistrationId,
} from "../../domain/ids.ts";
import { isObject } from "../../domain/json.ts";
import { text } from "../wire/foreignText.ts";
import type { CustomerSubscription, ManagementLock, Registration } from "./registrationsClient.ts";

const LOCK_SUFFIX = /\/providers\/Microsoft\.Authorization\/locks\/[^/]+$/i;

/** The registration in a body, or `undefined` where the body is not one, or another one than is expected. */
export function readRegistration(body: unknown, isExpected: (id: RegistrationId) => boolean): Registration | undefined {
  if (!isObject(body)) return undefined;
  const id = text(body.id);
  const parsed = id === undefined ? undefined : parseRegistrationId(id);
  if (id === undefined || !parsed || !isExpected(parsed)) return undefined;
  const properties = isObject(body.properties) ? body.properties : {};
  return {
    ...parsed,
    id,
    name: parsed.registrationName,
    billingModel: text(properties.billingModel),
    cloudId: text(properties.cloudId),
    objectId: text(properties.objectId),
    tags: readTags(body.tags),
  };
}

/** The customer subscription in a body, or `undefined` where the body is not one, or another one than is expected. */
export function readCustomerSubscription(
  body: unknown,
  isExpected: (id: CustomerSubscriptionId) => boolean,
): CustomerSubscription | undefined {
  if (!isObject(body)) return undefined;
  const id = text(body.id);
  const parsed = id === undefined ? undefined : parseCustomerSubscriptionId(id);
  if (id === undefined || !parsed || !isExpected(parsed)) return undefined;
  const { registration, customerSubscriptionId } = parsed;
  const name = text(body.name) ?? `${registration.registrationName}/${customerSubscriptionId}`;
  return { registration, customerSubscriptionId, id, name, tenantId: tenantIn(body) };
}

/**
 * The customer subscription in a write's answer, or `undefined` where it says nothing usable.
 *
 * The example in Microsoft's OpenAPI file has empty texts for id and name, so the request stands in for them.
 */
export function readWritten(body: unknown, requested: CustomerSubscriptionId): CustomerSubscription | undefined {
  if (!isObject(body)) return undefined;
  const tenantId = tenantIn(body);
  if (tenantId === undefined) return undefined;
  const id = text(body.id);
  if (id !== undefined) return readCustomerSubscription(body, isSame(requested));
  const { registration, customerSubscriptionId } = requested;
  const name = `${registration.registrationName}/${customerSubscriptionId}`;
  return { registration, customerSubscriptionId, id: formatCustomerSubscriptionId(requested), name, tenantId };
}

/** Whether another customer subscription is this one, in any letter case. */
export function isSame(id: CustomerSubscriptionId): (other: CustomerSubscriptionId) => boolean {
  return (other) => customerSubscriptionKey(other) === customerSubscriptionKey(id);
}

/** The lock in a body, or `undefined` where the body is not one. */
export function readLock(body: unknown): ManagementLock | undefined {
  if (!isObject(body)) return undefined;
  const id = text(body.id);
  const properties = isObject(body.properties) ? body.properties : {};
  const level = text(properties.level);
  if (id === undefined || level === undefined || !LOCK_SUFFIX.test(id)) return undefined;
  const name = text(body.name) ?? id.slice(id.lastIndexOf("/") + 1);
  return { id, name, level, scope: id.replace(LOCK_SUFFIX, ""), notes: text(properties.notes) };
}

function tenantIn(body: Readonly<Record<string, unknown>>): string | undefined {
  return isObject(body.properties) ? text(body.properties.tenantId) : undefined;
}

function readTags(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
