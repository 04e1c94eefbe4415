import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import fc from "fast-check";
import { createListFolder, type ListFolder, runCommand } from "../e2e/commands/runCommand.ts";
import { customer, smallWorld } from "../e2e/dangerous/support/smallWorld.ts";
import { assertLive, listOf, type Row, type Rows } from "../e2e/story/twoHubs.ts";
import { randomSeed } from "../support/effort.ts";
import { assertSucceeded, writesOf } from "../support/tenantStack.ts";

const LISTS = 13;
const permitted = ["--yes", "--stack", "test", "--max-removals", "100%", "--max-moves", "100%"];
const seed = randomSeed();

/** Which of a customer's two subscriptions is used on a Hub, if any. */
const use = fc.constantFrom(undefined, "first" as const, "second" as const);

const lists = fc.sample(fc.array(fc.tuple(use, use), { minLength: 8, maxLength: 8 }), { seed, numRuns: LISTS });

function rowsOf(uses: (typeof lists)[number]): Rows {
  const rows = uses.map(([hub, other], number): readonly [number, Row] => {
    const sold = customer(number);
    return [number, { ...(hub ? { hub: sold[hub] } : {}), ...(other ? { other: sold[other] } : {}) }];
  });
  return new Map(rows.filter(([, row]) => Object.keys(row).length > 0));
}

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

  for (const [index, uses] of lists.entries()) {
    it(`is live as declared, by the writes that were planned (${index + 1} of ${LISTS})`, async () => {
      const rows = rowsOf(uses);
      await folder.write("tenants.yaml", listOf(rows));
      const stack = index === 0 ? [] : ["--stack", "test"];
      const planned = await runCommand(folder, "plan", ...stack, "--json");
      assertSucceeded(planned);
      const { counts } = JSON.parse(planned.stdout) as { counts: Readonly<Record<string, number>> };
      azure.resetJournal();

      assertSucceeded(await runCommand(folder, "reconcile", ...permitted));

      assertLive(azure, rows);
      const written = writesOf(azure).filter((write) => write.startsWith("PUT"));
      assert.equal(written.length, (counts.onboard ?? 0) + (counts.move ?? 0));
    });
  }
});
