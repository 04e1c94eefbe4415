import assert from "node:assert/strict";
import { createScene, failed, type Scene, succeeded } from "../support/scene.ts";
import { customer, hubId } from "../support/smallWorld.ts";

const { tenantId, first, second } = customer(0);
const row = { name: "row", customerSubscriptionId: first, tenantId };
const moved = { ...row, customerSubscriptionId: second };
const lock = { name: "RegistrationResourceLock", scope: hubId, level: "CanNotDelete" } as const;

describe("a locked registration", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene({ modes: { overwrite: "leaves" }, registered: [row] });
    scene.azure.facts.putLock(lock);
  });

  afterEach(() => scene.close());

  it("keeps a moved mapping's old one in the state, and lets the move be reverted", async () => {
    await scene.declare(moved);
    failed(await scene.stack.up(), "CSP_SCOPE_LOCKED", lock.name, first);
    assert.deepEqual(scene.live(), { [first]: tenantId, [second]: tenantId });
    assert.deepEqual(await scene.held(), [first, second]);

    await scene.declare(row);
    scene.azure.resetJournal();
    failed(await scene.stack.up(), "CSP_SCOPE_LOCKED", lock.name, second);
    assert.deepEqual(await scene.held(), [first, second]);
    assert.equal(scene.sent("PUT"), 1, "only another write makes sure which of the two mappings counts");

    scene.azure.facts.deleteLock(lock);
    succeeded(await scene.stack.up());
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);
  });

  it("finishes a move once the lock is lifted", async () => {
    await scene.declare(moved);
    failed(await scene.stack.up(), "CSP_SCOPE_LOCKED", lock.name, first);

    scene.azure.facts.deleteLock(lock);
    succeeded(await scene.stack.up());
    assert.deepEqual(scene.live(), { [second]: tenantId });
    assert.deepEqual(await scene.held(), [second]);
  });

  it("refuses destroy and keeps the state, until the lock is lifted", async () => {
    failed(await scene.stack.destroy(), "CSP_SCOPE_LOCKED", lock.name, first, "az lock delete");
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);

    scene.azure.facts.deleteLock(lock);
    succeeded(await scene.stack.destroy());
    assert.deepEqual(scene.live(), {});
    assert.deepEqual(await scene.held(), []);
  });

  it("lets go of a mapping that is gone all the same", async () => {
    scene.azure.facts.deleteCustomerSubscription({ ...scene.hub, customerSubscriptionId: first });

    succeeded(await scene.stack.destroy());

    assert.deepEqual(await scene.held(), []);
  });
});
