import assert from "node:assert/strict";
import {
  accepted,
  createWorld,
  declaration,
  declareUnchanged,
  idOf,
  lyon,
  mapping,
  notAuthorized,
  paris,
  refusal,
  rejection,
  startRun,
  startRunOn,
  stored,
  strictCase,
  subscription,
  tenant,
  upperCaseMapping,
  writes,
} from "../harness.ts";

const kept = stored(1);

describe("createCustomerSubscription: delete", () => {
  it("removes the mapping and records it", async () => {
    const { client, run } = startRunOn([mapping(1, 1), mapping(2, 2)]);

    await run.lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), [mapping(2, 2)]);
    assert.equal(run.changes[0]?.oldTenantId, tenant(1));
    assert.equal(run.changes[0]?.outcome, "done");
  });

  it("sends nothing for an id that another resource of this run holds, and says so", async () => {
    const { client, run } = startRunOn([mapping(1, 1)]);
    await declareUnchanged(run, 1);

    await run.lifecycle.delete({ ...kept, id: kept.id.toUpperCase() });

    assert.deepEqual(client.calls, []);
    assert.match(run.said.join(), /declared by another resource/);
  });

  it("does not take another registration's declaration for its own", async () => {
    const { client, run } = startRunOn([mapping(1, 1)]);
    accepted(run.lifecycle, declaration(1, 1, { registration: lyon }));

    await run.lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), []);
  });

  it("leaves a mapping that another tenant holds by now, and says so", async () => {
    const { client, run } = startRunOn([mapping(9, 1)]);

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
    const client = createWorld([upperCaseMapping(1, 1)]);

    await startRun(client).lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), []);
    assert.deepEqual(writes(client), [`DELETE ${subscription(1).toUpperCase()}`]);
  });

  it("finds the service's spelling where the service minds letter case", async () => {
    const client = createWorld([{ ...upperCaseMapping(1, 1), tenantId: tenant(1) }]);

    await startRun(strictCase(client)).lifecycle.delete(kept);

    assert.deepEqual(client.mappings(paris), []);
  });

  it("does not believe a list that is out of date", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.freezeLists();
    await client.putCustomerSubscription(idOf(1), tenant(9));
    const run = startRun(client);
    await run.lifecycle.read(stored(2));

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

describe("createCustomerSubscription: a state that cannot be read", () => {
  it("stops delete, read, update and diff before anything is sent", async () => {
    const client = createWorld([mapping(1, 1)]);
    const { lifecycle } = startRun(client);
    const broken = { id: "contoso", outputs: {} };

    await refusal(lifecycle.delete(broken), "CSP_STATE_UNREADABLE");
    await refusal(lifecycle.read(broken), "CSP_STATE_UNREADABLE");
    await refusal(lifecycle.update({ ...broken, inputs: declaration(1, 1) }), "CSP_STATE_UNREADABLE");
    await rejection(lifecycle.diff({ ...broken, inputs: declaration(1, 1) }));
    assert.deepEqual(client.calls, []);
  });
});
