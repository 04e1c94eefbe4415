import assert from "node:assert/strict";
import { createScene, failed, type Scene } from "../support/scene.ts";
import { customers, hub } from "../support/smallWorld.ts";

const rows = customers.map(({ tenantId, first }, index) => ({
  name: `row-${index}`,
  customerSubscriptionId: first,
  tenantId,
}));

describe("a registration that takes no customer subscriptions", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene();
    await scene.declare(...rows);
  });

  afterEach(() => scene.close());

  it("is written to once and explained once where it is billed by capacity", async () => {
    scene.azure.facts.setRegistration(hub, { billingModel: "Capacity" });
    await isRefusedOnce("CSP_CUSTOMER_SUBSCRIPTIONS_NOT_ALLOWED");
  });

  it("is written to once and explained once where Microsoft has not approved it", async () => {
    scene.azure.facts.setRegistration(hub, { approvedForMultiTenancy: false });
    await isRefusedOnce("CSP_UNAUTHORIZED_CSP_REGISTRATION");
  });

  async function isRefusedOnce(code: string): Promise<void> {
    const result = await scene.stack.up();

    failed(result, code, hub.name);
    const [, diagnostics = ""] = result.stdout.split("Diagnostics:");
    assert.equal(diagnostics.split(`[${code}]`).length - 1, 1, diagnostics);
    assert.equal(scene.sent("PUT"), 1);
    assert.deepEqual(scene.live(), {});
    assert.deepEqual(await scene.held(), []);
  }
});
