import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { settleLocked, settleStack } from "../../../../../../sdk/nodejs/src/cli/reconcile/interrupted/settleStack.ts";
import { journalOf } from "../../../../../../sdk/nodejs/src/cli/stacks/interrupted/journal.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../../support/standInForPulumi.ts";
import { createWorld, mapping, writes } from "../../../../provider/lifecycle/customerSubscription/harness.ts";
import { customersIn, listOf, resource, write } from "../customers.ts";
import { createReconcileJob } from "../reconcileJob.ts";

if (process.platform !== "win32") {
  describe("settleStack", () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await pulumi.put("test", [resource(1)]);
    });

    afterEach(() => pulumi.remove());

    /** Settles the stack `test` for a list of these customers. */
    async function settle(...declared: readonly number[]) {
      const job = createReconcileJob(pulumi, { client, declared });
      const { state, interrupted } = await settleStack(job, { stack: job.stack, list: listOf(...declared) });
      return { managed: state.managed.length, interrupted, said: job.terminal.said.join("\n") };
    }
    const held = async () => customersIn(await pulumi.resources("test"));
    const leave = (...numbers: readonly number[]) =>
      journalOf({ path: pulumi.runs }, "test").write(numbers.map((n) => write(n)));

    it("takes in what an interrupted run wrote and nobody declares any more, says so, and sends no write", async () => {
      await leave(2, 3);

      const { managed, interrupted, said } = await settle(1);

      assert.equal(managed, 2);
      assert.deepEqual(interrupted, [write(2), write(3)]);
      assert.match(said, /left 1 mappings that are live; stack test manages them now/);
      assert.deepEqual(await held(), [1, 2]);
      assert.deepEqual(writes(client), []);
    });

    it("leaves to the run what is declared still", async () => {
      await leave(2);

      assert.deepEqual((await settle(1, 2)).interrupted, [write(2)]);

      assert.deepEqual(await pulumi.imports(), []);
    });

    it("leaves with another stack what that one holds by now, and says so", async () => {
      await leave(2);
      await pulumi.put("other", [resource(2, { stack: "other" })]);

      const { said } = await settle(1);

      assert.match(said, /belongs to stack other by now, and stays there/);
      assert.deepEqual(await pulumi.imports(), []);
    });

    it("knows from the state what was under way where no journal is found", async () => {
      const pending = { type: "creating", resource: { ...resource(2), id: "" } };
      await pulumi.put("test", [resource(1)], { pending_operations: [pending] });

      await settle(1);

      assert.deepEqual(await held(), [1, 2]);
    });

    it("takes a stack that nobody made for an empty one only where it may be missing", async () => {
      const job = createReconcileJob(pulumi, { client, declared: [] });
      const request = { stack: job.stack.sibling("unheard-of"), list: listOf() };

      await assert.rejects(settleStack(job, request), { code: "CSP_COMMAND_STACK_UNKNOWN" });

      const { state, isMissing } = await settleStack(job, { ...request, mayBeMissing: true });
      assert.equal(isMissing, true);
      assert.deepEqual(state, { stack: "unheard-of", managed: [], deployment: { resources: [] } });
    });

    it("takes in all that was written, declared or not, where another stack is to get it, under the stack's lock", async () => {
      await leave(2);

      const job = createReconcileJob(pulumi, { client, declared: [1, 2] });

      const { managed } = await settleLocked(job, { stack: job.stack });

      assert.equal(managed.length, 2);
      assert.deepEqual(await readdir(pulumi.runs), ["test.journal.jsonl"]);
    });
  });
}
