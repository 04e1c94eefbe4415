import assert from "node:assert/strict";
import { createScene, failed, type Scene, succeeded } from "../support/scene.ts";
import { customer } from "../support/smallWorld.ts";

const { tenantId, first } = customer(0);
const row = { name: "row", customerSubscriptionId: first, tenantId };

/** What docs/guard.md says of protect and retainUntil, command by command. */
describe("a row that is taken out", () => {
  for (const { kept, keeping } of [
    { kept: "protect", keeping: { ...row, options: { protect: true } } },
    { kept: "retainUntil", keeping: { ...row, retainUntil: "2999-12-31" } },
  ]) {
    describe(`and kept by ${kept}`, () => {
      const isProtected = kept === "protect";
      let scene: Scene;
      let urn: string;

      before(async () => {
        scene = await createScene();
        await scene.upWith(keeping);
        [urn = ""] = await scene.urns();
        await scene.declare();
        scene.azure.resetJournal();
      });

      after(() => scene.close());

      afterEach(() => {
        assert.deepEqual(scene.live(), { [first]: tenantId });
        assert.equal(scene.sent("DELETE"), 0);
      });

      it(isProtected ? "stops a preview" : "does not stop a preview", async () => {
        const { code, stdout } = await scene.stack.preview();

        assert.equal(code === 0, !isProtected, stdout);
      });

      for (const args of [["up"], ["up", "--target", "URN"], ["destroy", "--run-program"]]) {
        it(`is not removed by ${args.join(" ")}`, async () => {
          const named = args.map((arg) => (arg === "URN" ? urn : arg));

          const result = await scene.stack.run([...named, "--yes", "--skip-preview"]);

          if (isProtected) assert.notEqual(result.code, 0, result.stdout);
          else failed(result, "CSP_RETAINED", first);
          assert.deepEqual(await scene.held(), [first]);
        });
      }

      it(`${isProtected ? "stays in" : "leaves"} the state, and never Azure, on state delete`, async () => {
        const result = await scene.stack.run(["state", "delete", "--yes", urn]);

        if (isProtected) assert.notEqual(result.code, 0, result.stdout);
        else succeeded(result);
        assert.deepEqual(await scene.held(), isProtected ? [first] : []);
      });
    });
  }
});
