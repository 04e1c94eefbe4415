import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { version as sdk } from "@pulumi/pulumi/version.js";
import { refusesLookUps } from "../../../../scripts/dev/peers/refusesLookUps.ts";
import { createScene, failed, type Scene, succeeded } from "../support/scene.ts";
import { customer, hubId } from "../support/smallWorld.ts";

const { tenantId, first } = customer(0);
const id = `${hubId}/customerSubscriptions/${first}`;
const lookUp = { name: "lookUp", customerSubscriptionId: first, tenantId, options: { id } };

const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
const cli = execFileSync("pulumi", ["version"], { env, encoding: "utf8" }).trim().replace(/^v/, "");

describe("a row that is only looked up by its id", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await createScene();
  });

  afterEach(() => scene.close());

  if (refusesLookUps({ sdk, cli })) {
    it("is refused with the versions of SDK and CLI, which cannot do it together", async () => {
      scene.pointTo({ customerSubscriptionId: first, tenantId });
      await scene.declare(lookUp);

      failed(await scene.stack.up(), "CSP_LOOKUP_UNSUPPORTED", sdk, cli);
      assert.deepEqual(await scene.held(), []);
    });
  } else {
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
  }
});
