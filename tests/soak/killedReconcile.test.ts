import assert from "node:assert/strict";
import { createListFolder, type ListFolder } from "../e2e/reconcile/support/listFolder.ts";
import { reconcile, startReconcile } from "../e2e/reconcile/support/reconcileCommand.ts";
import { createHoldingEmulator, type HoldingEmulator } from "../support/heldRequest.ts";
import { assertLive, assertSucceeded, type Row, writesOf } from "../support/tenantStack.ts";
import { killAtEach, listBefore, listWanted, places } from "./killAtEach.ts";

const permitted = ["--stack", "test", "--max-removals", "100%", "--max-moves", "100%"];

/** What a killed run leaves has to be taken care of, be its rows still in the list or not. */
const nextLists: readonly { readonly title: string; readonly next: readonly Row[] }[] = [
  { title: "the same list", next: listWanted },
  { title: "a list without what it added", next: listBefore.filter((row) => listWanted.includes(row)) },
];

/** The state written once at the end of a run, and twice for each resource. */
const settings = [
  { setting: "its state written once", env: {} },
  { setting: "checkpoints", env: { PULUMI_SKIP_CHECKPOINTS: "false" } },
];

for (const { setting, env } of settings) {
  describe(`a reconcile with ${setting}`, () => {
    let azure: HoldingEmulator;
    let list: ListFolder;

    before(async () => {
      azure = await createHoldingEmulator();
      list = await createListFolder(azure, listBefore);
    });

    after(async () => {
      azure.release();
      await list.remove();
      await azure.close();
    });

    for (const { place, rule } of places) {
      for (const { title, next } of nextLists) {
        it(`killed at ${place}, is completed by the next one of ${title}`, async () => {
          await killAtEach({
            azure,
            rule,
            prepare: async () => {
              await apply(listBefore);
              await list.declare(listWanted);
            },
            start: () => startReconcile(placeOf(), ...permitted),
            recover: async () => {
              await apply(next);
              azure.resetJournal();
              assertSucceeded(await reconcile(placeOf(), ...permitted));
              assert.deepEqual(writesOf(azure), []);
            },
          });
        });
      }
    }

    function placeOf() {
      return { folder: list.folder, env: { ...list.env, ...env } };
    }

    async function apply(rows: readonly Row[]): Promise<void> {
      await list.declare(rows);
      assertSucceeded(await reconcile(placeOf(), ...permitted));
      assertLive(azure, rows);
    }
  });
}
