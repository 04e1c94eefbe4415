import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createScene, failed, type Scene, succeeded } from "../support/scene.ts";
import { customer, hub } from "../support/smallWorld.ts";

const giver = customer(0);
const taker = customer(1);
const place = {
  registrationSubscriptionId: hub.subscriptionId,
  resourceGroup: hub.resourceGroup,
  registrationName: hub.name,
};

/** By which Pulumi stands in for a value that it does not know; the newest SDK shows it in outputs, older ones show nothing. */
const STAND_IN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** One stack declares a customer that is refused and gives its subscription away; the other one takes it from there. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import { CustomerSubscription } from "azurestack-csp";

const place = ${JSON.stringify(place)};
const isGiver = pulumi.getStack() === "test";

const customerSubscriptionId = isGiver
  ? ${JSON.stringify(giver.first)}
  : new pulumi.StackReference("organization/dangerous/test").getOutput("subscription");
const tenantId = isGiver ? ${JSON.stringify(taker.tenantId)} : ${JSON.stringify(giver.tenantId)};
const row = new CustomerSubscription("row", { ...place, customerSubscriptionId, tenantId });

export const subscription = row.id.apply((id) => id.slice(id.lastIndexOf("/") + 1));
`;

describe("an id from a stack in which it failed while the engine was told to go on", () => {
  let scene: Scene;

  before(async () => {
    scene = await createScene();
    await writeFile(join(scene.stack.program, "index.ts"), program);
    failed(await scene.stack.up("--continue-on-error"), "CSP_DIRECTORY_MISMATCH", giver.first);
    succeeded(await scene.stack.run(["stack", "init", "taker"]));
    scene.azure.resetJournal();
  });

  after(() => scene.close());

  it("is missing from the stack that takes it, which says why, and sends nothing", async () => {
    const up = await scene.stack.up("--stack", "taker");

    failed(up, "CSP_INPUT_REQUIRED", "`customerSubscriptionId`", "has probably failed");
    assert.equal(scene.sent("PUT"), 0);
    assert.deepEqual(scene.live(), {});
  });

  it("is refused by name where somebody copied what outputs show in its place", async () => {
    const list = `registrations: { hub: ${JSON.stringify(place)} }\ntenants:\n  - { name: A, tenantId: ${giver.tenantId}, customerSubscriptionId: ${STAND_IN}, registrations: [hub] }\n`;
    await writeFile(join(scene.stack.program, "tenants.yaml"), list);
    await writeFile(
      join(scene.stack.program, "index.ts"),
      `import { requireTenantList, TenantRegistrations } from "azurestack-csp";\nnew TenantRegistrations("tenants", { list: await requireTenantList("tenants.yaml") });\n`,
    );

    failed(await scene.stack.up("--stack", "taker"), "CSP_VALUE_UNKNOWN", STAND_IN);
    assert.equal(scene.sent("PUT"), 0);
  });
});
