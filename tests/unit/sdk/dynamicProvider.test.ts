import assert from "node:assert/strict";
import { ProviderError } from "@azurestack-csp/provider";
import { InitializationError, type ResourceLifecycle } from "@azurestack-csp/provider/lifecycle";
import { toDynamicProvider } from "../../../sdk/nodejs/src/dynamicProvider.ts";

const PROVIDER = "exports.handler=…";
const unexpected = () => assert.fail("not to be called");

function lifecycle(parts: Partial<ResourceLifecycle>): ResourceLifecycle {
  const nothing = unexpected as never;
  return { check: nothing, diff: nothing, create: nothing, read: nothing, update: nothing, delete: nothing, ...parts };
}

describe("toDynamicProvider", () => {
  it("hands the lifecycle inputs without the provider's text", async () => {
    const seen: unknown[] = [];
    const provider = toDynamicProvider(
      lifecycle({
        check(properties) {
          seen.push(properties);
          return { inputs: properties, failures: [] };
        },
      }),
    );

    await provider.check({}, { __provider: PROVIDER, tenantId: "t" });

    assert.deepEqual(seen, [{ tenantId: "t" }]);
  });

  it("answers diff with a boolean and never asks for a removal before the replacement", async () => {
    const provider = toDynamicProvider(lifecycle({ diff: () => ({ changes: true, replaces: ["registrationId"] }) }));

    const answer = await provider.diff("id", {}, {});

    assert.deepEqual(answer, { changes: true, replaces: ["registrationId"], deleteBeforeReplace: false });
  });

  it("leaves out what the host cannot carry", async () => {
    const outputs = { name: "n", tenantId: undefined };
    const provider = toDynamicProvider(lifecycle({ create: async () => ({ id: "id", outputs }) }));

    const { outs } = await provider.create({ __provider: PROVIDER });

    assert.deepEqual(outs, { name: "n" });
    assert.ok(!("tenantId" in outs));
  });

  it("keeps the provider's text in the state of a resource that was half made", async () => {
    const half = new InitializationError({ id: "arm-id", outputs: { tenantId: "t" }, reasons: ["why"] });
    const provider = toDynamicProvider(
      lifecycle({ create: () => Promise.reject(half), update: () => Promise.reject(half) }),
    );
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
    const provider = toDynamicProvider(lifecycle({ read: async () => undefined }));

    assert.deepEqual(await provider.read("id", {}), {});
  });

  it("returns inputs from a read only where they are not the declared ones", async () => {
    const found = { id: "id", outputs: { tenantId: "t" }, inputs: undefined };
    const provider = toDynamicProvider(lifecycle({ read: async () => found }));
    const drifted = toDynamicProvider(lifecycle({ read: async () => ({ ...found, inputs: { tenantId: "t" } }) }));

    assert.deepEqual(await provider.read("id", {}), { id: "id", props: { tenantId: "t" } });
    assert.deepEqual(await drifted.read("id", {}), { id: "id", props: { tenantId: "t" }, inputs: { tenantId: "t" } });
  });

  it("fails a removal with the whole message, no stack of ours, and a code that does not look like corruption", async () => {
    const refusal = new ProviderError("CSP_RETAINED", {
      customerSubscriptionId: "s",
      registration: "r",
      retainUntil: "2026-12-31",
    });
    const provider = toDynamicProvider(lifecycle({ delete: () => Promise.reject(refusal) }));

    await assert.rejects(provider.delete("id", {}), (error: Error & { code?: unknown }) => {
      assert.equal(error.message, refusal.message);
      assert.equal(error.code, 9);
      assert.doesNotMatch(error.stack ?? "", /\n/);
      return true;
    });
  });

  it("passes on errors that nobody foresaw, with their stacks", async () => {
    const bug = new TypeError("bug");
    const provider = toDynamicProvider(lifecycle({ read: () => Promise.reject(bug) }));

    await assert.rejects(provider.read("id", {}), (error) => error === bug);
  });
});
