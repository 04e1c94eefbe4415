import assert from "node:assert/strict";
import type { CustomerSubscription } from "../../../../../../provider/src/clients/registrations/registrationsClient.ts";
import { createLiveRegistrations } from "../../../../../../provider/src/lifecycle/customerSubscription/run/liveMappings.ts";
import {
  armIdOf,
  count,
  createWorld,
  idOf,
  lyon,
  mapping,
  notAuthorized,
  paris,
  rejection,
  serviceFailed,
  subscription,
  tenant,
} from "../harness.ts";

function live(t: number, s: number): CustomerSubscription {
  return { registration: paris, id: armIdOf(s), name: subscription(s), ...mapping(t, s) };
}

async function mappingsOf(...mappings: readonly (readonly [number, number])[]) {
  const client = createWorld(mappings.map(([t, s]) => mapping(t, s)));
  return await createLiveRegistrations(client).mappings(paris);
}

describe("createLiveRegistrations", () => {
  it("reads one list for all who ask, in any letter case of the registration", async () => {
    const client = createWorld([mapping(1, 1)]);
    const registrations = createLiveRegistrations(client);
    const spelled = { ...paris, resourceGroup: paris.resourceGroup.toUpperCase() };

    const all = await Promise.all([paris, spelled, paris].map((each) => registrations.mappings(each)));

    assert.equal(new Set(all).size, 1);
    assert.equal(count(client, "listCustomerSubscriptions"), 1);
    await registrations.mappings(lyon);
    assert.equal(count(client, "listCustomerSubscriptions"), 2);
  });

  it("shares one failure among all who wait for it, and reads anew after it", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "listCustomerSubscriptions", when: "before", error: serviceFailed() });
    const registrations = createLiveRegistrations(client);

    await Promise.all([1, 2, 3].map(() => rejection(registrations.mappings(paris))));

    assert.equal(count(client, "listCustomerSubscriptions"), 1);
    assert.ok((await registrations.mappings(paris)).bySubscription(idOf(1)));
  });

  it("remembers a refusal", async () => {
    const client = createWorld();
    client.fail({ operation: "listCustomerSubscriptions", when: "before", error: notAuthorized() });
    const registrations = createLiveRegistrations(client);

    await rejection(registrations.mappings(paris));
    await rejection(registrations.mappings(paris));

    assert.equal(count(client, "listCustomerSubscriptions"), 1);
  });

  it("finds a registration in its subscription's list, in any letter case", async () => {
    const client = createWorld();
    const registrations = createLiveRegistrations(client);

    assert.equal(await registrations.exists({ ...paris, registrationName: "AZURESTACK-PARIS" }), true);
    assert.equal(await registrations.exists({ ...paris, registrationName: "azurestack-Nice" }), false);
    assert.equal(count(client, "listRegistrations"), 1);
  });
});

describe("the live mappings of a registration", () => {
  it("are found by subscription and by tenant, in any letter case", async () => {
    const mappings = await mappingsOf([1, 1]);

    assert.equal(mappings.byTenant(tenant(1).toUpperCase()).length, 1);
    const spelled = { ...idOf(1), customerSubscriptionId: subscription(1).toUpperCase() };
    assert.equal(mappings.bySubscription(spelled)?.tenantId, tenant(1));
  });

  it("follow a write, which takes the tenant away from any other subscription", async () => {
    const mappings = await mappingsOf([1, 1], [2, 2]);

    mappings.wrote(idOf(2), live(1, 2));

    assert.equal(mappings.bySubscription(idOf(1)), undefined);
    assert.deepEqual(mappings.byTenant(tenant(1)), [live(1, 2)]);
    assert.deepEqual(mappings.byTenant(tenant(2)), []);
  });

  it("follow what an item GET showed, without taking anything from others", async () => {
    const mappings = await mappingsOf([1, 1]);

    mappings.saw(idOf(2), live(1, 2));
    assert.equal(mappings.byTenant(tenant(1)).length, 2);

    mappings.saw(idOf(1), undefined);
    assert.deepEqual(mappings.byTenant(tenant(1)), [live(1, 2)]);
  });
});
