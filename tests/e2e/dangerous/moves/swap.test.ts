import assert from "node:assert/strict";
import { createScene, failed, type Scene } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const one = customer(0);
const two = customer(1);
const before = [
  { name: "one", customerSubscriptionId: one.first, tenantId: one.tenantId },
  { name: "two", customerSubscriptionId: two.first, tenantId: two.tenantId },
];
const swapped = [
  { name: "one", customerSubscriptionId: two.first, tenantId: one.tenantId },
  { name: "two", customerSubscriptionId: one.first, tenantId: two.tenantId },
];
const overwrite = [one.first, two.first];

for (const mode of ["removes", "leaves"] as const) {
  describe(`a swap of two tenants' subscriptions where an overwrite ${mode} the old mapping`, () => {
    let scene: Scene;

    beforeEach(async () => {
      scene = await createScene({ modes: { overwrite: mode }, registered: before });
    });

    afterEach(() => scene.close());

    it("is refused while the subscriptions are the other customer's, then without overwrite, and then done", async () => {
      await scene.declare(...swapped.map((row) => ({ ...row, overwrite })));
      failed(await scene.stack.up(), "CSP_DIRECTORY_MISMATCH", one.tenantId, two.tenantId);
      swapDirectories(scene);
      await scene.declare(...swapped);
      failed(await scene.stack.up(), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE", one.tenantId, two.tenantId);
      assert.deepEqual(scene.live(), { [one.first]: one.tenantId, [two.first]: two.tenantId });
      assert.deepEqual(await scene.held(), [one.first, two.first]);
      assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);

      await scene.upWith(...swapped.map((row) => ({ ...row, overwrite })));
      assert.deepEqual(scene.live(), { [one.first]: two.tenantId, [two.first]: one.tenantId });
      assert.deepEqual(await scene.held(), [one.first, two.first]);
      assert.equal(scene.sent("DELETE"), 0);
    });

    it("is done in the same way where Azure tells the tenants", async () => {
      swapDirectories(scene);
      await scene.upWith(...swapped.map(({ tenantId: _, ...row }) => ({ ...row, overwrite })));
      assert.deepEqual(scene.live(), { [one.first]: two.tenantId, [two.first]: one.tenantId });
    });
  });
}

function swapDirectories({ azure }: Scene): void {
  azure.facts.setSubscription(one.first, { tenantId: two.tenantId });
  azure.facts.setSubscription(two.first, { tenantId: one.tenantId });
}
