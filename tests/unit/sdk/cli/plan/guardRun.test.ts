import assert from "node:assert/strict";
import type { GuardLimits, ManagedMapping } from "@azurestack-csp/provider";
import { exitCodes } from "../../../../../sdk/nodejs/src/cli/console/exitCodes.ts";
import { CommandFailure } from "../../../../../sdk/nodejs/src/cli/console/failures.ts";
import {
  countRunLosses,
  guardRun,
  judgePlan,
  judgeRun,
  type PlanLimits,
  verdictLines,
} from "../../../../../sdk/nodejs/src/cli/plan/guardRun.ts";
import { listOf, managedOf, PARIS } from "../../../provider/domain/plan/scenario.ts";
import { guid } from "../../../provider/domain/tenantList/sample.ts";

const NOTHING: GuardLimits = { maxRemovals: { count: 0 }, maxMoves: { count: 0 } };

/** What a list without a row would take away, by the tenants. */
function removed(...managed: readonly ManagedMapping[]) {
  const losses = countRunLosses({ list: listOf([]), managed, renewals: [] });
  return { managed: losses.managed, tenants: losses.removals.map(({ tenantId }) => tenantId) };
}

describe("countRunLosses", () => {
  it("counts what the stack manages and the list no longer declares, in any letter case", () => {
    const list = listOf([
      { tenant: 0xab, subscription: 11 },
      { tenant: 2, subscription: 22 },
    ]);
    const managed = [managedOf(11, 0xab, { tenantId: guid(0xab).toUpperCase() }), managedOf(12, 2), managedOf(13, 3)];

    const { removals, moves } = countRunLosses({ list, managed, renewals: [] });

    assert.deepEqual(
      removals.map(({ tenantId }) => tenantId),
      [guid(3)],
    );
    assert.deepEqual(
      moves.map(({ tenantId, from, to }) => [tenantId, from, to]),
      [[guid(2), guid(12), guid(22)]],
    );
  });

  it("counts as moved who goes to the new registration of a Hub, and as removed who does not", () => {
    const list = listOf([{ tenant: 1, subscription: 11 }]);
    const from = { ...PARIS, registrationName: "before" };
    const managed = [1, 2]
      .map((n) => managedOf(10 + n, n))
      .map((each) => ({ ...each, id: { ...each.id, registration: from } }));
    const renewals = [{ key: "paris", from, to: PARIS, reason: "gone", customers: 1 }] as const;

    const { removals, moves } = countRunLosses({ list, managed, renewals });

    assert.deepEqual(
      [removals, moves].map((each) => each.map(({ tenantId }) => tenantId)),
      [[guid(2)], [guid(1)]],
    );
    const stopped = verdictLines(judgeRun({ list, managed, renewals, limits: NOTHING }));
    assert.match(stopped.join("\n"), /\[CSP_GUARD_MOVES\] 1 of 2 .* \(to \/subscriptions\/.*hub-paris\)/);
    assert.equal(stopped.at(-1), "On the command line: --max-removals 1 --max-moves 1");
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
      () => guardRun({ list, managed, renewals: [], limits: NOTHING }),
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

    const { removals, moves } = guardRun({ list, managed, renewals: [], limits });

    assert.deepEqual([removals.length, moves.length], [1, 1]);
  });

  it("does not know what limits permit that stand in a program alone, and says so where something would be lost", () => {
    const all = { share: 1 };
    const limits: PlanLimits = {
      limits: { maxRemovals: all, maxMoves: all },
      unknown: ["maxRemovals", "maxMoves"],
      unusable: [],
    };

    const { problems, unknown } = judgePlan(limits, { list, managed: [managedOf(11, 1)], renewals: [] });

    assert.deepEqual(problems, []);
    assert.deepEqual(unknown, [
      "Whether the program's guard permits 1 removal is not known: maxRemovals stands in the program alone.",
    ]);
    assert.deepEqual(judgePlan(limits, { list, managed: [], renewals: [] }).unknown, []);
  });

  it("names only the options that the run lacks", () => {
    const lines = verdictLines(
      judgeRun({ list, managed, renewals: [], limits: { ...NOTHING, maxRemovals: { count: 1 } } }),
    );

    assert.equal(lines.at(-1), "On the command line: --max-moves 1");
  });
});
