import assert from "node:assert/strict";
import { createScene, failed, type Scene, succeeded } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const { tenantId, first, second } = customer(0);
const row = { name: "row", customerSubscriptionId: first, tenantId };

/** A page of a proxy in place of the answer: nothing is retried, and nothing is known. */
const lost = { html: true, status: 200 } as const;

describe("a write whose answer is lost, and the look at it as well", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene();
    await scene.declare(row);
    scene.azure.addFault({ match: { operation: "CustomerSubscriptions_Create" }, when: "afterCommit", what: lost });
    scene.azure.addFault({ match: { operation: "CustomerSubscriptions_Get" }, what: lost });
    failed(await scene.stack.up(), "CSP_OUTCOME_UNKNOWN", first, tenantId);
    scene.azure.clearFaults();
    scene.azure.resetJournal();
  });

  afterEach(() => scene.close());

  it("is held by the state, so that removing the row in the next run removes the mapping", async () => {
    assert.deepEqual(await scene.held(), [first]);

    await scene.upWith();

    assert.deepEqual(scene.live(), {});
    assert.deepEqual(await scene.held(), []);
  });

  it("is settled by the next run without another write", async () => {
    await scene.upWith(row);
    succeeded(await scene.stack.up("--expect-no-changes"));

    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.equal(scene.sent("PUT"), 0);
  });

  it("gives way to a move in the next run", async () => {
    await scene.upWith({ ...row, customerSubscriptionId: second });

    assert.deepEqual(scene.live(), { [second]: tenantId });
    assert.deepEqual(await scene.held(), [second]);
  });
});

describe("a service that keeps another tenant than the one sent", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene({ modes: { contradictingTenant: "derived" } });
    // Where Azure tells the directory, the provider refuses before it writes.
    scene.azure.addFault({ match: { path: `^/subscriptions/${first}$` }, what: { status: 403 } });
  });

  afterEach(() => scene.close());

  it("fails the run, keeps what is live in the state, and lets it be removed", async () => {
    const sent = customer(1).tenantId;
    await scene.declare({ ...row, tenantId: sent });
    failed(await scene.stack.up(), "CSP_TENANT_DIFFERS", sent, tenantId);
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);

    succeeded(await scene.stack.refresh());
    await scene.upWith();
    assert.deepEqual(scene.live(), {});
  });
});
