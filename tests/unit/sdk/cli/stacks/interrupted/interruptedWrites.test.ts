import assert from "node:assert/strict";
import { join } from "node:path";
import { interruptedWrites } from "../../../../../../sdk/nodejs/src/cli/stacks/interrupted/interruptedWrites.ts";
import { journalOf } from "../../../../../../sdk/nodejs/src/cli/stacks/interrupted/journal.ts";
import { openStack } from "../../../../../../sdk/nodejs/src/cli/stacks/stack.ts";
import { openHostJournal } from "../../../../../../sdk/nodejs/src/journal/hostJournal.ts";
import type { ProcessIdentity } from "../../../../../../sdk/nodejs/src/processes/machine.ts";
import { thisMachine } from "../../../../../../sdk/nodejs/src/processes/machine.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../../support/standInForPulumi.ts";
import { write } from "../../reconcile/customers.ts";

if (process.platform !== "win32") {
  describe("interruptedWrites", () => {
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
    });

    afterEach(() => pulumi.remove());

    const DEAD = { startTime: "1" };

    async function note(numbers: readonly number[], process: Partial<ProcessIdentity>, endedAt?: string) {
      const self = { ...thisMachine().self, ...process };
      const journal = await openHostJournal(join(pulumi.runs, "test.hosts"), { self });
      for (const n of numbers) await journal.add(write(n));
      if (endedAt) journal.end(new Date(endedAt));
    }

    async function found(savedAt?: string) {
      const manifest = savedAt ? { manifest: { time: savedAt } } : {};
      const state = { stack: "test", managed: [], deployment: { resources: [], ...manifest } };
      const writes = await interruptedWrites(openStack(pulumi.project, "test"), state);
      return writes.map((each) => [1, 2, 3].find((n) => each.id === write(n).id));
    }

    it("are what hosts have noted that ended, each once, together with what the journal holds", async () => {
      await journalOf({ path: pulumi.runs }, "test").write([write(1)]);
      await note([1, 2], DEAD);

      assert.deepEqual(await found(), [1, 2]);
    });

    it("are not what a host that lives is about to write, and are what one of another machine has noted", async () => {
      await note([1], {});
      await note([2], { host: "elsewhere.invalid" });

      assert.deepEqual(await found(), [2]);
    });

    it("are not what an engine wrote down after its host had ended, and are it as long as it has not", async () => {
      await note([1], DEAD, "2026-01-02T03:04:05Z");

      assert.deepEqual(await found("2026-01-02T03:04:06Z"), []);
      assert.deepEqual(await found("2026-01-02T03:04:04Z"), [1]);
      assert.deepEqual(await found(), [1]);
    });
  });
}
