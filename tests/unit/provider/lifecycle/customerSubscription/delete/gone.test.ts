import assert from "node:assert/strict";
import { ProviderError } from "../../../../../../provider/src/domain/errors/providerError.ts";
import { formatRegistrationId } from "../../../../../../provider/src/domain/ids.ts";
import {
  armIdOf,
  count,
  createLockedWorld,
  createWorld,
  mapping,
  notAuthorized,
  paris,
  refusal,
  serviceFailed,
  startRun,
  stored,
  writes,
} from "../harness.ts";

const kept = stored(1);

describe("createCustomerSubscription: delete of what is gone", () => {
  it("succeeds, locked or not, and sends no removal", async () => {
    for (const locks of [[], [{ name: "Keep", level: "CanNotDelete" as const }]]) {
      const client = createLockedWorld(locks);

      await startRun(client).lifecycle.delete(kept);

      assert.deepEqual(writes(client), []);
    }
  });

  it("succeeds where the registration is gone for certain", async () => {
    const client = createWorld();
    client.removeRegistration(paris);

    await startRun(client).lifecycle.delete(kept);

    assert.equal(count(client, "listRegistrations"), 1);
  });

  it("is refused where nothing shows that the registration is gone", async () => {
    const client = createWorld();
    client.removeRegistration(paris);
    client.fail({ operation: "listRegistrations", when: "before", error: notAuthorized() });

    await refusal(startRun(client).lifecycle.delete(kept), "CSP_NOT_AUTHORIZED");
  });

  for (const [what, live, listed] of [
    ["succeeds where the list answers without it", [], "gone"],
    ["is refused where the list shows it", [mapping(1, 1)], "CSP_NOT_FOUND_UNNAMED"],
  ] as const) {
    it(`${what}, and the service says "not found" without saying what`, async () => {
      const client = createWorld(live);
      const error = new ProviderError("CSP_NOT_FOUND_UNNAMED", { id: armIdOf(1) });
      client.fail({ operation: "getCustomerSubscription", when: "before", error });

      const removal = startRun(client).lifecycle.delete(kept);

      if (listed === "gone") await removal;
      else await refusal(removal, listed);
      assert.deepEqual(writes(client), []);
    });
  }

  it("succeeds where the answer to the removal was lost", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "deleteCustomerSubscription", when: "after", error: serviceFailed() });
    const run = startRun(client);

    await run.lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), []);
    assert.equal(run.changes[0]?.outcome, "done");
  });

  it("fails where the removal was lost on its way", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "deleteCustomerSubscription", when: "before", error: serviceFailed() });

    await refusal(startRun(client).lifecycle.delete(kept), "CSP_SERVICE_FAILED");
  });

  it("fails with the first failure where nobody can look", async () => {
    const client = createWorld([mapping(1, 1)]);
    const { lifecycle } = startRun({
      ...client,
      deleteCustomerSubscription: async (id) => {
        client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });
        await client.deleteCustomerSubscription(id);
        throw serviceFailed();
      },
    });

    await refusal(lifecycle.delete(kept), "CSP_SERVICE_FAILED");
  });

  it("succeeds where a registration vanishes between look and removal", async () => {
    const client = createWorld([mapping(1, 1)]);
    const { lifecycle } = startRun({
      ...client,
      deleteCustomerSubscription: async (id) => {
        client.removeRegistration(paris);
        return await client.deleteCustomerSubscription(id);
      },
    });

    await lifecycle.delete(kept);
  });

  it("is not taken for gone where the list that could spell it otherwise cannot be read", async () => {
    const client = createWorld();
    client.fail({ operation: "listCustomerSubscriptions", when: "before", error: serviceFailed() });

    await refusal(startRun(client).lifecycle.delete(kept), "CSP_SERVICE_FAILED");
  });

  it("is not taken for gone where its list says that the registration is, which is there", async () => {
    const client = createWorld();
    const error = new ProviderError("CSP_REGISTRATION_NOT_FOUND", { registration: formatRegistrationId(paris) });
    client.fail({ operation: "listCustomerSubscriptions", when: "before", error });

    await refusal(startRun(client).lifecycle.delete(kept), "CSP_REGISTRATION_NOT_FOUND");
  });

  it("does not take for a removal what proves none, such as a 204 or a 202 without a link", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun({ ...client, deleteCustomerSubscription: async () => "unproven" as const });

    const error = await refusal(run.lifecycle.delete(kept), "CSP_NOT_REMOVED");

    assert.match(error.message, new RegExp(formatRegistrationId(paris)));
  });

  it("does not take a 404 for a removal", async () => {
    const client = createWorld([mapping(1, 1)]);
    const error = new ProviderError("CSP_RESOURCE_NOT_FOUND", { id: kept.id });
    client.fail({ operation: "deleteCustomerSubscription", when: "before", error });
    const run = startRun(client);

    await refusal(run.lifecycle.delete(kept), "CSP_NOT_REMOVED");

    assert.equal(run.changes[0]?.outcome, "unknown");
  });

  it("does not say that a mapping is there where nobody can look after a 404", async () => {
    const client = createWorld([mapping(1, 1)]);
    const { lifecycle } = startRun({
      ...client,
      deleteCustomerSubscription: () => {
        client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });
        return Promise.reject(new ProviderError("CSP_RESOURCE_NOT_FOUND", { id: kept.id }));
      },
    });

    await refusal(lifecycle.delete(kept), "CSP_NOT_AUTHORIZED");
  });

  it("accepts a 404 where the mapping is gone by then", async () => {
    const client = createWorld([mapping(1, 1)]);
    const error = new ProviderError("CSP_RESOURCE_NOT_FOUND", { id: kept.id });
    client.fail({ operation: "deleteCustomerSubscription", when: "after", error });

    await startRun(client).lifecycle.delete(kept);
  });

  it("accepts an answer that proves nothing where the mapping is gone by then", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun({
      ...client,
      deleteCustomerSubscription: async (id) => {
        await client.deleteCustomerSubscription(id);
        return "unproven";
      },
    });

    await run.lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), []);
  });

  it("accepts a lock that is reported for a mapping that went meanwhile", async () => {
    const client = createWorld([mapping(1, 1)]);
    const locked = new ProviderError("CSP_SCOPE_LOCKED", { id: kept.id, locks: "a lock", commands: "none" });
    client.fail({ operation: "deleteCustomerSubscription", when: "after", error: locked });

    await startRun(client).lifecycle.delete(kept);
  });
});
