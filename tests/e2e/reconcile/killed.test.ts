import assert from "node:assert/strict";
import type { FaultRule } from "@azurestack-csp/emulator";
import { delmas, garance, grenoble, grenobleSecond, horizon, marchal } from "../../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../../support/heldRequest.ts";
import { killTree } from "../../support/killTree.ts";
import { assertLive, assertSucceeded, writesOf } from "../../support/tenantStack.ts";
import { createListFolder, type ListFolder } from "./support/listFolder.ts";
import { type CommandPlace, reconcile, startReconcile } from "./support/reconcileCommand.ts";

/** Where a run is when it is killed. */
const moments: readonly { readonly title: string; readonly rule: Omit<FaultRule, "what"> }[] = [
  { title: "before its first write", rule: { match: { method: "PUT" }, when: "before" } },
  {
    title: "when its first write is carried out and not answered",
    rule: { match: { method: "PUT" }, when: "afterCommit" },
  },
  { title: "among its writes", rule: { match: { method: "PUT" }, nth: 2, when: "afterCommit" } },
  { title: "while it verifies", rule: { match: { operation: "CustomerSubscriptions_List" }, nth: 3, when: "before" } },
];

const removals: readonly { readonly title: string; readonly rule: Omit<FaultRule, "what"> }[] = [
  { title: "before its first removal", rule: { match: { method: "DELETE" }, when: "before" } },
  {
    title: "when a removal is carried out and not answered",
    rule: { match: { method: "DELETE" }, when: "afterCommit" },
  },
];

/** The state written once at the end of a run, and twice for each resource. */
const settings = [
  { title: "its state written once", env: {} },
  { title: "checkpoints", env: { PULUMI_SKIP_CHECKPOINTS: "false" } },
];

for (const { title: setting, env } of settings) {
  describe(`a reconcile with ${setting}, killed`, () => {
    let azure: HoldingEmulator;
    let list: ListFolder;
    let place: CommandPlace;

    beforeEach(async () => {
      azure = await createHoldingEmulator();
      list = await createListFolder(azure, [delmas, garance]);
      place = { folder: list.folder, env: { ...list.env, ...env } };
    });

    afterEach(async () => {
      azure.release();
      await list.remove();
      await azure.close();
    });

    for (const { title, rule } of moments) {
      it(`${title}, leaves nothing live and unmanaged when a row is taken out before the next run`, async () => {
        await kill(rule);
        await list.declare([garance, horizon]);

        assertSucceeded(await reconcile(place, "--stack", "test"));

        assertLive(azure, [garance, horizon]);
        await assertSettled();
      });
    }

    for (const { title, rule } of removals) {
      it(`${title}, is completed by the next run, and by one whose list has the row again`, async () => {
        await list.declare([delmas, garance, horizon, marchal]);
        assertSucceeded(await reconcile(place, "--stack", "test"));
        await list.declare([delmas, garance, horizon]);
        await kill(rule);
        await list.declare([delmas, garance, horizon, marchal]);

        assertSucceeded(await reconcile(place, "--stack", "test"));

        assertLive(azure, [delmas, garance, horizon, marchal]);
        await assertSettled();
      });
    }

    it("when a move is carried out and not answered, leaves nothing behind when the row is taken out", async () => {
      await list.declare([grenoble, garance]);
      assertSucceeded(await reconcile(place, "--stack", "test"));
      await list.declare([grenobleSecond, garance]);
      await kill({ match: { method: "PUT" }, when: "afterCommit" });
      await list.declare([garance]);

      assertSucceeded(await reconcile(place, "--stack", "test"));

      assertLive(azure, [garance]);
      await assertSettled();
    });

    it("twice, still knows what the first run wrote", async () => {
      await kill({ match: { method: "PUT" }, when: "afterCommit" });
      await kill({ match: { operation: "CustomerSubscriptions_Get" }, when: "before" });
      await list.declare([garance, horizon]);

      assertSucceeded(await reconcile(place, "--stack", "test"));

      assertLive(azure, [garance, horizon]);
      await assertSettled();
    });

    async function kill(rule: Omit<FaultRule, "what">): Promise<void> {
      const reached = azure.hold(rule);
      const running = startReconcile(place, "--stack", "test");
      await Promise.race([reached, running.result.then(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`))]);
      killTree(running.pid);
      await running.result;
      azure.release();
    }

    async function assertSettled(): Promise<void> {
      azure.resetJournal();
      assertSucceeded(await reconcile(place, "--stack", "test"));
      assert.deepEqual(writesOf(azure), []);
    }
  });
}
