import assert from "node:assert/strict";
import { ProviderError } from "@azurestack-csp/provider";
import { InitializationError, type ResourceLifecycle } from "@azurestack-csp/provider/lifecycle";
import sinon, { fake } from "sinon";
import { type DynamicProvider, toDynamicProvider } from "../../../../sdk/nodejs/src/dynamicHost/dynamicProvider.ts";

const PROVIDER = "exports.handler=…";

/** A lifecycle whose methods fail, but for the ones given. */
function lifecycle(parts: Partial<ResourceLifecycle>): ResourceLifecycle {
  const unexpected = () => fake.throws("not to be called");
  const nothing = { check: unexpected(), diff: unexpected(), create: unexpected(), read: unexpected() };
  return { ...nothing, update: unexpected(), delete: unexpected(), ...parts };
}

/** The lifecycle behind the host's interface, in a run that goes on. */
function provide(behind: ResourceLifecycle): DynamicProvider {
  return toDynamicProvider(behind, { during: (operate) => operate() });
}

describe("toDynamicProvider", () => {
  it("hands the lifecycle inputs without the provider's text", async () => {
    const check = fake.returns({ inputs: {}, failures: [] });
    const provider = provide(lifecycle({ check }));

    await provider.check({ __provider: PROVIDER, tenantId: "s" }, { __provider: PROVIDER, tenantId: "t" });

    sinon.assert.calledOnceWithExactly(check, { tenantId: "t" }, { tenantId: "s" });
  });

  it("answers diff with a boolean and never asks for a removal before the replacement", async () => {
    const provider = provide(lifecycle({ diff: fake.resolves({ changes: true, replaces: ["registrationId"] }) }));

    const answer = await provider.diff("id", {}, {});

    assert.deepEqual(answer, { changes: true, replaces: ["registrationId"], deleteBeforeReplace: false });
  });

  it("leaves out what the host cannot carry", async () => {
    const outputs = { name: "n", tenantId: undefined };
    const provider = provide(lifecycle({ create: fake.resolves({ id: "id", outputs }) }));

    const { outs } = await provider.create({ __provider: PROVIDER });

    assert.deepEqual(outs, { name: "n" });
    assert.ok(!("tenantId" in outs));
  });

  it("keeps the provider's text in the state of a resource that was half made", async () => {
    const half = new InitializationError({ id: "arm-id", outputs: { tenantId: "t" }, reasons: ["why"] });
    const provider = provide(lifecycle({ create: fake.rejects(half), update: fake.rejects(half) }));
    const expected = {
      id: "arm-id",
      properties: { tenantId: "t", __provider: PROVIDER },
      reasons: ["why"],
      message: "why",
    };

    await assert.rejects(provider.create({ __provider: PROVIDER }), expected);
    await assert.rejects(provider.update("arm-id", {}, { __provider: PROVIDER }), expected);
  });

  it("answers a read of what is gone with nothing, which is how the host knows", async () => {
    const provider = provide(lifecycle({ read: fake.resolves(undefined) }));

    assert.deepEqual(await provider.read("id", {}), {});
  });

  it("fails where what is looked up is not live, because the host would take it for found", async () => {
    const provider = provide(lifecycle({ read: fake.resolves(undefined) }));

    await assert.rejects(provider.read("id", { lookedUp: true }), { message: /^\[CSP_LOOKUP_NOT_FOUND\] id is/ });
  });

  it("returns inputs from a read only where they are not the declared ones", async () => {
    const found = { id: "id", outputs: { tenantId: "t" }, inputs: undefined };
    const provider = provide(lifecycle({ read: fake.resolves(found) }));
    const drifted = provide(lifecycle({ read: fake.resolves({ ...found, inputs: { tenantId: "t" } }) }));

    assert.deepEqual(await provider.read("id", {}), { id: "id", props: { tenantId: "t" } });
    assert.deepEqual(await drifted.read("id", {}), { id: "id", props: { tenantId: "t" }, inputs: { tenantId: "t" } });
  });

  it("fails a removal with the whole message, no stack of ours, and a code that does not look like corruption", async () => {
    const refusal = new ProviderError("CSP_RETAINED", {
      tenantId: "t",
      customerSubscriptionId: "s",
      registration: "r",
      retainUntil: "2026-12-31",
    });
    const provider = provide(lifecycle({ delete: fake.rejects(refusal) }));

    await assert.rejects(provider.delete("id", {}), (error: Error & { code?: unknown }) => {
      assert.equal(error.message, refusal.message);
      assert.equal(error.code, 9);
      assert.doesNotMatch(error.stack ?? "", /\n/);
      return true;
    });
  });

  it("passes on errors that nobody foresaw, with their stacks", async () => {
    const bug = new TypeError("bug");
    const provider = provide(lifecycle({ read: fake.rejects(bug) }));

    await assert.rejects(provider.read("id", {}), (error) => error === bug);
  });
});
