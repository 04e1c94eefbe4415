import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import fc from "fast-check";
import { createListFolder, type ListFolder, runCommand } from "../e2e/commands/runCommand.ts";
import { smallWorld } from "../e2e/dangerous/support/smallWorld.ts";
import { anyRows } from "../e2e/story/anyRows.ts";
import { assertLive, listOf } from "../e2e/story/twoHubs.ts";
import { randomSeed } from "../support/effort.ts";
import { assertSucceeded, writesOf } from "../support/tenantStack.ts";

const LISTS = 13;
const permitted = ["--max-removals", "100%", "--max-moves", "100%"];
const seed = randomSeed();

const lists = fc.sample(anyRows(8), { seed, numRuns: LISTS });

describe(`any list after any other (seed ${seed})`, () => {
  let azure: Emulator;
  let folder: ListFolder;

  before(async () => {
    azure = await createEmulator({ world: smallWorld() });
    folder = await createListFolder(azure);
  });

  after(async () => {
    await folder.remove();
    await azure.close();
  });

  for (const [index, rows] of lists.entries()) {
    it(`is live as declared, by the writes that were planned (${index + 1} of ${LISTS})`, async () => {
      await folder.write("tenants.yaml", listOf(rows));
      const stack = index === 0 ? [] : ["--stack", "test"];
      const planned = await runCommand(folder, "plan", ...stack, ...permitted, "--json");
      assertSucceeded(planned);
      const { counts } = JSON.parse(planned.stdout) as { counts: Readonly<Record<string, number>> };
      azure.resetJournal();

      assertSucceeded(await runCommand(folder, "reconcile", "--yes", "--stack", "test", ...permitted));

      assertLive(azure, rows);
      const written = writesOf(azure).filter((write) => write.startsWith("PUT"));
      assert.equal(written.length, (counts.onboard ?? 0) + (counts.move ?? 0));
    });
  }
});
