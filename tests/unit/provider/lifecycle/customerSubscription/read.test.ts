import assert from "node:assert/strict";
import { ProviderError } from "../../../../../provider/src/domain/errors/providerError.ts";
import {
  accepted,
  armIdOf,
  count,
  createWorld,
  declaration,
  idOf,
  mapping,
  notAuthorized,
  paris,
  refusal,
  rejection,
  serviceFailed,
  startRun,
  startRunOn,
  stored,
  strictCase,
  subscription,
  tenant,
  upperCaseMapping,
} from "./harness.ts";

describe("createCustomerSubscription: read", () => {
  it("confirms any number of mappings from one list", async () => {
    const numbers = Array.from({ length: 50 }, (_, n) => n + 1);
    const client = createWorld(numbers.map((n) => mapping(n, n)));
    const { lifecycle } = startRun(client);

    const found = await Promise.all(numbers.map((n) => lifecycle.read(stored(n))));

    assert.ok(found.every((each) => each !== undefined && each.inputs === undefined));
    assert.equal(client.calls.length, 1);
  });

  it("leaves the outputs that the create left", async () => {
    const client = createWorld();
    const inputs = declaration(1, 1, { retainUntil: "2027-01-31" });
    const created = await startRun(client).lifecycle.create(inputs);

    const found = await startRun(client).lifecycle.read(created);

    assert.deepEqual(found, { ...created, inputs: undefined });
  });

  it("confirms a miss of the list by an item GET before anything counts as gone", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun({ ...client, listCustomerSubscriptions: async () => [] });

    assert.equal((await run.lifecycle.read(stored(1)))?.id, armIdOf(1));
    assert.equal(await run.lifecycle.read(stored(2)), undefined);
  });

  it("confirms another tenant in the list by an item GET", async () => {
    const client = createWorld([mapping(9, 1)]);
    client.freezeLists();
    await client.putCustomerSubscription(idOf(1), tenant(1));

    const found = await startRun(client).lifecycle.read(stored(1));

    assert.equal(found?.outputs.tenantId, tenant(1));
    assert.equal(found?.inputs, undefined);
  });

  it("corrects the inputs where another tenant is live, and keeps the expected one", async () => {
    const client = createWorld([mapping(9, 1)]);

    const found = await startRun(client).lifecycle.read(stored(1));

    assert.equal(found?.outputs.tenantId, tenant(9));
    assert.equal(found?.outputs.expectedTenantId, tenant(1));
    assert.deepEqual(found?.inputs, declaration(9, 1));
  });

  it("returns inputs that check accepts as they are", async () => {
    const { run } = startRunOn([mapping(9, 1)]);
    const outputs = { ...stored(1).outputs, retainUntil: "2027-01-31" };

    const found = await run.lifecycle.read({ id: armIdOf(1), outputs });

    assert.deepEqual(accepted(run.lifecycle, found?.inputs ?? {}), found?.inputs);
  });

  it("forgets a drift that is over", async () => {
    const client = createWorld([mapping(1, 1)]);
    const outputs = { tenantId: tenant(9), expectedTenantId: tenant(1) };

    const found = await startRun(client).lifecycle.read({ id: armIdOf(1), outputs });

    assert.equal(found?.outputs.tenantId, tenant(1));
    assert.equal("expectedTenantId" in (found?.outputs ?? {}), false);
    assert.equal(found?.inputs, undefined);
  });

  it("forgets with a drift whose mapping counted as its own meanwhile", async () => {
    const drifted = { tenantId: tenant(8), expectedTenantId: tenant(1), keptTenantId: tenant(8) };
    const client = createWorld([mapping(1, 1)]);

    const found = await startRun(client).lifecycle.read({ id: armIdOf(1), outputs: drifted });

    assert.deepEqual(found?.outputs, { tenantId: tenant(1) });
  });

  it("keeps, while a drift lasts, which foreign mapping counts as its own", async () => {
    const drifted = { tenantId: tenant(1), expectedTenantId: tenant(1), keptTenantId: tenant(8), unconfirmed: true };
    const client = createWorld([mapping(8, 1)]);

    const found = await startRun(client).lifecycle.read({ id: armIdOf(1), outputs: drifted });

    assert.deepEqual(found?.outputs, { tenantId: tenant(8), expectedTenantId: tenant(1), keptTenantId: tenant(8) });
  });

  it("settles a state that nobody could confirm", async () => {
    const outputs = { tenantId: tenant(1), expectedTenantId: tenant(1), unconfirmed: true };
    const state = { id: armIdOf(1), outputs };

    const found = await startRun(createWorld([mapping(1, 1)])).lifecycle.read(state);

    assert.equal("unconfirmed" in (found?.outputs ?? {}), false);
    assert.equal(await startRun(createWorld()).lifecycle.read(state), undefined);
  });

  it("takes the spelling of the service, where the service minds it too", async () => {
    const client = createWorld([upperCaseMapping(1, 1)]);

    for (const each of [client, strictCase(client)]) {
      const found = await startRun(each).lifecycle.read(stored(1));
      assert.equal(found?.id, armIdOf(1).replace(subscription(1), subscription(1).toUpperCase()));
      assert.equal(found?.inputs, undefined);
    }
  });

  it("reads the state of an earlier form, and drops what it does not know", async () => {
    const outputs = { tenantId: tenant(1), etag: "1", properties: { tenantId: tenant(1) } };

    const found = await startRun(createWorld([mapping(1, 1)])).lifecycle.read({ id: armIdOf(1), outputs });

    assert.equal(found?.outputs.tenantId, tenant(1));
    assert.equal("etag" in (found?.outputs ?? {}), false);
  });
});

