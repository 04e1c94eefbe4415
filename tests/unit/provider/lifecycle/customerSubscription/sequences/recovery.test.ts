import assert from "node:assert/strict";
import { createEngine } from "../engine.ts";
import {
  createWorld,
  declaration,
  idOf,
  lyon,
  mapping,
  notAuthorized,
  paris,
  serviceFailed,
  subscription,
  tenant,
  writes,
} from "../harness.ts";
import { deployed, failed, succeeded } from "./deployed.ts";

describe("a run whose state was lost", () => {
  it("is rebuilt by the next one, without a write", async () => {
    const program = { a: declaration(1, 1), b: declaration(2, 2), c: declaration(3, 3, { registration: lyon }) };
    const { client, engine } = await deployed(program);
    const rebuilt = createEngine(client);

    succeeded(await rebuilt.up(program));

    assert.deepEqual(rebuilt.state, engine.state);
    assert.equal(writes(client).length, 3);
  });
});

describe("an answer that was lost", () => {
  it("leaves a resource that the next run settles", async () => {
    const client = createWorld();
    const engine = createEngine(client);
    client.fail({ operation: "putCustomerSubscription", when: "before", error: serviceFailed() });
    await failed(await engine.up({ a: declaration(1, 1) }), /CSP_OUTCOME_UNKNOWN/);

    succeeded(await engine.up({ a: declaration(1, 1) }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    assert.equal(engine.state.get("a")?.failed, false);
  });

  it("does not let the mapping be forgotten where the row is removed next", async () => {
    const client = createWorld();
    const engine = createEngine(client);
    client.fail({ operation: "putCustomerSubscription", when: "after", error: serviceFailed() });
    client.fail({ operation: "getCustomerSubscription", when: "before", times: 9, error: notAuthorized() });
    await failed(await engine.up({ a: declaration(1, 1) }), /CSP_OUTCOME_UNKNOWN/);
    const mended = createWorld(client.mappings(paris));
    const later = createEngine(mended, engine.state);

    succeeded(await later.up({}));

    assert.deepEqual(mended.mappings(paris), []);
  });
});

describe("a drift", () => {
  it("is shown by a refresh and mended by the next run, declared or left out", async () => {
    for (const t of [1, undefined]) {
      const world = createWorld([], { subscriptions: [{ subscriptionId: subscription(1), tenantId: tenant(1) }] });
      const { client, engine } = await deployed({ a: declaration(t, 1) }, world);
      await client.putCustomerSubscription(idOf(1), tenant(9));
      succeeded(await engine.refresh());
      assert.equal(engine.state.get("a")?.inputs.tenantId, tenant(9));

      succeeded(await engine.up({ a: declaration(t, 1) }));

      assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
      succeeded(await engine.up({ a: declaration(t, 1) }));
      assert.equal(writes(client).length, 3);
    }
  });

  it("is not removed with its row", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });
    await client.putCustomerSubscription(idOf(1), tenant(9));

    succeeded(await engine.refresh());
    succeeded(await engine.up({}));

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
  });

  it("of a vanished mapping is made good", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });
    await client.deleteCustomerSubscription(idOf(1));

    succeeded(await engine.refresh());
    succeeded(await engine.up({ a: declaration(1, 1) }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });
});

describe("a refresh, an update and a destroy without access", () => {
  it("lose no state, and change nothing when access is back", async () => {
    const program = { a: declaration(1, 1), b: declaration(2, 2) };
    const { client, engine } = await deployed(program);
    for (const operation of ["listCustomerSubscriptions", "getCustomerSubscription"] as const) {
      client.fail({ operation, when: "before", times: 4, error: notAuthorized() });
    }

    await failed(await engine.refresh(), /CSP_NOT_AUTHORIZED/);
    await failed(await engine.destroy(), /CSP_NOT_AUTHORIZED/);

    assert.equal(engine.state.size, 2);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1), mapping(2, 2)]);
  });
});

describe("a registration that has vanished", () => {
  it("is refreshed and destroyed to an empty state", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1), b: declaration(2, 2) });
    client.removeRegistration(paris);
    const copy = createEngine(client, engine.state);

    succeeded(await engine.refresh());
    succeeded(await copy.destroy());

    assert.equal(engine.state.size + copy.state.size, 0);
  });
});
