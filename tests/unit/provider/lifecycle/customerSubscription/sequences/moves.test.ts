import assert from "node:assert/strict";
import { createMemoryRegistrationsClient } from "../../../../../support/memory/memoryRegistrationsClient.ts";
import type { MemoryLock } from "../../../../../support/memory/memoryWorld.ts";
import {
  armIdOf,
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
  worldOf,
  writes,
} from "../harness.ts";
import { bySubscription, deployed, failed, succeeded } from "./deployed.ts";

describe("two tenants that swap subscriptions", () => {
  const before = { a: declaration(1, 1), b: declaration(2, 2) };

  it("are both refused where nothing is named, and keep what they have", async () => {
    const { client, engine } = await deployed(before);

    await failed(await engine.up({ a: declaration(1, 2), b: declaration(2, 1) }), /CSP_SUBSCRIPTION_MAPPED_ELSEWHERE/);

    assert.deepEqual(client.mappings(paris), [mapping(1, 1), mapping(2, 2)]);
  });

  it("swap where each names what it takes, with the old mappings left behind or not", async () => {
    for (const keepDisplaced of [false, true]) {
      const { client, engine } = await deployed(before, createWorld([], { keepDisplaced }));

      succeeded(
        await engine.up({ a: declaration(1, 2, { overwrite: [2] }), b: declaration(2, 1, { overwrite: [1] }) }),
      );

      assert.deepEqual(bySubscription(client.mappings(paris)), [mapping(2, 1), mapping(1, 2)]);
    }
  });

  it("swap in place, where the resources are keyed by subscription", async () => {
    const { client, engine } = await deployed(before);

    succeeded(await engine.up({ a: declaration(2, 1, { overwrite: [2] }), b: declaration(1, 2, { overwrite: [1] }) }));

    assert.deepEqual(bySubscription(client.mappings(paris)), [mapping(2, 1), mapping(1, 2)]);
  });
});

describe("a subscription that is handed from one tenant to another", () => {
  it("is refused where it is not named, and stays", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });

    await failed(await engine.up({ b: declaration(2, 1) }), /CSP_SUBSCRIPTION_MAPPED_ELSEWHERE/);

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("is handed over where it is named, and the old row's removal does not take it away", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });

    succeeded(await engine.up({ b: declaration(2, 1, { overwrite: [1] }) }));

    assert.deepEqual(client.mappings(paris), [mapping(2, 1)]);
    assert.deepEqual([...engine.state.keys()], ["b"]);
  });

  it("is handed over while its tenant moves to another one", async () => {
    for (const names of [
      ["a", "b"],
      ["b", "a"],
    ] as const) {
      const { client, engine } = await deployed({ a: declaration(1, 1) });
      const after = { a: declaration(1, 3), b: declaration(2, 1, { overwrite: [1] }) };

      succeeded(await engine.up(Object.fromEntries(names.map((name) => [name, after[name]]))));

      assert.deepEqual(bySubscription(client.mappings(paris)), [mapping(2, 1), mapping(1, 3)]);
    }
  });
});

