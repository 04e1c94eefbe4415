import type { Access } from "../../access.ts";
import type { HubAccess } from "../../hub.ts";
import { formatRegistrationId, type RegistrationId } from "../../ids.ts";
import type { DeclaredLock } from "../../locks.ts";
import type { Tenant } from "../tenantList.ts";

/** A tenant without its places; every `Tenant` is one. */
export interface WritableTenant extends Omit<Tenant, "place" | "mappings"> {
  readonly mappings: readonly { readonly registrationKey: string; readonly customerSubscriptionId: string }[];
}

/** A list without its places; every `TenantList` is one. */
export interface WritableTenantList {
  readonly registrations: readonly {
    readonly key: string;
    readonly registration: RegistrationId;
    readonly access?: Access;
    readonly lock?: DeclaredLock;
    readonly hub?: HubAccess;
  }[];
  readonly tenants: readonly WritableTenant[];
}

/** A value as a file holds it; maps keep the order of their keys, whatever these are. */
export type Plain = string | null | readonly Plain[] | ReadonlyMap<string, Plain>;

/** A tenant's row, in the shortest form; what has its default value is left out. */
export type Row = ReadonlyMap<string, Plain>;

/** A row to be written anew: what it was, what it is to be. */
export interface RowChange {
  readonly from: Row;
  readonly to: Row;
}

/** The edits by row, counted from 0 in the file. */
export interface RowEdits {
  readonly changed: ReadonlyMap<number, RowChange>;
  readonly removed: ReadonlySet<number>;
  readonly added: readonly Row[];
}

/** The definitions of the registrations. */
export function registrationsOf({ registrations }: WritableTenantList): ReadonlyMap<string, Plain> {
  return new Map(
    registrations.map(({ key, registration, access = {}, lock, hub }) => {
      const { cloud, credentialPrefix } = access;
      const registrationId = formatRegistrationId(registration);
      const parts = { lock: lock && given({ ...lock }), hub: hub && given({ ...hub }) };
      return [key, given({ registrationId, cloud, credentialPrefix, ...parts })] as const;
    }),
  );
}

/** A tenant as a row; the customer subscription that most of its registrations share stands in the row itself. */
export function toRow(tenant: WritableTenant): Row {
  const { name, tenantId, mappings, state, retainUntil, overwrite, labels } = tenant;
  const usual = mostFrequent(mappings.map(({ customerSubscriptionId }) => customerSubscriptionId));
  return given({
    name,
    tenantId,
    customerSubscriptionId: usual,
    registrations: mappings.length === 0 ? undefined : toRegistrations(tenant, usual),
    state: state === "active" ? undefined : state,
    retainUntil,
    overwrite: overwrite.length === 0 ? undefined : overwrite,
    labels: Object.keys(labels).length === 0 ? undefined : new Map(Object.entries(labels)),
  });
}

function toRegistrations({ mappings }: WritableTenant, usual: string | undefined): Plain {
  if (mappings.every(({ customerSubscriptionId }) => customerSubscriptionId === usual)) {
    return mappings.map(({ registrationKey }) => registrationKey);
  }
  return new Map(
    mappings.map(({ registrationKey, customerSubscriptionId }) => [
      registrationKey,
      customerSubscriptionId === usual ? null : new Map([["customerSubscriptionId", customerSubscriptionId]]),
    ]),
  );
}

function given(fields: Readonly<Record<string, Plain | undefined>>): Row {
  return new Map(Object.entries(fields).filter((field): field is [string, Plain] => field[1] !== undefined));
}

function mostFrequent(ids: readonly string[]): string | undefined {
  const [most] = [...Map.groupBy(ids, (id) => id)].sort(([, left], [, right]) => right.length - left.length);
  return most?.[0];
}

/** A file's text without its byte-order mark, and the mark. */
export function splitMark(text: string): { readonly mark: string; readonly content: string } {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  return { mark, content: text.slice(mark.length) };
}
