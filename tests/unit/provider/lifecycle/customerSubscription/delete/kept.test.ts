import assert from "node:assert/strict";
import {
  armIdOf,
  count,
  createLockedWorld,
  createWorld,
  declareUnchanged,
  mapping,
  paris,
  refusal,
  startRun,
  stored,
  tenant,
  writes,
} from "../harness.ts";

const kept = stored(1);

describe("createCustomerSubscription: delete of what is locked", () => {
  it("fails once, naming the lock and the commands that lift and restore it", async () => {
    const locks = [{ name: "RegistrationResourceLock", level: "CanNotDelete" as const }];
    const client = createLockedWorld(locks, [mapping(1, 1)]);

    const error = await refusal(startRun(client).lifecycle.delete(kept), "CSP_SCOPE_LOCKED");

    assert.match(error.message, /"RegistrationResourceLock" \(CanNotDelete\)/);
    assert.match(error.message, /az lock delete/);
    assert.match(error.message, /az lock create/);
    assert.equal(count(client, "deleteCustomerSubscription"), 1);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });
});

describe("createCustomerSubscription: delete of what is retained", () => {
  const retained = { ...kept, outputs: { ...kept.outputs, retainUntil: "2026-02-28" } };

  it("is refused until the last instant of the day, in UTC", async () => {
    const client = createWorld([mapping(1, 1)]);
    const { lifecycle } = startRun(client, () => Date.UTC(2026, 1, 28, 23, 59, 59, 999));

    const error = await refusal(lifecycle.delete(retained), "CSP_RETAINED");

    assert.match(error.message, new RegExp(`Tenant ${tenant(1)} keeps .* until 2026-02-28 .* Put the row, or the`));
    assert.deepEqual(writes(client), []);
  });

  it("is carried out from the first instant after it", async () => {
    const client = createWorld([mapping(1, 1)]);

    await startRun(client, () => Date.UTC(2026, 2, 1)).lifecycle.delete(retained);

    assert.deepEqual(client.mappings(paris), []);
  });

  it("is refused where the day cannot be read", async () => {
    const outputs = { ...kept.outputs, retainUntil: "some day" };

    await refusal(startRun(createWorld([mapping(1, 1)])).lifecycle.delete({ ...kept, outputs }), "CSP_RETAINED");
  });

  for (const [title, live] of [
    ["is gone", []],
    ["is another tenant's by now", [mapping(9, 1)]],
  ] as const) {
    it(`succeeds, and sends nothing, where the mapping ${title}`, async () => {
      const client = createWorld(live);

      await startRun(client, () => 0).lifecycle.delete(retained);

      assert.deepEqual(writes(client), []);
      assert.deepEqual(client.mappings(paris), live);
    });
  }

  it("succeeds, and leaves the mapping, where another resource of the run has it", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun(client, () => 0);
    await declareUnchanged(run, 1);

    await run.lifecycle.delete(retained);

    assert.deepEqual(writes(client), []);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });
});

describe("createCustomerSubscription: delete of what nobody could confirm", () => {
  const moved = { id: armIdOf(1), outputs: { tenantId: tenant(1), expectedTenantId: tenant(2), unconfirmed: true } };

  it("removes the mapping with the tenant that was sent, and with the one held before", async () => {
    for (const t of [1, 2]) {
      const client = createWorld([mapping(t, 1)]);

      await startRun(client).lifecycle.delete(moved);

      assert.deepEqual(client.mappings(paris), []);
    }
  });

  it("leaves the mapping of any other tenant", async () => {
    const client = createWorld([mapping(9, 1)]);

    await startRun(client).lifecycle.delete(moved);

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
  });
});
