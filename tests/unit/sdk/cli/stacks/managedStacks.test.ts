import assert from "node:assert/strict";
import type { ManagedMapping } from "@azurestack-csp/provider";
import { readManagedStacks, unite } from "../../../../../sdk/nodejs/src/cli/stacks/managedStacks.ts";
import { PART_MARK } from "../../../../../sdk/nodejs/src/cli/stacks/partMark.ts";
import type { StackState } from "../../../../../sdk/nodejs/src/cli/stacks/state/stackState.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../support/standInForPulumi.ts";
import { managedOf } from "../../../provider/domain/plan/scenario.ts";
import { tenant } from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { createPipelineTerminal } from "../console/pipelineTerminal.ts";
import { listOf, resource } from "../reconcile/customers.ts";

function stackOf(stack: string, ...managed: readonly ManagedMapping[]): StackState {
  return { stack, managed, deployment: { resources: [] } };
}

describe("unite", () => {
  it("counts what an interrupted hand-over left in two stacks once, in any letter case", () => {
    const first = managedOf(0xab, 1);
    const { id } = first;
    const upper = { ...id, customerSubscriptionId: id.customerSubscriptionId.toUpperCase() };

    assert.deepEqual(unite([stackOf("a", first), stackOf("b", managedOf(0xab, 1, { id: upper }))]), [first]);
  });

  it("keeps the mappings of several stacks, and of several registrations, apart", () => {
    const first = managedOf(11, 1);
    const registration = { ...first.id.registration, registrationName: "hub-lyon" };
    const others = [managedOf(12, 2), managedOf(11, 1, { id: { ...first.id, registration } })];

    assert.deepEqual(unite([stackOf("a", first), stackOf("b", ...others)]), [first, ...others]);
  });

  it("keeps what any of them has still to delete, whoever has the mapping by now", () => {
    const kept = managedOf(11, 1);
    const left = managedOf(11, 1, { isPendingDelete: true });

    assert.deepEqual(unite([stackOf("a", kept), stackOf("b", left)]), [kept, left]);
    assert.deepEqual(unite([stackOf("a", left), stackOf("b", kept)]), [left, kept]);
  });

  it("keeps another provider's resource beside ours", () => {
    const ours = managedOf(11, 1);
    const theirs = managedOf(11, 1, { provider: "azure-native" });

    assert.deepEqual(unite([stackOf("a", ours), stackOf("b", theirs)]), [ours, theirs]);
    assert.deepEqual(unite([stackOf("a", theirs), stackOf("b", ours)]), [theirs, ours]);
  });
});

if (process.platform !== "win32") {
  describe("readManagedStacks", () => {
    const mark = { urn: `urn:pulumi:test.paris::shop::${PART_MARK}::test`, custom: false, type: PART_MARK };
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
    });

    afterEach(() => pulumi.remove());

    async function read({ mayCreateStack = false } = {}) {
      const terminal = createPipelineTerminal();
      const request = { stack: "test", list: listOf(1, 2), terminal, mayCreateStack };
      const { managed, stacks, missing, deployment } = await readManagedStacks(pulumi.project, request);
      const tenants = managed.map(({ tenantId }) => tenantId);
      return { tenants, stacks, isMissing: missing !== undefined, deployment, said: terminal.said };
    }

    it("sees a stack and those of its registrations as one, and says so", async () => {
      await pulumi.put("test", [resource(1)]);
      await pulumi.put("test.paris", [mark, resource(1), resource(2)]);

      const { tenants, stacks, said } = await read();

      assert.deepEqual(tenants, [tenant(1), tenant(2)]);
      assert.deepEqual(stacks, ["test", "test.paris"]);
      assert.match(said.join(), /seen as one with those of its registrations: test, test\.paris\./);
    });

    it("sees those of its registrations alone where the stack itself was never made", async () => {
      await pulumi.put("test.paris", [mark, resource(2)]);

      const { deployment: _deployment, said: _said, ...found } = await read();

      assert.deepEqual(found, { tenants: [tenant(2)], stacks: ["test.paris"], isMissing: true });
    });

    it("is an error for a stack that nobody made, except where it may be made", async () => {
      await pulumi.put("other", []);

      await assert.rejects(read(), { code: "CSP_COMMAND_STACK_UNKNOWN", message: /it has other/ });

      const { said: _said, ...found } = await read({ mayCreateStack: true });
      assert.deepEqual(found, { tenants: [], stacks: [], isMissing: true, deployment: { resources: [] } });
    });

    it("takes no stack that cannot be read for one that nobody made", async () => {
      await pulumi.put("test", [resource(1, { id: "nothing" })]);

      await assert.rejects(read({ mayCreateStack: true }), { code: "CSP_STATE_UNREADABLE" });
    });
  });
}
