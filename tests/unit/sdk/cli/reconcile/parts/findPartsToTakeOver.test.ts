import assert from "node:assert/strict";
import { findPartsToTakeOver } from "../../../../../../sdk/nodejs/src/cli/reconcile/parts/findPartsToTakeOver.ts";
import { journalOf } from "../../../../../../sdk/nodejs/src/cli/stacks/interrupted/journal.ts";
import { PART_MARK } from "../../../../../../sdk/nodejs/src/cli/stacks/partMark.ts";
import { exportStack } from "../../../../../../sdk/nodejs/src/cli/stacks/state/stackState.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../../support/standInForPulumi.ts";
import { createWorld, mapping, tenant } from "../../../../provider/lifecycle/customerSubscription/harness.ts";
import { resource, write } from "../customers.ts";
import { createReconcileJob } from "../reconcileJob.ts";

if (process.platform !== "win32") {
  describe("findPartsToTakeOver", () => {
    const mark = { urn: `urn:pulumi:test.paris::shop::${PART_MARK}::test`, custom: false, type: PART_MARK };
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await pulumi.put("test", []);
    });

    afterEach(() => pulumi.remove());

    async function find(...declared: readonly number[]) {
      const client = createWorld([mapping(1, 1), mapping(2, 2)]);
      const state = await exportStack(pulumi.project, "test");
      const parts = await findPartsToTakeOver(createReconcileJob(pulumi, { client, declared }), state);
      return parts.map(({ stack, managed }) => [stack, ...managed.map(({ tenantId }) => tenantId)]);
    }

    it("finds the stacks of single registrations that hold something, and no others", async () => {
      await pulumi.put("test.paris", [mark, resource(1)]);
      await pulumi.put("test.lyon", [mark]);
      await pulumi.put("test.own", [resource(7)]);

      assert.deepEqual(await find(1), [["test.paris", tenant(1)]]);
    });

    it("finds with them what their own interrupted runs left, declared or not", async () => {
      await pulumi.put("test.paris", [mark, resource(1)]);
      await journalOf({ path: pulumi.runs }, "test.paris").write([write(2)]);

      assert.deepEqual(await find(1, 2), [["test.paris", tenant(1), tenant(2)]]);
    });

    it("refuses to take away what another stack manages as well, of another project too", async () => {
      for (const holder of ["other", "organization/elsewhere/test"]) {
        await pulumi.put("test", [resource(1), resource(2)]);
        await pulumi.put(holder, [resource(2)]);

        await assert.rejects(find(1), {
          code: "CSP_RECONCILE_MANAGED_TWICE",
          message: new RegExp(`"${holder}".*"test"`),
        });

        await pulumi.put(holder, []);
      }
    });

    it("reads no other stack where nothing is taken away", async () => {
      await pulumi.put("test", [resource(1)]);
      await pulumi.put("other", [resource(1)]);

      await find(1);

      assert.deepEqual(
        (await pulumi.commands()).filter((command) => command.startsWith("stack export")),
        ["stack export --stack test --non-interactive"],
      );
    });

    it("refuses what a stack holds that is none of them", async () => {
      await pulumi.put("other", [resource(2)]);

      await assert.rejects(find(1, 2), { code: "CSP_RECONCILE_HELD_ELSEWHERE", message: /"other" manages 1 / });
    });
  });
}