describe("a tenant that moves to another subscription", () => {
  it("moves without being named, with the old mapping left behind or not", async () => {
    for (const keepDisplaced of [false, true]) {
      const { client, engine } = await deployed({ a: declaration(1, 1) }, createWorld([], { keepDisplaced }));

      succeeded(await engine.up({ a: declaration(1, 2) }));

      assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
      assert.deepEqual(engine.pending, []);
    }
  });

  it("does not take a mapping that somebody else made for the tenant meanwhile", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });
    await client.putCustomerSubscription(idOf(7), tenant(1));

    await failed(await engine.up({ a: declaration(1, 2) }), /CSP_TENANT_MAPPED_ELSEWHERE/);

    assert.deepEqual(client.mappings(paris), [mapping(1, 7)]);
  });

  it("does not take the old subscription from the tenant it turns to", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });
    await client.putCustomerSubscription(idOf(1), tenant(9));

    await failed(await engine.up({ a: declaration(9, 2) }), /CSP_TENANT_MAPPED_ELSEWHERE/);

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
  });

  it("leaves alone who has taken the old subscription meanwhile", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });
    await client.putCustomerSubscription(idOf(1), tenant(9));

    succeeded(await engine.up({ a: declaration(1, 2) }));

    assert.deepEqual(bySubscription(client.mappings(paris)), [mapping(9, 1), mapping(1, 2)]);
  });

  it("is finished by the next run where the first was killed after the write", async () => {
    for (const keepDisplaced of [false, true]) {
      const { client, engine } = await deployed({ a: declaration(1, 1) }, createWorld([], { keepDisplaced }));
      await client.putCustomerSubscription(idOf(2), tenant(1));

      succeeded(await engine.up({ a: declaration(1, 2) }));

      assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
    }
  });

  it("moves on where its change to that tenant was carried out and nobody could confirm it", async () => {
    const { client, engine } = await deployed({ a: declaration(9, 1) });
    client.fail({ operation: "putCustomerSubscription", when: "after", error: serviceFailed() });
    client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });
    await failed(await engine.up({ a: declaration(1, 1) }), /CSP_OUTCOME_UNKNOWN/);

    succeeded(await engine.up({ a: declaration(1, 2) }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
  });

  it("permits nobody to displace what it leaves on its old registration when it goes to another one", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });

    const outcome = await engine.up({ a: declaration(1, 2, { registration: lyon }), b: declaration(1, 2) });

    await failed(outcome, /CSP_TENANT_MAPPED_ELSEWHERE/);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("moves to another registration, the new mapping before the old one goes", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1) });

    succeeded(await engine.up({ a: declaration(1, 1, { registration: lyon }) }));

    assert.deepEqual(client.mappings(paris), []);
    assert.deepEqual(client.mappings(lyon), [mapping(1, 1)]);
    assert.deepEqual(writes(client), [`PUT ${subscription(1)}`, `PUT ${subscription(1)}`, `DELETE ${subscription(1)}`]);
  });
});

describe("a move whose old mapping is locked and left behind", () => {
  async function halfMoved() {
    const locks: MemoryLock[] = [];
    const registration = { ...paris, locks };
    const client = createMemoryRegistrationsClient({
      ...worldOf(),
      registrations: [registration],
      keepDisplaced: true,
    });
    const { engine } = await deployed({ a: declaration(1, 1) }, client);
    locks.push({ name: "Keep", level: "CanNotDelete" });
    await failed(await engine.up({ a: declaration(1, 2) }), /CSP_SCOPE_LOCKED/);
    return { client, engine, locks };
  }

  it("keeps both in the state, and the tenant on the new one", async () => {
    const { client, engine } = await halfMoved();

    assert.equal(engine.state.get("a")?.id, armIdOf(2));
    assert.equal(engine.pending[0]?.id, armIdOf(1));
    assert.deepEqual(client.mappings(paris), [mapping(1, 1), mapping(1, 2)]);
  });

  it("ends on the new one when the lock is lifted", async () => {
    const { client, engine, locks } = await halfMoved();
    locks.length = 0;

    succeeded(await engine.up({ a: declaration(1, 2) }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
  });

  it("is reverted by a write, so that the tenant counts on the old one again, and never loses it", async () => {
    const { client, engine, locks } = await halfMoved();

    await failed(await engine.up({ a: declaration(1, 1) }), /CSP_SCOPE_LOCKED/);
    assert.deepEqual(
      writes(client).filter((write) => write.startsWith("PUT")),
      [1, 2, 1].map((s) => `PUT ${subscription(s)}`),
    );
    locks.length = 0;
    succeeded(await engine.up({ a: declaration(1, 1) }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    assert.deepEqual(engine.pending, []);
  });
});
