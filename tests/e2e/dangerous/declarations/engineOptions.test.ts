import assert from "node:assert/strict";
import { createScene, failed, type Scene, succeeded } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const { tenantId, first, second } = customer(0);
const row = { name: "row", customerSubscriptionId: first, tenantId };
const moved = { ...row, customerSubscriptionId: second };

describe("what the engine is asked for", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene();
  });

  afterEach(() => scene.close());

  it("protect: neither destroy nor a removed row removes the mapping", async () => {
    await scene.upWith({ ...row, options: { protect: true } });
    const destroyed = await scene.stack.destroy();
    await scene.declare();
    const removed = await scene.stack.up();

    assert.notEqual(destroyed.code, 0, destroyed.stdout);
    assert.notEqual(removed.code, 0, removed.stdout);
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);
  });

  it("ignoreChanges, and overwrite alone: nothing is sent", async () => {
    await scene.upWith(row);
    scene.azure.resetJournal();
    await scene.upWith({ ...row, overwrite: [second] });
    await scene.upWith({ ...moved, options: { ignoreChanges: ["customerSubscriptionId"] } });

    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
  });

  it("deleteBeforeReplace: a move ends with the new mapping, a replacement on request with the same", async () => {
    const options = { deleteBeforeReplace: true };
    await scene.upWith({ ...row, options });
    await scene.upWith({ ...moved, options });
    assert.deepEqual(scene.live(), { [second]: tenantId });

    const [urn = ""] = await scene.urns();
    scene.azure.resetJournal();
    succeeded(await scene.stack.up("--replace", urn));
    assert.deepEqual(scene.live(), { [second]: tenantId });
    assert.equal(scene.sent("DELETE"), 0);
  });

  it("deleteBeforeReplace: a replacement on request that fails leaves the mapping held, so that destroy removes it", async () => {
    await scene.upWith({ ...row, options: { deleteBeforeReplace: true } });
    const [urn = ""] = await scene.urns();
    scene.azure.addFault({ match: { operation: "CustomerSubscriptions_List" }, what: { status: 403 } });
    failed(await scene.stack.up("--replace", urn), "CSP_NOT_AUTHORIZED");
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);

    scene.azure.clearFaults();
    succeeded(await scene.stack.destroy());
    assert.deepEqual(scene.live(), {});
  });

  it("replaceOnChanges on the tenant: a new tenant takes the mapping over, and nothing is removed", async () => {
    const next = customer(1).tenantId;
    await scene.upWith(row);
    scene.azure.facts.setSubscription(first, { tenantId: next });
    await scene.upWith({ ...row, tenantId: next, options: { replaceOnChanges: ["tenantId"] } });

    assert.deepEqual(scene.live(), { [first]: next });
    assert.deepEqual(await scene.held(), [first]);
    assert.equal(scene.sent("DELETE"), 0);
  });

  it("state delete: the next run adopts the mapping without writing", async () => {
    await scene.upWith(row);
    const [urn = ""] = await scene.urns();
    succeeded(await scene.stack.run(["state", "delete", "--yes", urn]));
    scene.azure.resetJournal();
    succeeded(await scene.stack.up());

    assert.deepEqual(await scene.held(), [first]);
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
  });

  it("retainUntil: destroy is refused, and a move before its first write", async () => {
    const retainUntil = "2999-12-31";
    await scene.upWith({ ...row, retainUntil });
    scene.azure.resetJournal();
    failed(await scene.stack.destroy(), "CSP_RETAINED", first, retainUntil);
    await scene.declare({ ...moved, retainUntil });
    failed(await scene.stack.up(), "CSP_RETAINED", first, retainUntil);

    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
  });

  it("up --target on the old name of a renamed row removes the mapping, and the next run restores it", async () => {
    await scene.upWith(row);
    const [urn = ""] = await scene.urns();
    await scene.declare({ ...row, name: "renamed" });
    succeeded(await scene.stack.up("--target", urn));
    assert.deepEqual(scene.live(), {});

    succeeded(await scene.stack.up());
    assert.deepEqual(scene.live(), { [first]: tenantId });
  });
});
