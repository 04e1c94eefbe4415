import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { createScene, failed, type Row, type Scene, succeeded } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const { tenantId, first, second } = customer(0);
const row = { name: "row", customerSubscriptionId: first, tenantId };
const moved = { ...row, customerSubscriptionId: second };

/** The steps of a replacement, in the engine's order. */
const REPLACED = ["create-replacement", "replace", "delete-replaced"];

/** Runs an `up` of one row, and returns the operations on it that the engine showed. */
async function operationsOf(scene: Scene, declared: Row): Promise<readonly string[]> {
  const log = join(scene.stack.program, "events.jsonl");
  await rm(log, { force: true });
  await scene.declare(declared);
  const args = ["up", "--yes", "--skip-preview", "--event-log", log];
  // The flag is hidden; the Automation API sets the same variable for it.
  succeeded(await scene.stack.run(args, { PULUMI_DEBUG_COMMANDS: "true" }));
  const lines = (await readFile(log, "utf8")).trim().split("\n");
  return lines.flatMap((line) => {
    const { resourcePreEvent: step } = JSON.parse(line) as EngineEvent;
    return step?.metadata.type.endsWith(":CustomerSubscription") ? [step.metadata.op] : [];
  });
}

describe("what the engine is asked for", () => {
  let scene: Scene;

  afterEach(() => scene.close());

  it("protect: neither destroy nor a removed row removes the mapping", async () => {
    scene = await createScene({ registered: [{ ...row, options: { protect: true } }] });
    const destroyed = await scene.stack.destroy();
    await scene.declare();
    const removed = await scene.stack.up();

    assert.notEqual(destroyed.code, 0, destroyed.stdout);
    assert.notEqual(removed.code, 0, removed.stdout);
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);
  });

  it("overwrite alone: the engine sees no change, and nothing is sent", async () => {
    scene = await createScene({ registered: [row] });
    scene.azure.resetJournal();

    assert.deepEqual(await operationsOf(scene, { ...row, overwrite: [second] }), ["same"]);
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
  });

  it("ignoreChanges: what would be a replacement is no change, and nothing is sent", async () => {
    scene = await createScene({ registered: [row] });
    scene.azure.resetJournal();
    const ignored = { ...moved, options: { ignoreChanges: ["customerSubscriptionId"] } };

    assert.deepEqual(await operationsOf(scene, ignored), ["same"]);
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
    assert.deepEqual(await operationsOf(scene, moved), REPLACED);
  });

  it("deleteBeforeReplace: a move removes first and ends with the new mapping, a replacement on request with the same", async () => {
    const options = { deleteBeforeReplace: true };
    scene = await createScene({ registered: [{ ...row, options }] });
    assert.deepEqual(await operationsOf(scene, { ...moved, options }), [...REPLACED].reverse());
    assert.deepEqual(scene.live(), { [second]: tenantId });

    const [urn = ""] = await scene.urns();
    scene.azure.resetJournal();
    succeeded(await scene.stack.up("--replace", urn));
    assert.deepEqual(scene.live(), { [second]: tenantId });
    assert.equal(scene.sent("DELETE"), 0);
  });

  it("deleteBeforeReplace: a replacement on request that fails leaves the mapping held, so that destroy removes it", async () => {
    scene = await createScene({ registered: [{ ...row, options: { deleteBeforeReplace: true } }] });
    const [urn = ""] = await scene.urns();
    scene.azure.addFault({ match: { operation: "CustomerSubscriptions_List" }, what: { status: 403 } });
    failed(await scene.stack.up("--replace", urn), "CSP_NOT_AUTHORIZED");
    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);

    scene.azure.clearFaults();
    succeeded(await scene.stack.destroy());
    assert.deepEqual(scene.live(), {});
  });

  it("replaceOnChanges has no effect: a new tenant changes the mapping in place, and nothing is removed", async () => {
    const [next, last] = [customer(1).tenantId, customer(2).tenantId];
    scene = await createScene({ registered: [row] });
    for (const [now, replaceOnChanges] of [
      [next, ["tenantId"]],
      [last, ["*"]],
    ] as const) {
      scene.azure.facts.setSubscription(first, { tenantId: now });

      assert.deepEqual(await operationsOf(scene, { ...row, tenantId: now, options: { replaceOnChanges } }), ["update"]);
      assert.deepEqual(scene.live(), { [first]: now });
      assert.deepEqual(await scene.held(), [first]);
    }
    assert.equal(scene.sent("DELETE"), 0);
  });

  it("state delete: the next run adopts the mapping without writing", async () => {
    scene = await createScene({ registered: [row] });
    const [urn = ""] = await scene.urns();
    succeeded(await scene.stack.run(["state", "delete", "--yes", urn]));
    scene.azure.resetJournal();
    succeeded(await scene.stack.up());

    assert.deepEqual(await scene.held(), [first]);
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
  });

  it("retainUntil: destroy is refused, and a move before its first write", async () => {
    const retainUntil = "2999-12-31";
    scene = await createScene({ registered: [{ ...row, retainUntil }] });
    scene.azure.resetJournal();
    failed(await scene.stack.destroy(), "CSP_RETAINED", first, retainUntil);
    await scene.declare({ ...moved, retainUntil });
    failed(await scene.stack.up(), "CSP_RETAINED", first, retainUntil);

    assert.deepEqual(scene.live(), { [first]: tenantId });
    assert.deepEqual(await scene.held(), [first]);
    assert.equal(scene.sent("PUT") + scene.sent("DELETE"), 0);
  });

  it("up --target on the old name of a renamed row removes the mapping, and the next run restores it", async () => {
    scene = await createScene({ registered: [row] });
    const [urn = ""] = await scene.urns();
    await scene.declare({ ...row, name: "renamed" });
    succeeded(await scene.stack.up("--target", urn));
    assert.deepEqual(scene.live(), {});

    succeeded(await scene.stack.up());
    assert.deepEqual(scene.live(), { [first]: tenantId });
  });
});
