import assert from "node:assert/strict";
import type { Emulator } from "@azurestack-csp/emulator";
import { stringify } from "yaml";
import { registrationIdOf } from "../../support/customers.ts";
import { customer, hub, otherHub } from "../dangerous/support/smallWorld.ts";

/** A customer's row: its subscription on each of the two Hubs, absent where it is not registered. */
export interface Row {
  readonly name?: string;
  readonly hub?: string;
  readonly other?: string;
  /** Further keys of the row. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Rows by the numbers of their customers, in the order in which the file has them. */
export type Rows = ReadonlyMap<number, Row>;

/** The text of a list over two Hubs. */
export function listOf(rows: Rows): string {
  const tenants = [...rows].map(([number, { name = `Customer ${number}`, more = {}, ...used }]) => {
    const { tenantId } = customer(number);
    const registrations = Object.fromEntries(
      Object.entries(used).map(([key, customerSubscriptionId]) => [key, { customerSubscriptionId }]),
    );
    return { name, tenantId, registrations, ...more };
  });
  const registrations = {
    hub: { registrationId: registrationIdOf(hub) },
    other: { registrationId: registrationIdOf(otherHub) },
  };
  return stringify({ registrations, tenants });
}

/** Asserts that the mappings of both Hubs are the declared ones, neither less nor more. */
export function assertLive(azure: Emulator, declared: Rows): void {
  const live = (name: string) =>
    azure.facts
      .customerSubscriptions({ ...hub, name })
      .map(({ tenantId, customerSubscriptionId }) => `${tenantId} → ${customerSubscriptionId}`)
      .sort();
  const wanted = (key: "hub" | "other") =>
    [...declared]
      .flatMap(([number, { [key]: subscription }]) =>
        subscription === undefined ? [] : [`${customer(number).tenantId} → ${subscription}`],
      )
      .sort();
  assert.deepEqual({ hub: live(hub.name), other: live(otherHub.name) }, { hub: wanted("hub"), other: wanted("other") });
}
