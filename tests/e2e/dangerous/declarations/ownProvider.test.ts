import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createScene, failed, type Scene, succeeded } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const { tenantId, first } = customer(0);
const row = { name: "before", customerSubscriptionId: first, tenantId };

const OWN = `import { ProviderResource } from "@pulumi/pulumi";
const own = new (class extends ProviderResource {})("pulumi-nodejs", "own", {});
`;

describe("a row that is renamed while it is given a provider of its own", () => {
  let scene: Scene;

  before(async () => {
    scene = await createScene();
    await scene.upWith(row);
    scene.azure.resetJournal();
  });

  after(() => scene.close());

  it("is refused before it is registered with Pulumi, so that going back keeps its customer, too", async () => {
    const file = join(scene.stack.program, "index.ts");
    const text = await readFile(file, "utf8");
    await writeFile(file, OWN + text.replace("{ ...options,", "{ provider: own, ...options,"));
    await scene.declare({ ...row, name: "after" });

    failed(await scene.stack.up(), "CSP_PROVIDER_GIVEN");

    assert.equal(scene.sent("DELETE"), 0);
    assert.deepEqual(scene.live(), { [first]: tenantId });
    await writeFile(file, text);
    await scene.declare(row);
    succeeded(await scene.stack.up());
    assert.equal(scene.sent("DELETE"), 0);
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);
  });
});
