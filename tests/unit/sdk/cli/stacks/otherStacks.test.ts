import assert from "node:assert/strict";
import { customerSubscriptionKey } from "@azurestack-csp/provider";
import { findHolders, lookElsewhere, readOtherStacks } from "../../../../../sdk/nodejs/src/cli/stacks/otherStacks.ts";
import { PART_MARK } from "../../../../../sdk/nodejs/src/cli/stacks/partMark.ts";
import { exportStack, type StackState } from "../../../../../sdk/nodejs/src/cli/stacks/state/stackState.ts";
import { type StandInForPulumi, standInForPulumi } from "../../../../support/standInForPulumi.ts";
import { idOf } from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { createPipelineTerminal } from "../console/pipelineTerminal.ts";
import { listOf, resource } from "../reconcile/customers.ts";

const keyOf = (n: number) => customerSubscriptionKey(idOf(n));

if (process.platform !== "win32") {
  describe("the other stacks of a backend", () => {
    const mark = { urn: `urn:pulumi:test.paris::shop::${PART_MARK}::test`, custom: false, type: PART_MARK };
    let pulumi: StandInForPulumi;

    beforeEach(async () => {
      pulumi = await standInForPulumi();
      await pulumi.put("test", [resource(1)]);
      await pulumi.put("test.paris", [mark, resource(2)]);
      await pulumi.put("test.own", [resource(3)]);
      await pulumi.put("other", [resource(4)]);
      await pulumi.put("organization/elsewhere/test", [resource(5)]);
      await pulumi.put("organization/shop/twin", [resource(6)]);
      await pulumi.put("organization/elsewhere/empty", []);
    });

    afterEach(() => pulumi.remove());

    /** What a look from the stack `test` finds, by the names of the stacks. */
    async function look(...declared: readonly number[]) {
      const terminal = createPipelineTerminal();
      const state = await exportStack(pulumi.project, "test");
      const { parts, others } = await lookElsewhere(pulumi.project, {
        state,
        list: listOf(...declared),
        terminal,
      });
      const namesOf = (states: readonly StackState[]) => states.map(({ stack }) => stack).sort();
      return { parts: namesOf(parts), others: namesOf(others), said: terminal.said.join("\n") };
    }

    it("are looked into for parts alone where the stack manages all that is declared", async () => {
      assert.deepEqual(await look(1), { parts: ["test.paris"], others: ["test.own"], said: "" });
    });

    it("are looked into, those of other projects apart, for what a part manages", async () => {
      assert.deepEqual(await look(1, 2), { parts: ["test.paris"], others: ["other", "test.own"], said: "" });
    });

    it("are all looked into for what nobody of these manages", async () => {
      const { others } = await look(1, 2, 7);

      assert.deepEqual(others, ["organization/elsewhere/test", "other", "test.own"]);
    });

    it("that cannot be read are said so, and passed over", async () => {
      await pulumi.put("other", [resource(4, { id: "nothing" })]);

      const { others, said } = await look(1, 2);

      assert.deepEqual(others, ["test.own"]);
      assert.match(
        said,
        /^Whether stack other \(\[CSP_STATE_UNREADABLE\].*\) holds a mapping .* could not be looked up/,
      );
    });

    it("stop the run where one cannot be read that may be a part", async () => {
      for (const part of ["test.paris", "test.own"]) {
        const before = await pulumi.resources(part);
        await pulumi.put(part, [resource(4, { id: "nothing" })]);

        await assert.rejects(look(1), { code: "CSP_STATE_UNREADABLE" });

        await pulumi.put(part, before);
      }
    });

    it("are all read but those that are worked on and those that are known, and what could not be read is told", async () => {
      await pulumi.put("broken", [resource(7, { id: "nothing" })]);
      await pulumi.put("organization/elsewhere/broken", [resource(8, { id: "nothing" })]);
      const terminal = createPipelineTerminal();
      const known = [await exportStack(pulumi.project, "other")];

      const { states, unread } = await readOtherStacks(pulumi.project, {
        own: ["test", "test.paris"],
        known,
        terminal,
      });

      assert.deepEqual(states.map(({ stack }) => stack).sort(), ["organization/elsewhere/test", "other", "test.own"]);
      assert.deepEqual(unread, ["stack broken", "stack organization/elsewhere/broken"]);
      assert.match(terminal.said.join("\n"), /Whether stack broken \(\[CSP_STATE_UNREADABLE\]/);
      const exports = (await pulumi.commands()).filter((command) => command.includes("--stack other "));
      assert.equal(exports.length, 1);
    });

    it("are told with what they manage, except the one that asks", async () => {
      const terminal = createPipelineTerminal();

      const holders = await findHolders(pulumi.project, { except: "test.paris", terminal });

      assert.deepEqual(
        [1, 2, 3, 4, 5].map((n) => holders.get(keyOf(n))),
        ["test", undefined, "test.own", "other", "organization/elsewhere/test"],
      );
    });
  });
}
