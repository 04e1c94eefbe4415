import assert from "node:assert/strict";
import { createScene, failed, type Scene } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const giver = customer(0);
const taker = customer(1);
const given = { name: "giver", customerSubscriptionId: giver.first, tenantId: giver.tenantId };
const taken = { name: "taker", customerSubscriptionId: giver.first, tenantId: taker.tenantId };

describe("a tenant that goes to another customer subscription under another name", () => {
  it("keeps the old one where the engine goes on past the refusal of the new one, until that is named", async () => {
    const scene = await createScene();
    await scene.upWith(given);
    const moved = { name: "moved", customerSubscriptionId: giver.second, tenantId: giver.tenantId };
    await scene.declare(moved);
    failed(await scene.stack.up("--continue-on-error"), "CSP_TENANT_MAPPED_ELSEWHERE", giver.first, giver.second);
    assert.deepEqual(scene.live(), { [giver.first]: giver.tenantId });
    assert.deepEqual(await scene.held(), [giver.first]);

    await scene.upWith({ ...moved, overwrite: [giver.first] });
    assert.deepEqual(scene.live(), { [giver.second]: giver.tenantId });
    assert.deepEqual(await scene.held(), [giver.second]);
    await scene.close();
  });
});

describe("a customer subscription handed from one tenant to another", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene({ registered: [given] });
    scene.azure.facts.setSubscription(giver.first, { tenantId: taker.tenantId });
    scene.azure.resetJournal();
    await scene.declare(taken);
  });

  afterEach(() => scene.close());

  it("is refused with both tenants, and done where overwrite names this very one; the old row's removal sends nothing", async () => {
    await scene.declare({ ...taken, overwrite: [giver.second, taker.first] });
    failed(await scene.stack.up(), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE", giver.first, giver.tenantId, taker.tenantId);
    assert.deepEqual(scene.live(), { [giver.first]: giver.tenantId });
    assert.deepEqual(await scene.held(), [giver.first]);
    assert.equal(scene.sent("PUT"), 0);

    await scene.upWith({ ...taken, overwrite: [giver.first] });
    assert.deepEqual(scene.live(), { [giver.first]: taker.tenantId });
    assert.deepEqual(await scene.held(), [giver.first]);
    assert.equal(scene.sent("DELETE"), 0);
  });

  it("leaves the old mapping live and held where it is refused and the engine is told to go on, until it is named", async () => {
    failed(await scene.stack.up("--continue-on-error"), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE", giver.first);
    assert.deepEqual(scene.live(), { [giver.first]: giver.tenantId });
    assert.deepEqual(await scene.held(), [giver.first]);

    await scene.upWith({ ...taken, overwrite: [giver.first] });
    assert.deepEqual(scene.live(), { [giver.first]: taker.tenantId });
    assert.deepEqual(await scene.held(), [giver.first]);
  });
});
