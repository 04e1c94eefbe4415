import assert from "node:assert/strict";
import { firstSync, syncAgain } from "../../support/usage/crashedSync.ts";
import { storeFolders } from "../../support/usage/stores.ts";

const newFolder = storeFolders();

describe("a sync that crashes at every page, change of a file and commit, before and after it,", () => {
  for (const [what, crashCase] of [
    ["is gone on with, loses nothing and doubles nothing", firstSync],
    ["while windows are replaced leaves the old rows or the new ones", syncAgain],
  ] as const) {
    it(what, async () => {
      const steps = await crashCase.steps(newFolder);
      assert.ok(steps > 20, `only ${steps} steps`);
      for (let step = 0; step < steps; step += 1) {
        for (const when of ["before", "after"] as const) await crashCase.tryAt(newFolder(), { step, when });
      }
    }).timeout(600_000);
  }
});
