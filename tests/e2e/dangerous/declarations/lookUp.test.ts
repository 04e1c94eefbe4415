import assert from "node:assert/strict";
import { createScene, failed, type Scene, succeeded } from "../support/scene.ts";
import { customer, hubId } from "../support/smallWorld.ts";

const { tenantId, first } = customer(0);
const id = `${hubId}/customerSubscriptions/${first}`;
const lookUp = { name: "lookUp", customerSubscriptionId: first, tenantId, options: { id } };

describe("a row that is only looked up by its id", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene();
  });

  afterEach(() => scene.close());

  it("shows what is live, sends nothing, and removes nothing where it is taken out", async () => {
    scene.pointTo({ customerSubscriptionId: first, tenantId });

    await scene.upWith(lookUp);
    assert.deepEqual(await scene.held(), [first]);
    succeeded(await scene.stack.up("--refresh"));
    await scene.upWith();

    assert.deepEqual(await scene.held(), []);
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual([scene.sent("PUT"), scene.sent("DELETE")], [0, 0]);
  });

  it("is an error where nothing is live", async () => {
    await scene.declare(lookUp);

    failed(await scene.stack.up(), "CSP_LOOKUP_NOT_FOUND");
    assert.deepEqual(await scene.held(), []);
  });
});
