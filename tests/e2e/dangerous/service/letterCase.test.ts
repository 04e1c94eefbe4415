import assert from "node:assert/strict";
import { createScene, type Scene, succeeded } from "../support/scene.ts";
import { customer, registration, smallWorld } from "../support/smallWorld.ts";

const { tenantId, first } = customer(0);
const row = { name: "row", customerSubscriptionId: first, tenantId };
const shouted = { customerSubscriptionId: first.toUpperCase(), tenantId: tenantId.toUpperCase() };

for (const idCase of ["insensitive", "strict"] as const) {
  describe(`a mapping in upper case on a service whose letter case is ${idCase}`, () => {
    let scene: Scene;

    beforeEach(async () => {
      const registrations = [{ ...registration("hub", "1"), customerSubscriptions: [shouted] }];
      const world = smallWorld({ registrations, subscriptions: smallWorld().subscriptions.map(shout) });
      scene = await createScene({ world, modes: { idCase } });
    });

    afterEach(() => scene.close());

    it("is adopted, shows no change, and is really removed", async () => {
      await scene.upWith(row);
      succeeded(await scene.stack.refresh("--expect-no-changes"));
      succeeded(await scene.stack.up("--expect-no-changes"));
      assert.deepEqual(scene.live(), { [shouted.customerSubscriptionId]: shouted.tenantId });
      assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);

      succeeded(await scene.stack.destroy());
      assert.deepEqual(scene.live(), {});
      assert.deepEqual(await scene.held(), []);
    });

    it("is not removed when a row in the other spelling takes its place", async () => {
      await scene.upWith({ ...row, ...shouted });
      await scene.upWith({ ...row, name: "renamed" });

      assert.deepEqual(scene.live(), { [shouted.customerSubscriptionId]: shouted.tenantId });
      assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
    });
  });
}

function shout<Sold extends { readonly subscriptionId: string }>(sold: Sold): Sold {
  return sold.subscriptionId === first ? { ...sold, subscriptionId: first.toUpperCase() } : sold;
}
