import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isProviderError } from "@azurestack-csp/provider";
import type { ReconcileJob } from "../../../../../../sdk/nodejs/src/cli/reconcile/job.ts";
import type { PartOutcome } from "../../../../../../sdk/nodejs/src/cli/reconcile/parts/reconcilePart.ts";
import { reconcileParts } from "../../../../../../sdk/nodejs/src/cli/reconcile/parts/reconcileParts.ts";
import { journalOf } from "../../../../../../sdk/nodejs/src/cli/stacks/interrupted/journal.ts";
import { PART_MARK } from "../../../../../../sdk/nodejs/src/cli/stacks/partMark.ts";
import type { StateResource } from "../../../../../../sdk/nodejs/src/cli/stacks/state/deployment.ts";
import type { MemoryRegistrationsClient } from "../../../../../support/memory/memoryRegistrationsClient.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../../support/standInForPulumi.ts";
import {
  armIdOf,
  createWorld,
  lyon,
  mapping,
  notAuthorized,
} from "../../../../provider/lifecycle/customerSubscription/harness.ts";
import { customersIn, resource, write } from "../customers.ts";
import { createReconcileJob, type TestJobOptions } from "../reconcileJob.ts";

/** Marks the stack of Paris as made for the list of the stack `test`. */
const mark: StateResource = { urn: `urn:pulumi:test.paris::shop::${PART_MARK}::test`, custom: false, type: PART_MARK };

/** What became of each part: the code of its error. */
function codesOf(outcomes: readonly PartOutcome[]): readonly (readonly [string, string])[] {
  return outcomes.map((outcome) => {
    const error = "error" in outcome ? outcome.error : undefined;
    return [outcome.stack, isProviderError(error) ? error.code : "none"];
  });
}

