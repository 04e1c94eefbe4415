import assert from "node:assert/strict";
import { createScene, failed, type Scene } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const { tenantId, first, second } = customer(0);
const row = { name: "row", customerSubscriptionId: first, tenantId };
const rival = { name: "rival", customerSubscriptionId: second, tenantId };

describe("two rows that claim one tenant", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene();
  });

  afterEach(() => scene.close());

  it("are refused with both subscriptions where both are new, and what is live is held", async () => {
    await scene.declare(row, rival);
    failed(await scene.stack.up(), "CSP_CLAIMED_TWICE", tenantId, first, second);

    assert.ok(scene.sent("PUT") <= 1);
    assert.deepEqual(Object.keys(scene.live()), await scene.held());
  });

  it("are refused where one is there already, in either order", async () => {
    await scene.upWith(row);
    for (const rows of [
      [row, rival],
      [rival, row],
    ]) {
      await scene.declare(...rows);
      failed(await scene.stack.up(), "CSP_CLAIMED_TWICE", tenantId, first, second);
      assert.deepEqual(scene.live(), { [first]: tenantId });
      assert.deepEqual(await scene.held(), [first]);
    }
    assert.equal(scene.sent("PUT"), 1);
  });

  it("are refused where neither names the tenant", async () => {
    await scene.declare(
      { name: "row", customerSubscriptionId: first },
      { name: "rival", customerSubscriptionId: second },
    );
    failed(await scene.stack.up(), "CSP_CLAIMED_TWICE", tenantId, first, second);

    assert.equal(scene.sent("PUT"), 1);
    assert.deepEqual(Object.keys(scene.live()), await scene.held());
  });

  it("fail the run where one was resolved in an earlier run and the other may overwrite it", async () => {
    const resolved = { name: "row", customerSubscriptionId: first };
    await scene.upWith(resolved);
    await scene.declare(resolved, { ...rival, overwrite: [first] });
    failed(await scene.stack.up(), "CSP_CLAIMED_TWICE", tenantId, first, second);

    const held = await scene.held();
    assert.ok(Object.keys(scene.live()).every((customerSubscriptionId) => held.includes(customerSubscriptionId)));
  });

  it("keep the mapping when they declare the same one and one of them goes", async () => {
    await scene.upWith(row);
    await scene.upWith(row, { ...row, name: "copy" });
    await scene.upWith(row);

    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);
    assert.equal(scene.sent("DELETE"), 0);
  });
});