describe("createCustomerSubscription: read without a certain answer", () => {
  it("calls nothing gone for any answer but the two that say so", async () => {
    const registration = armIdOf(1).split("/customerSubscriptions")[0] ?? "";
    const answers = [
      notAuthorized(),
      serviceFailed(),
      new ProviderError("CSP_SUBSCRIPTION_NOT_FOUND", { id: registration }),
      new ProviderError("CSP_TYPE_NOT_SERVED", { apiVersion: "2017-06-01" }),
      new ProviderError("CSP_NOT_AUTHENTICATED", { scope: registration }),
      new ProviderError("CSP_NOT_ARM", { host: "proxy", reason: "text/html" }),
      new ProviderError("CSP_UNREACHABLE", { host: "management", reason: "ETIMEDOUT" }),
    ];
    for (const error of answers) {
      for (const operation of ["listCustomerSubscriptions", "getCustomerSubscription"] as const) {
        const client = createWorld();
        client.fail({ operation, when: "before", error });
        await refusal(startRun(client).lifecycle.read(stored(1)), error.code);
      }
    }
  });

  it("calls a mapping gone whose registration the subscription's list does not show", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.removeRegistration(paris);
    const { lifecycle } = startRun(client);

    assert.equal(await lifecycle.read(stored(1)), undefined);
    assert.equal(await lifecycle.read(stored(2)), undefined);
    assert.equal(count(client, "listRegistrations"), 1);
    assert.equal(count(client, "listCustomerSubscriptions"), 1);
  });

  it("does not believe a registration's 404 that its subscription's list contradicts", async () => {
    const client = createWorld([mapping(1, 1)]);
    const error = new ProviderError("CSP_REGISTRATION_NOT_FOUND", { registration: "it" });
    client.fail({ operation: "listCustomerSubscriptions", when: "before", times: 9, error });

    await refusal(startRun(client).lifecycle.read(stored(1)), "CSP_REGISTRATION_NOT_FOUND");
  });

  it("calls a mapping gone whose registration answers 404 for it and lists all others", async () => {
    const client = createWorld([mapping(2, 2)]);
    const error = new ProviderError("CSP_PARENT_NOT_FOUND", { id: armIdOf(1) });
    client.fail({ operation: "getCustomerSubscription", when: "before", error });

    assert.equal(await startRun(client).lifecycle.read(stored(1)), undefined);
  });

  it("does not believe an item's parent 404 while the list shows the item", async () => {
    const client = createWorld([mapping(9, 1)]);
    const error = new ProviderError("CSP_PARENT_NOT_FOUND", { id: armIdOf(1) });
    client.fail({ operation: "getCustomerSubscription", when: "before", error });

    await refusal(startRun(client).lifecycle.read(stored(1)), "CSP_PARENT_NOT_FOUND");
  });

  it("reads a list anew for the next resource where it failed in passing", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "listCustomerSubscriptions", when: "before", error: serviceFailed() });
    const { lifecycle } = startRun(client);

    await rejection(lifecycle.read(stored(1)));

    assert.equal((await lifecycle.read(stored(1)))?.id, armIdOf(1));
  });
});
