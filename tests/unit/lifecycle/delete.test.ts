import assert from "node:assert/strict";
import { createMemoryRegistrationsClient } from "../../../provider/src/clients/memory/memoryRegistrationsClient.ts";
import { ProviderError } from "../../../provider/src/domain/errors/providerError.ts";
import { formatRegistrationId } from "../../../provider/src/domain/ids.ts";
import {
  accepted,
  armIdOf,
  count,
  createWorld,
  declaration,
  idOf,
  lyon,
  mapping,
  notAuthorized,
  paris,
  refusal,
  rejection,
  serviceFailed,
  startRun,
  strictCase,
  subscription,
  tenant,
  writes,
} from "./harness.ts";

const kept = { id: armIdOf(1), outputs: { tenantId: tenant(1) } };

describe("createCustomerSubscription: delete", () => {
  it("removes the mapping and records it", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);
    const run = startRun(client);

    await run.lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), [mapping(2, 2)]);
    assert.equal(run.changes[0]?.oldTenantId, tenant(1));
    assert.equal(run.changes[0]?.outcome, "done");
  });

  it("sends nothing for an id that a resource of this run declares, and says so", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun(client);
    accepted(run.lifecycle, declaration(undefined, 1));

    await run.lifecycle.delete({ ...kept, id: kept.id.toUpperCase() });

    assert.deepEqual(client.calls, []);
    assert.match(run.said.join(), /declared by another resource/);
  });

  it("does not take another registration's declaration for its own", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun(client);
    accepted(run.lifecycle, declaration(1, 1, { registration: lyon }));

    await run.lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), []);
  });

  it("sends nothing for an id that a declaration names whose other inputs are wrong", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun(client);
    run.lifecycle.check({ ...declaration(1, 1), tenantId: "nobody" });

    await run.lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("leaves a mapping that another tenant holds by now, and says so", async () => {
    const client = createWorld([mapping(9, 1)]);
    const run = startRun(client);

    await run.lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
    assert.match(run.said.join(), new RegExp(`${tenant(9)}.*${tenant(1)}`));
  });

  it("leaves a mapping that a refresh found with another tenant", async () => {
    const client = createWorld([mapping(9, 1)]);
    const outputs = { tenantId: tenant(9), expectedTenantId: tenant(1) };

    await startRun(client).lifecycle.delete({ ...kept, outputs });

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
  });

  it("is not moved by letter case", async () => {
    const upper = { tenantId: tenant(1).toUpperCase(), customerSubscriptionId: subscription(1).toUpperCase() };
    const client = createWorld([upper]);

    await startRun(client).lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), []);
    assert.deepEqual(writes(client), [`DELETE ${subscription(1).toUpperCase()}`]);
  });

  it("finds the service's spelling where the service minds letter case", async () => {
    const upper = { tenantId: tenant(1), customerSubscriptionId: subscription(1).toUpperCase() };
    const client = createWorld([upper]);

    await startRun(strictCase(client)).lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), []);
  });

  it("does not believe a list that is out of date", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.freezeLists();
    await client.putCustomerSubscription(idOf(1), tenant(9));
    const run = startRun(client);
    await run.lifecycle.read({ id: armIdOf(2), outputs: { tenantId: tenant(2) } });

    await run.lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
  });

  it("keeps the state where access is refused", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });

    await refusal(startRun(client).lifecycle.delete(kept), "CSP_NOT_AUTHORIZED");

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("records nothing where the removal was refused", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "deleteCustomerSubscription", when: "before", error: notAuthorized() });
    const run = startRun(client);

    await refusal(run.lifecycle.delete(kept), "CSP_NOT_AUTHORIZED");

    assert.deepEqual(run.changes, []);
  });
});

describe("createCustomerSubscription: delete of what is gone", () => {
  it("succeeds, locked or not, and sends no removal", async () => {
    for (const locks of [[], [{ name: "Keep", level: "CanNotDelete" as const }]]) {
      const client = createMemoryRegistrationsClient({ registrations: [{ ...paris, locks }] });

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

  it("does not take a 204 for a removal", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun({ ...client, deleteCustomerSubscription: async () => "absent" as const });

    const error = await refusal(run.lifecycle.delete(kept), "CSP_NOT_REMOVED");

    assert.match(error.message, new RegExp(formatRegistrationId(paris)));
  });

  it("accepts a 204 where the mapping is gone by then", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun({
      ...client,
      deleteCustomerSubscription: async (id) => {
        await client.deleteCustomerSubscription(id);
        return "absent";
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

describe("createCustomerSubscription: delete of what is locked", () => {
  it("fails once, naming the lock and the commands that lift and restore it", async () => {
    const locks = [{ name: "RegistrationResourceLock", level: "CanNotDelete" as const }];
    const client = createMemoryRegistrationsClient({ registrations: [{ ...paris, locks, mappings: [mapping(1, 1)] }] });

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

    assert.match(error.message, /2026-02-28/);
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

  it("succeeds where the mapping is gone, is not ours, or is declared", async () => {
    for (const live of [[], [mapping(9, 1)]]) {
      await startRun(createWorld(live), () => 0).lifecycle.delete(retained);
    }
    const run = startRun(createWorld([mapping(1, 1)]), () => 0);
    accepted(run.lifecycle, declaration(1, 1));
    await run.lifecycle.delete(retained);
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

describe("createCustomerSubscription: a state that cannot be read", () => {
  it("stops delete, read, update and diff before anything is sent", async () => {
    const client = createWorld([mapping(1, 1)]);
    const { lifecycle } = startRun(client);
    const broken = { id: "contoso", outputs: {} };

    await refusal(lifecycle.delete(broken), "CSP_STATE_UNREADABLE");
    await refusal(lifecycle.read(broken), "CSP_STATE_UNREADABLE");
    await refusal(lifecycle.update({ ...broken, inputs: declaration(1, 1) }), "CSP_STATE_UNREADABLE");
    await rejection((async () => lifecycle.diff({ ...broken, inputs: declaration(1, 1) }))());
    assert.deepEqual(client.calls, []);
  });
});
