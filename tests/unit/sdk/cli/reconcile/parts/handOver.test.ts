import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CustomerSubscriptionId } from "@azurestack-csp/provider";
import { handOver } from "../../../../../../sdk/nodejs/src/cli/reconcile/parts/handOver.ts";
import { transfer } from "../../../../../../sdk/nodejs/src/cli/reconcile/parts/transfer.ts";
import { journalOf } from "../../../../../../sdk/nodejs/src/cli/stacks/interrupted/journal.ts";
import { takeCommandLock } from "../../../../../../sdk/nodejs/src/cli/stacks/lock/commandLock.ts";
import { openStack } from "../../../../../../sdk/nodejs/src/cli/stacks/stack.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../../support/standInForPulumi.ts";
import {
  createWorld,
  mapping,
  subscription,
  tenant,
} from "../../../../provider/lifecycle/customerSubscription/harness.ts";
import { createPipelineTerminal } from "../../console/pipelineTerminal.ts";
import { resource, write } from "../customers.ts";

const GUARD = "pulumi-nodejs:dynamic/azurestack:TenantListGuard";
const everything = () => true;

/** Takes one customer only. */
function only(n: number): (id: CustomerSubscriptionId) => boolean {
  return ({ customerSubscriptionId }) => customerSubscriptionId === subscription(n);
}

if (process.platform !== "win32") {
  describe("between two stacks", () => {
    let pulumi: StandInForPulumi;
    const one = (n: number, more = {}) => resource(n, { stack: "one", ...more });
    const stack = (name: string) => openStack(pulumi.project, name);
    const two = (n: number, more = {}) => resource(n, { stack: "two", ...more });

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await pulumi.put("one", [one(1), one(2)]);
      await pulumi.put("two", []);
    });

    afterEach(() => pulumi.remove());

    /** The tenants that a stack holds, with what is said of them. */
    async function held(stack: string): Promise<readonly unknown[]> {
      return (await pulumi.resources(stack)).flatMap(({ outputs }) => (outputs ? [outputs.tenantId] : []));
    }

    describe("transfer", () => {
      const move = (takes: (id: CustomerSubscriptionId) => boolean = everything) =>
        transfer({ from: stack("one"), to: stack("two"), takes });

      it("puts what it hands over into the one before it takes it from the other, so that never neither has it", async () => {
        assert.equal(await move(), 2);

        assert.deepEqual(await pulumi.imports(), ["two", "one"]);
        assert.deepEqual(await held("one"), []);
        assert.deepEqual(await held("two"), [tenant(1), tenant(2)]);
      });

      it("leaves with the giver what somebody else changed in the meantime", async () => {
        const changed = one(1, { outputs: { tenantId: tenant(9), expectedTenantId: tenant(1) } });
        await pulumi.meanwhile("two", { one: [changed, one(2)] });

        assert.equal(await move(), 1);

        assert.deepEqual(await pulumi.resources("one"), [changed]);
      });

      it("leaves with the giver what it is only to delete", async () => {
        const old = one(3, { delete: true });
        await pulumi.put("one", [one(1), old]);

        assert.equal(await move(), 1);

        assert.deepEqual(await pulumi.resources("one"), [old]);
      });

      it("leaves with the giver what the receiver does not take", async () => {
        assert.equal(await move(only(1)), 1);

        assert.deepEqual(await held("one"), [tenant(2)]);
        assert.deepEqual(await held("two"), [tenant(1)]);
      });

      it("makes the giver's guard forget what has gone elsewhere, and nothing where nothing went", async () => {
        const guard = { urn: "urn:guard", type: GUARD, custom: true, id: "guard" };
        await pulumi.put("one", [guard, one(1)]);

        assert.equal(await move(only(2)), 0);
        assert.deepEqual(await pulumi.resources("one"), [guard, one(1)]);

        assert.equal(await move(), 1);
        assert.deepEqual(await pulumi.resources("one"), []);
      });
    });

    describe("handOver", () => {
      const client = createWorld([mapping(1, 1), mapping(2, 2), mapping(3, 3)]);
      let job: Parameters<typeof handOver>[0];

      beforeEach(() => {
        const { signal } = new AbortController();
        job = { terminal: createPipelineTerminal(), signal, clientOf: () => client };
      });

      const give = () => handOver(job, { from: stack("one"), to: [{ stack: stack("two"), takes: everything }] });

      it("gives each receiver what it takes", async () => {
        await pulumi.put("three", []);

        await handOver(job, {
          from: stack("one"),
          to: [
            { stack: stack("two"), takes: only(1) },
            { stack: stack("three"), takes: only(2) },
          ],
        });

        assert.deepEqual(await held("one"), []);
        assert.deepEqual(await held("two"), [tenant(1)]);
        assert.deepEqual(await held("three"), [tenant(2)]);
      });

      it("hands over what an interrupted run of the giver left, and leaves no journal that tells of it again", async () => {
        await journalOf({ path: pulumi.runs }, "one").write([write(3)]);

        await give();

        assert.deepEqual(await held("two"), [tenant(1), tenant(2), tenant(3)]);
        assert.deepEqual(await readdir(pulumi.runs), []);
      });

      it("hands over nothing where the giver's journal cannot be read", async () => {
        await writeFile(join(pulumi.runs, "one.journal.jsonl"), "tenants:\n");

        await assert.rejects(give(), { code: "CSP_RECONCILE_JOURNAL_UNREADABLE" });

        assert.deepEqual(await pulumi.imports(), []);
        assert.deepEqual(await readdir(pulumi.runs), ["one.journal.jsonl"]);
      });

      it("hands over nothing while another run works on the giver", async () => {
        await takeCommandLock(join(pulumi.runs, "one.lock"), { stack: "one", now: () => new Date() });

        await assert.rejects(give(), { code: "CSP_RECONCILE_BUSY" });

        assert.deepEqual(await pulumi.imports(), []);
      });

      it("hands over after the rest what somebody else wrote to the giver meanwhile", async () => {
        const changed = one(1, { outputs: { tenantId: tenant(9), expectedTenantId: tenant(1) } });
        await pulumi.meanwhile("two", { one: [changed, one(2), one(3)] });

        await give();

        assert.deepEqual(await held("one"), []);
        assert.deepEqual(await held("two"), [tenant(9), tenant(2), tenant(3)]);
      });

      it("ends, and keeps what it cannot give, where the receiver has given the name to another mapping", async () => {
        await pulumi.put("two", [two(1, { id: resource(7).id })]);

        await give();

        assert.deepEqual(await held("one"), [tenant(1)]);
      });
    });
  });
}
