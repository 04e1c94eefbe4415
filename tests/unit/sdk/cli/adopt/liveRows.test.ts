import assert from "node:assert/strict";
import { readLiveRows } from "../../../../../sdk/nodejs/src/cli/adopt/liveRows.ts";
import { createMemoryRegistrationsClient } from "../../../../support/memory/memoryRegistrationsClient.ts";
import { idsOf } from "../plan/plans.ts";

const registration = {
  registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
  resourceGroup: "azurestack",
  registrationName: "paris",
};
const one = idsOf(1);
const two = idsOf(2);

describe("readLiveRows", () => {
  it("tells of a tenant's second customer subscription on a registration, which no row can hold", async () => {
    const second = { tenantId: one.tenantId, customerSubscriptionId: two.customerSubscriptionId };
    const registrations = createMemoryRegistrationsClient({
      registrations: [{ ...registration, mappings: [one, second] }],
    });
    const clients = { registrations, subscriptionName: async () => "Contoso" };
    const progress = { update: () => undefined, stop: () => undefined };

    const { rows, further } = await readLiveRows(() => clients, {
      registrations: [{ key: "paris", registration }],
      progress,
    });

    assert.deepEqual(
      rows.map(({ tenantId, subscriptions }) => [tenantId, [...subscriptions.values()]]),
      [[one.tenantId, [one.customerSubscriptionId]]],
    );
    assert.deepEqual(further, [{ key: "paris", ...second }]);
  });

  it("leaves out a tenant that is no GUID, which no list could be read with", async () => {
    const odd = { tenantId: "contoso", customerSubscriptionId: two.customerSubscriptionId };
    const registrations = createMemoryRegistrationsClient({
      registrations: [{ ...registration, mappings: [one, odd] }],
    });
    const clients = { registrations, subscriptionName: async () => "Contoso" };
    const progress = { update: () => undefined, stop: () => undefined };

    const { rows, withoutTenant } = await readLiveRows(() => clients, {
      registrations: [{ key: "paris", registration }],
      progress,
    });

    assert.deepEqual(
      rows.map(({ tenantId }) => tenantId),
      [one.tenantId],
    );
    assert.deepEqual(withoutTenant, [odd.customerSubscriptionId]);
  });
});
