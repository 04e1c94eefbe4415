import assert from "node:assert/strict";
import { createEngine } from "../engine.ts";
import {
  armIdOf,
  createWorld,
  declaration,
  idOf,
  mapping,
  paris,
  strictCase,
  subscription,
  tenant,
  upperCaseMapping,
  writes,
} from "../harness.ts";
import { deployed, succeeded } from "./deployed.ts";

describe("a service that minds letter case and writes in upper case", () => {
  const upper = upperCaseMapping(1, 1);

  it("is adopted, refreshed, changed and destroyed in its own spelling", async () => {
    const memory = createWorld([upper]);
    const engine = createEngine(strictCase(memory));

    succeeded(await engine.up({ a: declaration(1, 1) }));
    succeeded(await engine.refresh());
    succeeded(await engine.up({ a: declaration(1, 1) }));
    assert.deepEqual(writes(memory), []);
    succeeded(await engine.up({ a: declaration(2, 1) }));
    succeeded(await engine.destroy());

    assert.deepEqual(memory.mappings(paris), []);
    assert.deepEqual(writes(memory), [
      `PUT ${subscription(1).toUpperCase()}`,
      `DELETE ${subscription(1).toUpperCase()}`,
    ]);
  });

  it("is destroyed also where the state has the lower case of an earlier tool", async () => {
    const memory = createWorld([upper]);
    const stored = { id: armIdOf(1), outputs: { tenantId: tenant(1) }, inputs: declaration(1, 1), failed: false };
    const engine = createEngine(strictCase(memory), [["a", stored]]);

    succeeded(await engine.destroy());

    assert.deepEqual(memory.mappings(paris), []);
    assert.equal(engine.state.size, 0);
  });
});

describe("a list that lags behind", () => {
  it("loses nothing in a refresh, and makes no run repeat what is done", async () => {
    const client = createWorld();
    client.freezeLists();
    const { engine } = await deployed({ a: declaration(1, 1), b: declaration(2, 2) }, client);

    succeeded(await engine.refresh());
    succeeded(await engine.up({ a: declaration(1, 1), b: declaration(2, 2) }));

    assert.equal(engine.state.size, 2);
    assert.equal(writes(client).length, 2);
  });

  it("does not keep what is gone, nor remove what is not ours", async () => {
    const { client, engine } = await deployed({ a: declaration(1, 1), b: declaration(2, 2) });
    client.freezeLists();
    await client.deleteCustomerSubscription(idOf(1));
    await client.putCustomerSubscription(idOf(2), tenant(9));

    succeeded(await engine.destroy());

    assert.equal(engine.state.size, 0);
    assert.deepEqual(client.mappings(paris), [mapping(9, 2)]);
  });
});
