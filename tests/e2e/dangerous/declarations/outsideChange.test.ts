import assert from "node:assert/strict";
import { createScene, failed, heldBy, type Scene, succeeded, writeRows } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const { tenantId, first, second } = customer(0);
const other = customer(1);
const row = { name: "row", customerSubscriptionId: first, tenantId };

describe("a mapping that somebody else changed", () => {
  let scene: Scene;

  afterEach(() => scene.close());

  it("is left alone when the row that declared it goes", async () => {
    scene = await createScene({ registered: [row] });
    scene.pointTo({ customerSubscriptionId: first, tenantId: other.tenantId });

    await scene.upWith();

    assert.deepEqual(scene.live(), { [first]: other.tenantId });
    assert.deepEqual(await scene.held(), []);
    assert.equal(scene.sent("DELETE"), 0);
  });

  it("is shown by refresh and set right by the next run, also where the tenant was resolved", async () => {
    scene = await createScene({ registered: [{ name: "row", customerSubscriptionId: first }] });
    scene.pointTo({ customerSubscriptionId: first, tenantId: other.tenantId });

    const { stdout } = succeeded(await scene.stack.refresh());
    assert.match(stdout, /1 updated/);
    succeeded(await scene.stack.up());

    assert.deepEqual(scene.live(), { [first]: tenantId });
  });

  it("is not taken back by a run that has not seen the change", async () => {
    scene = await createScene({ registered: [row] });
    scene.azure.facts.setSubscription(first, { tenantId: customer(2).tenantId });
    scene.pointTo({ customerSubscriptionId: first, tenantId: other.tenantId });

    await scene.declare({ ...row, tenantId: customer(2).tenantId });
    failed(await scene.stack.up(), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE", first, other.tenantId, customer(2).tenantId);

    assert.deepEqual(scene.live(), { [first]: other.tenantId });
  });

  it("is not displaced by a move that started from the old one", async () => {
    scene = await createScene({ registered: [row] });
    scene.azure.facts.setSubscription(other.first, { tenantId });
    scene.pointTo({ customerSubscriptionId: other.first, tenantId });

    await scene.declare({ ...row, customerSubscriptionId: second });
    failed(await scene.stack.up(), "CSP_TENANT_MAPPED_ELSEWHERE", tenantId, other.first, second);

    assert.deepEqual(scene.live(), { [other.first]: tenantId });
  });
});

describe("two stacks", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene({ registered: [row] });
  });

  afterEach(() => scene.close());

  it("cannot map one tenant to two subscriptions", async () => {
    const stack = await scene.anotherStack();
    await writeRows(stack, [{ ...row, customerSubscriptionId: second }]);
    failed(await stack.up(), "CSP_TENANT_MAPPED_ELSEWHERE", tenantId, first, second);

    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await heldBy(stack), []);
  });

  it("hold one mapping both, and what one destroys the other finds missing and restores", async () => {
    const stack = await scene.anotherStack();
    await writeRows(stack, [row]);
    succeeded(await stack.up());
    succeeded(await stack.destroy());
    assert.deepEqual(scene.live(), {});

    succeeded(await scene.stack.up("--refresh"));
    assert.deepEqual(scene.live(), { [first]: tenantId });
  });
});
