import assert from "node:assert/strict";
import fc from "fast-check";
import { cases } from "../../../../support/effort.ts";
import { mapping, subscription, tenant } from "./harness.ts";
import { consistentRows, lose, outside, refresh, row, SUBSCRIPTIONS, up, upAtAnyCost } from "./model/commands.ts";
import { carryOut, createStack, without } from "./model/stack.ts";

describe("any sequence of runs and of changes from outside", () => {
  it("displaces nothing that nobody named, and takes no mapping from a row that stays", async () => {
    const commands = fc.array(fc.oneof({ weight: 3, arbitrary: up(consistentRows) }, refresh, outside, lose), {
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), commands, fc.boolean(), async (scheduler, sequence, keepDisplaced) => {
        const stack = createStack(scheduler, keepDisplaced);
        for (const command of sequence) await carryOut(stack, command);
      }),
      { numRuns: cases(600, 15000) },
    );
  });

  it("ends as declared after a refresh and a run without errors, and leaves what was never ours", async () => {
    const commands = fc.array(fc.oneof({ weight: 3, arbitrary: up(consistentRows) }, refresh, outside), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), commands, consistentRows, async (scheduler, sequence, rows) => {
        const stack = createStack(scheduler);
        const foreign = new Set<string>();
        let failures = 0;
        for (const command of sequence) {
          failures += await carryOut(stack, command);
          if (command.kind === "outside" && command.t !== undefined)
            foreign.add(`${tenant(command.t)} ${subscription(command.s)}`);
        }
        await stack.refresh();
        const { errors } = await stack.up(rows);
        if (errors.length > 0) return;

        const declared = rows.map(({ t, s }) => mapping(t, s));
        assert.deepEqual(without(declared, stack.live()), [], "a declared mapping is not live");
        if (failures > 0) return;
        const others = without(stack.live(), declared);
        assert.deepEqual(
          others.filter((one) => !foreign.has(`${one.tenantId} ${one.customerSubscriptionId}`)),
          [],
          "a mapping of ours was left behind",
        );
      }),
      { numRuns: cases(600, 15000) },
    );
  });

  it("reaches what is declared in one run where everything in the way is named", async () => {
    const commands = fc.array(fc.oneof(up(consistentRows), outside), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), commands, consistentRows, async (scheduler, sequence, rows) => {
        const stack = createStack(scheduler);
        for (const command of sequence) await carryOut(stack, command);
        await stack.refresh();

        const { errors } = await stack.up(rows.map((one) => ({ ...one, overwrite: SUBSCRIPTIONS })));

        assert.deepEqual(
          errors.map(({ message }) => message),
          [],
        );
        assert.deepEqual(
          without(
            rows.map(({ t, s }) => mapping(t, s)),
            stack.live(),
          ),
          [],
        );
        const again = stack.client.calls.length;
        assert.deepEqual((await stack.up(rows)).errors, []);
        assert.equal(stack.client.calls.length, again, "a run without changes sent something");
      }),
      { numRuns: cases(400, 10000) },
    );
  });

  it("reaches it after any failures of the service, once they are over", async () => {
    const commands = fc.array(fc.oneof(up(consistentRows), outside, lose), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), commands, consistentRows, async (scheduler, sequence, rows) => {
        const stack = createStack(scheduler);
        for (const command of sequence) await carryOut(stack, command);

        const named = rows.map((one) => ({ ...one, overwrite: SUBSCRIPTIONS }));
        for (let failures = 1, runs = 0; failures > 0; runs += 1) {
          assert.ok(runs <= sequence.length, "runs go on failing");
          failures = (await stack.refresh()).errors.length + (await stack.up(named)).errors.length;
        }

        const declared = rows.map(({ t, s }) => mapping(t, s));
        assert.deepEqual(without(declared, stack.live()), []);
        assert.equal(stack.engine.state.size, rows.length);
      }),
      { numRuns: cases(400, 10000) },
    );
  });

  it("forgets no mapping that stays live, and gets there in the end, where runs go on past their failures", async () => {
    const runs = fc.oneof({ weight: 3, arbitrary: upAtAnyCost(consistentRows) }, up(consistentRows), outside, lose);
    const commands = fc.array(runs, { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        commands,
        consistentRows,
        fc.boolean(),
        async (scheduler, sequence, rows, keepDisplaced) => {
          const stack = createStack(scheduler, keepDisplaced);
          for (const command of sequence) await carryOut(stack, command);

          const named = rows.map((one) => ({ ...one, overwrite: SUBSCRIPTIONS }));
          for (let failures = 1, runs = 0; failures > 0; runs += 1) {
            assert.ok(runs <= sequence.length, "runs go on failing");
            failures = (await stack.refresh()).errors.length + (await stack.up(named)).errors.length;
          }

          const declared = rows.map(({ t, s }) => mapping(t, s));
          assert.deepEqual(without(declared, stack.live()), []);
        },
      ),
      { numRuns: cases(600, 15000) },
    );
  });

  it("removes everything of ours with a destroy, where no run has failed half-way", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(up(consistentRows), { maxLength: 5 }), async (scheduler, sequence) => {
        const stack = createStack(scheduler);
        let failures = 0;
        for (const command of sequence) failures += await carryOut(stack, command);
        if (failures > 0) return;

        assert.deepEqual((await scheduler.waitFor(stack.engine.destroy())).errors, []);

        assert.deepEqual(stack.live(), []);
      }),
      { numRuns: cases(200, 5000) },
    );
  });

  it("never lets contradicting rows take a mapping from each other unnamed", async () => {
    const rows = fc
      .uniqueArray(row, { selector: ({ name }) => name })
      .map((all) => all.map((one) => ({ ...one, overwrite: [] })));
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(up(rows), { maxLength: 6 }), async (scheduler, sequence) => {
        const stack = createStack(scheduler);
        for (const command of sequence) await carryOut(stack, command);
      }),
      { numRuns: cases(400, 10000) },
    );
  });
});
