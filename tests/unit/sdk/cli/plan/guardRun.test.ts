import assert from "node:assert/strict";
import type { GuardLimits, ManagedMapping } from "@azurestack-csp/provider";
import { exitCodes } from "../../../../../sdk/nodejs/src/cli/console/exitCodes.ts";
import { CommandFailure } from "../../../../../sdk/nodejs/src/cli/console/failures.ts";
import { countRunLosses, guardRun, judgeRun, verdictLines } from "../../../../../sdk/nodejs/src/cli/plan/guardRun.ts";
import { listOf, managedOf } from "../../../provider/domain/plan/scenario.ts";
import { guid } from "../../../provider/domain/tenantList/sample.ts";

const NOTHING: GuardLimits = { maxRemovals: { count: 0 }, maxMoves: { count: 0 } };

/** What a list without a row would take away, by the tenants. */
function removed(...managed: readonly ManagedMapping[]) {
  const losses = countRunLosses({ list: listOf([]), managed });
  return { managed: losses.managed, tenants: losses.removals.map(({ tenantId }) => tenantId) };
}

describe("countRunLosses", () => {
  it("counts what the stack manages and the list no longer declares, in any letter case", () => {
    const list = listOf([
      { tenant: 0xab, subscription: 11 },
      { tenant: 2, subscription: 22 },
    ]);
    const managed = [managedOf(11, 0xab, { tenantId: guid(0xab).toUpperCase() }), managedOf(12, 2), managedOf(13, 3)];

    const { removals, moves } = countRunLosses({ list, managed });

    assert.deepEqual(
      removals.map(({ tenantId }) => tenantId),
      [guid(3)],
    );
    assert.deepEqual(
      moves.map(({ tenantId, from, to }) => [tenantId, from, to]),
      [[guid(2), guid(12), guid(22)]],
    );
  });

  it("leaves out what an earlier run has replaced and only has to delete, which was counted then", () => {
    assert.deepEqual(removed(managedOf(11, 1), managedOf(12, 2, { isPendingDelete: true })), {
      managed: 1,
      tenants: [guid(1)],
    });
  });

  it("leaves out what another provider manages, which a run does not remove", () => {
    assert.deepEqual(removed(managedOf(11, 1, { provider: "azure-native" })), { managed: 0, tenants: [] });
  });

  it("counts each mapping whose tenant nobody knows", () => {
    const unknown = { tenantId: undefined };

    assert.equal(removed(managedOf(11, 1, unknown), managedOf(12, 2, unknown)).tenants.length, 2);
  });
});

describe("guardRun", () => {
  const list = listOf([{ tenant: 2, subscription: 22 }]);
  const managed = [managedOf(11, 1), managedOf(12, 2)];

  it("stops a run that takes away more than it may, with the guard's exit code", () => {
    assert.throws(
      () => guardRun({ list, managed, limits: NOTHING }),
      (error) => {
        assert.ok(error instanceof CommandFailure);
        assert.equal(error.exitCode, exitCodes.guard);
        assert.match(error.message, /\[CSP_GUARD_REMOVALS\].*\[CSP_GUARD_MOVES\].*--max-removals 1 --max-moves 1$/s);
        return true;
      },
    );
  });

  it("lets pass what is permitted, and tells what was counted", () => {
    const limits = { maxRemovals: { count: 1 }, maxMoves: { count: 1 } };

    const { removals, moves } = guardRun({ list, managed, limits });

    assert.deepEqual([removals.length, moves.length], [1, 1]);
  });

  it("names only the options that the run lacks", () => {
    const lines = verdictLines(judgeRun({ list, managed, limits: { ...NOTHING, maxRemovals: { count: 1 } } }));

    assert.equal(lines.at(-1), "On the command line: --max-moves 1");
  });
});