if (process.platform !== "win32") {
  describe("reconcileParts", () => {
    let client: MemoryRegistrationsClient;
    const paris = (n: number) => resource(n, { stack: "test.paris" });
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      client = createWorld([mapping(1, 1), mapping(2, 2)]);
    });

    afterEach(async () => {
      await pulumi.remove();
    });

    const reconcile = ({ declared, ...more }: Pick<TestJobOptions, "declared"> & Partial<TestJobOptions>) =>
      reconcileParts({ ...createReconcileJob(pulumi, { client, declared, ...more }), keys: [] });
    const spoilJournal = (stack: string) => writeFile(join(pulumi.runs, `${stack}.journal.jsonl`), "tenants:\n");

    it("hands nothing over to a part whose killed run could not be settled, and leaves every state as it is", async () => {
      await pulumi.put("test", [resource(1)]);
      await pulumi.put("test.paris", [mark, paris(2)]);
      await spoilJournal("test.paris");

      await assert.rejects(reconcile({ declared: [1, 2] }), { code: "CSP_RECONCILE_JOURNAL_UNREADABLE" });

      assert.deepEqual(await pulumi.imports(), []);
    });

    it("leaves a part alone whose killed run could not be settled, even where it could be by now", async () => {
      await pulumi.put("test.paris", [mark, paris(1)]);
      await journalOf({ path: pulumi.runs }, "test.paris").write([write(2)]);
      client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });

      const outcomes = await reconcile({ declared: [1] });

      assert.deepEqual(codesOf(outcomes), [["test.paris", "CSP_NOT_AUTHORIZED"]]);
      assert.deepEqual(await pulumi.imports(), []);
    });

    it("adopts nothing that a part holds which could not be settled, so that no two stacks hold it", async () => {
      const old = { ...mark, urn: mark.urn.replace("test.paris", "test.old") };
      await pulumi.put("test.old", [old, resource(1, { stack: "test.old" })]);
      await pulumi.put("test.paris", [mark]);
      await spoilJournal("test.old");

      const outcomes = await reconcile({ declared: [1] });

      assert.deepEqual(codesOf(outcomes), [
        ["test.paris", "CSP_RECONCILE_HELD_ELSEWHERE"],
        ["test.old", "CSP_RECONCILE_JOURNAL_UNREADABLE"],
      ]);
      assert.deepEqual(await pulumi.imports(), []);
    });

    it("stops where the one stack of earlier could not be settled, whose mappings would be held twice", async () => {
      await pulumi.put("test", [resource(1)]);
      await pulumi.put("test.paris", [mark]);
      await spoilJournal("test");

      await assert.rejects(reconcile({ declared: [1] }), { code: "CSP_RECONCILE_JOURNAL_UNREADABLE" });

      assert.deepEqual(await pulumi.imports(), []);
    });

    it("judges all stacks together, before any of them is changed", async () => {
      await pulumi.put("test", [resource(1)]);
      await pulumi.put("test.paris", [mark, paris(2)]);
      const limits = { maxRemovals: { count: 1 }, maxMoves: { count: 0 } };

      await assert.rejects(reconcile({ declared: [], limits }), /\[CSP_GUARD_REMOVALS\] 2 of 2 /);

      assert.deepEqual(await pulumi.imports(), []);
    });

    it("lets go, with what was judged, the stack of a registration that has left the list", async () => {
      const gone = { ...mark, urn: mark.urn.replace("test.paris", "test.lyon") };
      await pulumi.put("test.paris", [mark]);
      await pulumi.put("test.lyon", [gone, resource(2, { stack: "test.lyon", id: armIdOf(2, lyon) })]);

      const outcomes = await reconcile({ declared: [] });

      // The stand-in has no engine: who came to the preview was let pass by every guard before it.
      assert.deepEqual(codesOf(outcomes), [
        ["test.paris", "CSP_COMMAND_PULUMI_FAILED"],
        ["test.lyon", "CSP_COMMAND_PULUMI_FAILED"],
      ]);
    });

    it("takes nothing away that a stack of another project manages as well", async () => {
      await pulumi.put("test.paris", [mark, paris(1), paris(2)]);
      await pulumi.put("organization/elsewhere/test", [resource(2)]);

      const outcomes = await reconcile({ declared: [1] });

      assert.deepEqual(codesOf(outcomes), [["test.paris", "CSP_RECONCILE_MANAGED_TWICE"]]);
      assert.deepEqual(await pulumi.imports(), []);
    });

    it("asks once, before any state is changed, and shows what goes from one to another", async () => {
      await pulumi.put("test", [resource(1)]);
      const asked: unknown[] = [];
      const confirm: ReconcileJob["confirm"] = async (stack, { counts }, _steps, handOvers) => {
        asked.push([stack, counts.unchanged, handOvers]);
        throw new Error("no");
      };

      await assert.rejects(reconcile({ declared: [1], confirm, asks: true }), /no/);

      assert.deepEqual(asked, [["test", 1, [{ from: "test", to: "test.paris", count: 1 }]]]);
      assert.deepEqual(await pulumi.imports(), []);
      assert.deepEqual(
        (await pulumi.project.workspace.listStacks()).map(({ name }) => name),
        ["test"],
      );
    });

    it("uses no stack that only has a part's name and holds somebody's resources", async () => {
      await pulumi.put("test.paris", [paris(1)]);

      await assert.rejects(reconcile({ declared: [1] }), { code: "CSP_RECONCILE_STACK_TAKEN" });

      assert.deepEqual(await pulumi.imports(), []);
    });

    it("splits a stack that holds another provider's mapping, which stays where it is", async () => {
      const type = "azure-native:azurestack:CustomerSubscription";
      const theirs = { urn: `urn:pulumi:test::shop::${type}::two`, type, custom: true, id: armIdOf(2, lyon) };
      await pulumi.put("test", [resource(1), theirs]);
      await pulumi.put("test.paris", [mark]);

      await reconcile({ declared: [1] });

      assert.deepEqual(await pulumi.resources("test"), [theirs]);
      assert.deepEqual(customersIn(await pulumi.resources("test.paris")), [1]);
    });

    it("splits no stack that holds what no part takes, which nobody would remove", async () => {
      const elsewhere = resource(2, { id: armIdOf(2, lyon) });
      await pulumi.put("test", [resource(1), elsewhere]);

      await assert.rejects(reconcile({ declared: [1] }), { code: "CSP_RECONCILE_STACK_NOT_SPLIT" });

      assert.deepEqual(await pulumi.imports(), []);
    });
  });
}
