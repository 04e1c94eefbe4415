import assert from "node:assert/strict";
import { delmas, garance, horizon } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { assertLive, assertSucceeded } from "../../support/tenantStack.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { reconcile, startAtTerminal, startReconcile } from "./support/reconcileCommand.ts";

const interrupted = 130;

describe("a reconcile that is interrupted", () => {
  let azure: HoldingEmulator;
  let place: ListFolder;

  beforeEach(async () => {
    azure = await createHoldingEmulator();
    place = await createListFolder(azure, [delmas, garance, horizon]);
  });

  afterEach(async () => {
    azure.release();
    await place.remove();
    await azure.close();
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`by ${signal} winds up what is under way, and the next run completes the list`, async () => {
      const reached = azure.hold({ match: { method: "PUT" }, nth: 2 });
      const running = startReconcile(place, "--stack", "test");
      await reached;

      running.kill(signal);
      azure.release();

      const { code, stdout, stderr } = await running.result;
      assert.equal(code, interrupted, `${stdout}${stderr}`);
      assert.match(stderr, /^After \d+ s: \d registered or adopted/m);
      // What the engine did not come to is in a file, and no row is blamed for it.
      assert.doesNotMatch(stderr, /urn:pulumi/);
      assertSucceeded(await reconcile(place, "--stack", "test"));
      assertLive(azure, [delmas, garance, horizon]);
    });
  }

  it("by Ctrl-C at a terminal winds up what is under way, and the next run completes the list", async () => {
    const reached = azure.hold({ match: { method: "PUT" }, nth: 2 });
    const running = startAtTerminal(place, "--yes", "--stack", "test");
    await Promise.race([reached, running.result.then(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`))]);

    running.press("\u0003");
    azure.release();

    const { code, stdout, stderr } = await running.result;
    assert.equal(code, interrupted, `${stdout}${stderr}`);
    assertSucceeded(await reconcile(place, "--stack", "test"));
    assertLive(azure, [delmas, garance, horizon]);
  });

  it("before its first write has changed nothing", async () => {
    const reached = azure.hold({ match: { operation: "CustomerSubscriptions_List" } });
    const running = startReconcile(place, "--stack", "test");
    await reached;

    running.kill("SIGINT");
    azure.release();

    assert.equal((await running.result).code, interrupted);
    assertLive(azure, []);
  });
});
