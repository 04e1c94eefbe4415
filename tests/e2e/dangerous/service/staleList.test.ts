import assert from "node:assert/strict";
import { createScene, type Scene, succeeded } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const { tenantId, first, second } = customer(0);
const row = { name: "row", customerSubscriptionId: first, tenantId };
const empty = { match: { operation: "CustomerSubscriptions_List" }, what: { staleList: "empty" } } as const;

describe("a list that lags behind", () => {
  let scene: Scene;

  afterEach(() => scene.close());

  it("takes nothing out of the state in a refresh, and writes nothing twice after it", async () => {
    scene = await createScene({ registered: [row] });
    scene.azure.addFault(empty);
    scene.azure.resetJournal();

    succeeded(await scene.stack.refresh("--expect-no-changes"));
    succeeded(await scene.stack.up("--expect-no-changes"));

    assert.deepEqual(await scene.held(), [first]);
    assert.equal(scene.sent("PUT"), 0);
  });

  it("does not keep a mapping from being removed", async () => {
    scene = await createScene({ registered: [row] });
    scene.azure.addFault(empty);

    succeeded(await scene.stack.destroy());

    assert.deepEqual(scene.live(), {});
  });

  it("does not refuse a tenant over a mapping that is no longer there", async () => {
    scene = await createScene();
    scene.pointTo(row);
    scene.azure.facts.deleteCustomerSubscription({ ...scene.hub, customerSubscriptionId: first });
    scene.azure.addFault({ match: empty.match, what: { staleList: true } });

    await scene.upWith({ ...row, customerSubscriptionId: second });

    assert.deepEqual(scene.live(), { [second]: tenantId });
  });

  it("does not adopt a mapping that is no longer there", async () => {
    scene = await createScene();
    scene.pointTo(row);
    scene.azure.facts.deleteCustomerSubscription({ ...scene.hub, customerSubscriptionId: first });
    scene.azure.addFault({ match: empty.match, what: { staleList: true } });

    await scene.upWith(row);

    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.equal(scene.sent("PUT"), 1);
  });
});
