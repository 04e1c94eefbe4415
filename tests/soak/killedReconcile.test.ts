import assert from "node:assert/strict";
import type { FaultPlace } from "@azurestack-csp/emulator";
import { createListFolder, type ListFolder } from "../e2e/reconcile/support/listFolder.ts";
import { type CommandPlace, reconcile, startReconcile } from "../e2e/reconcile/support/reconcileCommand.ts";
import { delmas, garance, grenoble, grenobleSecond, horizon, marchal } from "../support/customers.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../support/heldRequest.ts";
import { killTree } from "../support/killTree.ts";
import { assertLive, assertSucceeded, type Row, writesOf } from "../support/tenantStack.ts";

const permitted = ["--stack", "test", "--max-removals", "100%", "--max-moves", "100%"];

/** Two lists, between which customers come, go and move; and one that has none of what either adds. */
const one: readonly Row[] = [delmas, grenoble, marchal];
const other: readonly Row[] = [grenobleSecond, marchal, garance, horizon];
const rest: readonly Row[] = [marchal];

/** The state written once at the end of a run, and twice for each resource. */
const settings = [
  { title: "its state written once", env: {} },
  { title: "checkpoints", env: { PULUMI_SKIP_CHECKPOINTS: "false" } },
];

for (const { title, env } of settings) {
  for (const when of ["before", "afterCommit"] as const) {
    describe(`a reconcile with ${title}, killed at each of its requests (${when})`, () => {
      let azure: HoldingEmulator;
      let list: ListFolder;
      let place: CommandPlace;

      before(async () => {
        azure = await createHoldingEmulator();
        list = await createListFolder(azure, one);
        place = { folder: list.folder, env: { ...list.env, ...env } };
      });

      after(async () => {
        azure.release();
        await list.remove();
        await azure.close();
      });

      it("is completed by the next run of the same list", async () => {
        await killAtEach(async (target) => await apply(target));
      });

      it("leaves nothing live and unmanaged when rows are taken out before the next run", async () => {
        await killAtEach(async () => await apply(rest));
      });

      /** Kills a run from one list to the other at its first request, at its second, and so on to its last. */
      async function killAtEach(recover: (target: readonly Row[]) => Promise<void>): Promise<void> {
        for (let nth = 1, isReached = true; isReached; nth += 1) {
          await apply(one);
          await list.declare(other);
          isReached = await killAt(nth, when);
          await recover(other);
        }
      }

      /** Gives back whether the run came that far. */
      async function killAt(nth: number, place: FaultPlace): Promise<boolean> {
        const reached = azure.hold({ match: { path: "/Microsoft.AzureStack/" }, nth, when: place });
        const running = startReconcile({ folder: list.folder, env: { ...list.env, ...env } }, ...permitted);
        const isReached = await Promise.race([reached.then(() => true), running.result.then(() => false)]);
        if (isReached) killTree(running.pid);
        const result = await running.result;
        azure.release();
        if (!isReached) assertSucceeded(result);
        return isReached;
      }

      async function apply(rows: readonly Row[]): Promise<void> {
        await list.declare(rows);
        assertSucceeded(await reconcile(place, ...permitted));
        assertLive(azure, rows);
        azure.resetJournal();
        assertSucceeded(await reconcile(place, ...permitted));
        assert.deepEqual(writesOf(azure), []);
      }
    });
  }
}
