import assert from "node:assert/strict";
import { createCustomerSubscription } from "../../../../../provider/src/lifecycle/customerSubscription/lifecycle.ts";
import { createRun } from "../../../../../provider/src/lifecycle/customerSubscription/run/run.ts";
import type { MemoryRegistrationsClient } from "../../../../support/memory/memoryRegistrationsClient.ts";
import { accepted, armIdOf, createWorld, declaration, mapping, paris, refusal, startRun, tenant } from "./harness.ts";

const inHome = { id: armIdOf(1), outputs: { tenantId: tenant(1) } };
const inChina = { cloud: "china" };

/** A run over two clouds: the one of the environment, and China. */
function startRunOverTwo(home: MemoryRegistrationsClient, china: MemoryRegistrationsClient) {
  const run = createRun();
  const [homeDeps, chinaDeps] = [startRun(home).deps, startRun(china).deps];
  return createCustomerSubscription(run, ({ cloud }) => (cloud === "china" ? chinaDeps : homeDeps), homeDeps.say);
}

describe("createCustomerSubscription: another cloud", () => {
  it("is an update in place", () => {
    const lifecycle = startRunOverTwo(createWorld(), createWorld());
    const inputs = accepted(lifecycle, { ...declaration(1, 1), ...inChina });

    assert.deepEqual(lifecycle.diff({ ...inHome, inputs }), { changes: true, replaces: [] });
  });

  it("takes the mapping over that is live there, and sends nothing", async () => {
    const [home, china] = [createWorld([mapping(1, 1)]), createWorld([mapping(1, 1)])];
    const lifecycle = startRunOverTwo(home, china);

    const outputs = await lifecycle.update({
      ...inHome,
      inputs: accepted(lifecycle, { ...declaration(1, 1), ...inChina }),
    });

    assert.deepEqual(outputs, { tenantId: tenant(1), ...inChina });
    assert.deepEqual(home.calls, []);
    assert.ok(china.calls.every(({ operation }) => operation.startsWith("get") || operation.startsWith("list")));
  });

  it("writes the mapping where it is missing, for the tenant of the state, and leaves the old cloud alone", async () => {
    const [home, china] = [createWorld([mapping(1, 1)]), createWorld()];
    const lifecycle = startRunOverTwo(home, china);

    await lifecycle.update({
      ...inHome,
      inputs: accepted(lifecycle, { ...declaration(undefined, 1), ...inChina }),
    });

    assert.deepEqual(china.mappings(paris), [mapping(1, 1)]);
    assert.deepEqual(home.mappings(paris), [mapping(1, 1)]);
    assert.deepEqual(home.calls, []);
  });

  it("does not take the subscription away from another tenant there", async () => {
    const china = createWorld([mapping(2, 1)]);
    const lifecycle = startRunOverTwo(createWorld([mapping(1, 1)]), china);
    const inputs = accepted(lifecycle, { ...declaration(1, 1), ...inChina });

    await refusal(lifecycle.update({ ...inHome, inputs }), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE");

    assert.deepEqual(china.mappings(paris), [mapping(2, 1)]);
  });

  it("is left again in the same way", async () => {
    const home = createWorld([mapping(1, 1)]);
    const lifecycle = startRunOverTwo(home, createWorld());
    const existing = { ...inHome, outputs: { ...inHome.outputs, ...inChina } };

    const outputs = await lifecycle.update({ ...existing, inputs: accepted(lifecycle, declaration(1, 1)) });

    assert.deepEqual(outputs, { tenantId: tenant(1) });
    assert.deepEqual(home.mappings(paris), [mapping(1, 1)]);
  });
});
