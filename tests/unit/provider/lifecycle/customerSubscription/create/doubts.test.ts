import assert from "node:assert/strict";
import type { RegistrationsClient } from "../../../../../../provider/src/clients/registrations/registrationsClient.ts";
import { hasCode, ProviderError } from "../../../../../../provider/src/domain/errors/providerError.ts";
import {
  armIdOf,
  create,
  createWorld,
  declaration,
  idOf,
  mapping,
  notAuthorized,
  paris,
  partialFailure,
  refusal,
  rejection,
  serviceFailed,
  startRun,
  startRunOn,
  subscription,
  tenant,
} from "../harness.ts";

describe("createCustomerSubscription: doubts after a create", () => {
  it("finds the mapping by itself where the answer was lost", async () => {
    const client = createWorld();
    client.fail({ operation: "putCustomerSubscription", when: "after", error: serviceFailed() });

    const created = await create(startRun(client), declaration(1, 1));

    assert.equal(created.id, armIdOf(1));
    assert.equal("unconfirmed" in created.outputs, false);
  });

  it("re-reads a mapping that does not show at once", async () => {
    const client = createWorld([], { putAnswer: "empty" });
    const hidden = startRun(client);
    const notFound = await rejection(client.getCustomerSubscription(idOf(1)));
    client.fail({ operation: "getCustomerSubscription", when: "before", times: 2, error: notFound });

    await create(hidden, declaration(1, 1));

    assert.deepEqual(hidden.pauses, [500, 1_000]);
  });

  it("keeps what nobody can confirm, with id and properties", async () => {
    const { client, run } = startRunOn();
    client.fail({ operation: "putCustomerSubscription", when: "before", error: serviceFailed() });

    const failure = await partialFailure(create(run, declaration(1, 1, { retainUntil: "2027-01-31" })));

    assert.equal(failure.id, armIdOf(1));
    assert.equal(failure.outputs.tenantId, tenant(1));
    assert.equal(failure.outputs.retainUntil, "2027-01-31");
    assert.equal(failure.outputs.unconfirmed, true);
    assert.match(failure.reasons.join(), /CSP_OUTCOME_UNKNOWN.*CSP_SERVICE_FAILED/s);
    assert.deepEqual(JSON.parse(JSON.stringify(failure.outputs)), failure.outputs);
    assert.equal(run.changes[0]?.outcome, "unknown");
  });

  for (const code of ["CSP_THROTTLED", "CSP_THROTTLED_UNTIL"] as const) {
    it(`keeps nothing of a write that was refused as too frequent (${code})`, async () => {
      const { client, run } = startRunOn();
      const details = { request: "PUT it", attempts: "5", until: "2026-03-01T13:00:00.000Z" };
      client.fail({ operation: "putCustomerSubscription", when: "before", error: new ProviderError(code, details) });

      const error = await rejection(create(run, declaration(1, 1)));

      assert.ok(hasCode(error, code), error.message);
      assert.deepEqual(run.changes, []);
    });
  }

  it("keeps what was written before an error that the catalogue does not know", async () => {
    const { client, run } = startRunOn();
    client.fail({ operation: "putCustomerSubscription", when: "after", error: new TypeError("a fault of our own") });
    client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });

    const failure = await partialFailure(create(run, declaration(1, 1)));

    assert.equal(failure.id, armIdOf(1));
    assert.match(failure.message, /CSP_OUTCOME_UNKNOWN.*a fault of our own/s);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("keeps a write whose look-up is refused", async () => {
    const client = createWorld([], { putAnswer: "empty" });
    client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });

    await partialFailure(create(startRun(client), declaration(1, 1)));
  });

  it("reports a tenant that the service keeps in place of the one that was sent, with both", async () => {
    const client = keepingTenant(createWorld(), tenant(9));

    const failure = await partialFailure(create(startRun(client), declaration(1, 1)));

    assert.match(failure.message, new RegExp(`CSP_TENANT_DIFFERS.*${tenant(1)}.*${tenant(9)}`, "s"));
    assert.equal(failure.outputs.unconfirmed, true);
  });

  it("never takes a foreign tenant's mapping for its own after a write that was lost", async () => {
    const client = createWorld([mapping(9, 1)]);
    client.fail({ operation: "putCustomerSubscription", when: "before", error: serviceFailed() });
    const { id, outputs } = await partialFailure(create(startRun(client), declaration(1, 1, { overwrite: [1] })));

    const later = startRun(client);
    await later.lifecycle.delete({ id, outputs });

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
    assert.match(later.said.join(), new RegExp(tenant(9)));
  });

  it("keeps a mapping whose change log entry could not be written, and the next run adopts it", async () => {
    const { client, run } = startRunOn();
    const unwritable = new ProviderError("CSP_CHANGE_LOG_LINE_LOST", { path: "log", reason: "ENOSPC", line: "{}" });
    run.deps.record = () => Promise.reject(unwritable);

    const { id, message } = await partialFailure(create(run, declaration(1, 1)));

    assert.equal(id, armIdOf(1));
    assert.match(message, /ENOSPC/);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("leaves nothing in the state where the service refused", async () => {
    const { run } = startRunOn([], {
      subscriptions: [{ subscriptionId: subscription(1), refusedAs: "InvalidCSPSubscription" }],
    });

    await refusal(create(run, declaration(1, 1)), "CSP_INVALID_CSP_SUBSCRIPTION");

    assert.deepEqual(run.changes, []);
  });
});

function keepingTenant(client: RegistrationsClient, tenantId: string): RegistrationsClient {
  return { ...client, putCustomerSubscription: (id) => client.putCustomerSubscription(id, tenantId) };
}
