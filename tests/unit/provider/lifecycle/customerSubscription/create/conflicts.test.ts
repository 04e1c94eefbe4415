import assert from "node:assert/strict";
import {
  create,
  createWorld,
  declaration,
  idOf,
  mapping,
  paris,
  refusal,
  rejection,
  startRun,
  startRunOn,
  subscription,
  tenant,
  upperCaseMapping,
} from "../harness.ts";

describe("createCustomerSubscription: conflicts of a create", () => {
  it("refuses a tenant that is mapped to another subscription, with both ids", async () => {
    const client = createWorld([mapping(1, 1)]);

    const error = await refusal(create(startRun(client), declaration(1, 2)), "CSP_TENANT_MAPPED_ELSEWHERE");

    assert.match(error.message, new RegExp(subscription(1)));
    assert.match(error.message, new RegExp(subscription(2)));
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("refuses a subscription that is mapped to another tenant, with both ids", async () => {
    const client = createWorld([mapping(1, 1)]);

    const error = await refusal(create(startRun(client), declaration(2, 1)), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE");

    assert.match(error.message, new RegExp(tenant(1)));
    assert.match(error.message, new RegExp(tenant(2)));
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("reports both conflicts at once", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);

    const error = await rejection(create(startRun(client), declaration(1, 2)));

    assert.match(error.message, /CSP_TENANT_MAPPED_ELSEWHERE/);
    assert.match(error.message, /CSP_SUBSCRIPTION_MAPPED_ELSEWHERE/);
  });

  it("finds a conflict in whatever letter case the service spells it", async () => {
    const client = createWorld([upperCaseMapping(1, 1)]);

    await refusal(create(startRun(client), declaration(1, 2)), "CSP_TENANT_MAPPED_ELSEWHERE");
    await refusal(create(startRun(client), declaration(2, 1)), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE");
  });

  it("writes where `overwrite` names what stands in the way, in any letter case", async () => {
    const client = createWorld([mapping(1, 1)]);
    const named = { ...declaration(1, 2), overwrite: [subscription(1).toUpperCase()] };

    await create(startRun(client), named);

    assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
  });

  it("refuses where `overwrite` names another mapping than the live one", async () => {
    const client = createWorld([mapping(1, 3)]);

    await refusal(create(startRun(client), declaration(1, 2, { overwrite: [1, 2] })), "CSP_TENANT_MAPPED_ELSEWHERE");

    assert.deepEqual(client.mappings(paris), [mapping(1, 3)]);
  });

  it("is not stopped by a conflict that only a lagging list shows", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.freezeLists();
    await client.deleteCustomerSubscription(idOf(1));

    await create(startRun(client), declaration(1, 2));

    assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
  });

  it("records whose mapping the write displaced", async () => {
    const { run } = startRunOn([mapping(1, 1)]);

    await create(run, declaration(1, 2, { overwrite: [1] }));

    assert.equal(run.changes[0]?.oldCustomerSubscriptionId, subscription(1));
    assert.equal(run.changes[0]?.newTenantId, tenant(1));
  });

  it("records nobody displaced whom only a lagging list shows", async () => {
    const { client, run } = startRunOn([mapping(1, 1)]);
    client.freezeLists();
    await client.deleteCustomerSubscription(idOf(1));

    await create(run, declaration(1, 2));

    assert.equal(run.changes.length, 1);
    assert.equal(run.changes[0]?.oldCustomerSubscriptionId, undefined);
  });
});
