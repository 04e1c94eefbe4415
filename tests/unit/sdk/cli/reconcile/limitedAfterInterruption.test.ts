import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { reconcileStack } from "../../../../../sdk/nodejs/src/cli/reconcile/reconcileStack.ts";
import { journalOf } from "../../../../../sdk/nodejs/src/cli/stacks/interrupted/journal.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../support/standInForPulumi.ts";
import { createWorld, mapping } from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { customersIn, write } from "./customers.ts";
import { createReconcileJob } from "./reconcileJob.ts";

if (process.platform !== "win32") {
  describe("reconcileStack, limited to some registrations", () => {
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await pulumi.put("test", []);
    });

    afterEach(() => pulumi.remove());

    for (const limit of [
      { keys: [], keepsGoing: false },
      { keys: undefined, keepsGoing: true },
    ]) {
      const what = limit.keepsGoing ? "may come to leave alone" : "is not about";
      it(`takes in what an interrupted run wrote on a registration that this one ${what}`, async () => {
        await journalOf({ path: pulumi.runs }, "test").write([write(1)]);
        const job = createReconcileJob(pulumi, { client: createWorld([mapping(1, 1)]), declared: [1] });

        await reconcileStack({ ...job, limit: { ...limit, openRun: () => job.run } }, async () => []);

        assert.deepEqual(customersIn(await pulumi.resources("test")), [1]);
        assert.deepEqual(job.operations, ["preview"]);
        assert.deepEqual(await readdir(pulumi.runs), []);
      });
    }
  });
}
