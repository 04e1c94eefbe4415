import assert from "node:assert/strict";
import { parseTenantList, type RegistrationId } from "@azurestack-csp/provider";
import { limitJob, refuseOutside } from "../../../../../sdk/nodejs/src/cli/reconcile/limitJob.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../support/standInForPulumi.ts";
import {
  createWorld,
  idOf,
  lyon,
  paris,
  subscription,
  tenant,
} from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { managed, step } from "./customers.ts";
import { createReconcileJob } from "./reconcileJob.ts";

if (process.platform !== "win32") {
  describe("limitJob", () => {
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
    });

    afterEach(() => pulumi.remove());

    const code = "CSP_RECONCILE_NOT_LIMITED";
    /** Customer 1 is managed on Paris, where a run is limited to Lyon. */
    const limited = (keys: readonly string[] = ["lyon"]) => {
      const job = createReconcileJob(pulumi, { client: createWorld(), declared: [] });
      const tenants = [
        {
          name: "Customer 2",
          tenantId: tenant(2),
          customerSubscriptionId: subscription(2),
          registrations: ["lyon"],
        },
      ];
      const text = JSON.stringify({ registrations: { paris, lyon } satisfies Record<string, RegistrationId>, tenants });
      const list = parseTenantList([{ file: "tenants.json", text }]).list ?? assert.fail();
      return { ...job, list, limit: { keys, keepsGoing: false, openRun: () => job.run } };
    };

    it("refuses what no list declares as the state has it, before anything is judged", () => {
      assert.throws(() => limitJob(limited(), [managed(1, { isProtected: true })]), { code });
      assert.throws(() => limitJob(limited(), [managed(1, { isPendingDelete: true })]), { code });
      assert.equal(limitJob(limited(["paris"]), [managed(1, { isProtected: true })]).scope?.unkept.length, 0);
    });

    it("refuses a preview that changes what the run is not about, and no other", () => {
      const held = [managed(1)];
      const job = limitJob(limited(), held);
      const judge = (op: string, n: number) =>
        refuseOutside(job, { managed: held, preview: { steps: [step(op, n)], changes: {} } });

      for (const op of ["update", "delete", "replace"]) assert.throws(() => judge(op, 1), { code });
      judge("same", 1);
      judge("create", 2);
      const other = limitJob(limited(["paris"]), held);
      refuseOutside(other, { managed: held, preview: { steps: [step("update", 1)], changes: {} } });
    });

    it("leaves a job alone that is not limited", () => {
      const job = createReconcileJob(pulumi, { client: createWorld(), declared: [1] });

      assert.equal(limitJob(job, [managed(1, { isProtected: true })]), job);
      refuseOutside(job, { managed: [managed(1)], preview: { steps: [step("delete", 1)], changes: {} } });
    });

    it("declares what the stack manages elsewhere as the state has it", () => {
      const { list } = limitJob(limited(), [managed(1, { id: idOf(1), retainUntil: "2030-01-31" })]);

      assert.deepEqual(
        list.tenants.map(({ tenantId, retainUntil }) => [tenantId, retainUntil]),
        [
          [tenant(2), undefined],
          [tenant(1), "2030-01-31"],
        ],
      );
    });
  });
}
