import assert from "node:assert/strict";
import {
  accepted,
  createLockedWorld,
  createWorld,
  declaration,
  mapping,
  paris,
  partialFailure,
  refusal,
  serviceFailed,
  startRun,
  startRunOn,
  stored,
  subscription,
  type TestRun,
  tenant,
  writes,
} from "./harness.ts";

const kept = stored(1);

async function update(
  { lifecycle }: TestRun,
  properties: Readonly<Record<string, unknown>>,
  existing: { readonly id: string; readonly outputs: Readonly<Record<string, unknown>> } = kept,
) {
  return await lifecycle.update({ ...existing, inputs: accepted(lifecycle, properties) });
}

describe("createCustomerSubscription: update", () => {
  it("changes the tenant in place and returns all outputs", async () => {
    const { client, run } = startRunOn([mapping(1, 1)]);

    const outputs = await update(run, declaration(2, 1, { retainUntil: "2027-01-31" }));

    assert.deepEqual(client.mappings(paris), [mapping(2, 1)]);
    assert.equal(outputs.tenantId, tenant(2));
    assert.equal(outputs.retainUntil, "2027-01-31");
    assert.equal(run.changes[0]?.oldTenantId, tenant(1));
  });

  it("sends nothing where the tenant stays", async () => {
    const client = createWorld([mapping(1, 1)]);

    const outputs = await update(startRun(client), declaration(1, 1, { overwrite: [4], retainUntil: "2027-01-31" }));

    assert.deepEqual(client.calls, []);
    assert.equal(outputs.tenantId, tenant(1));
    assert.equal(outputs.retainUntil, "2027-01-31");
  });

  it("refuses a tenant that has another subscription", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);

    await refusal(update(startRun(client), declaration(2, 1)), "CSP_TENANT_MAPPED_ELSEWHERE");

    assert.deepEqual(client.mappings(paris), [mapping(1, 1), mapping(2, 2)]);
  });

  it("refuses where a third tenant holds the subscription by now", async () => {
    const client = createWorld([mapping(9, 1)]);

    await refusal(update(startRun(client), declaration(2, 1)), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE");

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
  });

  it("refuses a tenant that is not of the subscription's directory", async () => {
    const subscriptions = [{ subscriptionId: subscription(1), tenantId: tenant(1) }];
    const client = createWorld([mapping(1, 1)], { subscriptions });

    await refusal(update(startRun(client), declaration(2, 1)), "CSP_DIRECTORY_MISMATCH");
  });

  it("mends a drift that a refresh has shown", async () => {
    const client = createWorld([mapping(9, 1)]);
    const drifted = { ...kept, outputs: { tenantId: tenant(9), expectedTenantId: tenant(1) } };

    for (const t of [1, undefined]) {
      const outputs = await update(startRun(client), declaration(t, 1), drifted);
      assert.equal(outputs.tenantId, tenant(1));
      assert.equal("expectedTenantId" in outputs, false);
    }
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("does not mend a drift at the cost of the tenant's new mapping", async () => {
    const client = createWorld([mapping(9, 1), mapping(1, 5)]);
    const drifted = { ...kept, outputs: { tenantId: tenant(9), expectedTenantId: tenant(1) } };

    await refusal(update(startRun(client), declaration(1, 1), drifted), "CSP_TENANT_MAPPED_ELSEWHERE");
  });

  it("takes over a drift that is declared by now, without a write, so that it can be removed later", async () => {
    const client = createWorld([mapping(9, 1)]);
    const drifted = { ...kept, outputs: { tenantId: tenant(9), expectedTenantId: tenant(1) } };

    const outputs = await update(startRun(client), declaration(9, 1), drifted);

    assert.deepEqual(writes(client), []);
    await startRun(client).lifecycle.delete({ id: kept.id, outputs });
    assert.deepEqual(client.mappings(paris), []);
  });

  it("keeps both tenants of a change that was lost, and carries it out the next time", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "putCustomerSubscription", when: "before", error: serviceFailed() });

    const { id, outputs } = await partialFailure(update(startRun(client), declaration(2, 1)));

    assert.equal(outputs.tenantId, tenant(1));
    assert.equal(outputs.expectedTenantId, tenant(2));
    const settled = await update(startRun(client), declaration(2, 1), { id, outputs });
    assert.equal("unconfirmed" in settled, false);
    assert.deepEqual(client.mappings(paris), [mapping(2, 1)]);
  });

  it("keeps both tenants of a change that nobody could look at", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "putCustomerSubscription", when: "before", error: serviceFailed() });
    client.fail({ operation: "getCustomerSubscription", when: "before", times: 9, error: serviceFailed() });

    const { outputs } = await partialFailure(update(startRun(client), declaration(2, 1)));

    assert.equal(outputs.tenantId, tenant(1));
    assert.equal(outputs.expectedTenantId, tenant(2));
  });

  it("reports the same difference each time, without updates that pretend to help", async () => {
    const memory = createWorld();
    const client = { ...memory, putCustomerSubscription: keepNine };
    async function keepNine(id: Parameters<typeof memory.putCustomerSubscription>[0]) {
      return await memory.putCustomerSubscription(id, tenant(9));
    }
    const { id, outputs } = await partialFailure(startRun(client).lifecycle.create(declaration(1, 1)));

    const again = await refusal(
      update(startRun(client), declaration(1, 1), { id, outputs }),
      "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE",
    );

    assert.match(again.message, new RegExp(`${tenant(9)}.*${tenant(1)}`));
    assert.equal(writes(memory).length, 1);
  });

  it("writes again what an earlier run could not confirm and is not there", async () => {
    const client = createWorld();
    const outputs = { ...kept.outputs, expectedTenantId: tenant(1), unconfirmed: true };

    await update(startRun(client), declaration(1, 1), { ...kept, outputs });

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("fails clearly where the registration is locked against writes", async () => {
    const locks = [{ name: "Frozen", level: "ReadOnly" as const }];
    const client = createLockedWorld(locks, [mapping(1, 1)]);
    const run = startRun(client);

    const error = await refusal(update(run, declaration(2, 1)), "CSP_SCOPE_LOCKED");

    assert.match(error.message, /"Frozen" \(ReadOnly\)/);
    assert.equal(writes(client).length, 1);
    assert.deepEqual(run.changes, []);
  });
});
