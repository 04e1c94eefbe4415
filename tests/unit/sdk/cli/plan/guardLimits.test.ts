import assert from "node:assert/strict";
import { DEFAULT_LIMIT, judgeLosses, type Losses } from "@azurestack-csp/provider";
import {
  confirmLosses,
  limitsOf,
  limitsOfExactly,
  planLimitsOf,
} from "../../../../../sdk/nodejs/src/cli/plan/guardLimits.ts";

/** So many removals and moves, of a hundred mappings. */
function losses(removals: number, moves: number): Losses {
  const loss = { registration: "hub", tenantId: "t", from: "s", to: undefined };
  return { managed: 100, removals: Array(removals).fill(loss), moves: Array(moves).fill({ ...loss, to: "s2" }) };
}

describe("limitsOfExactly", () => {
  it("lets pass what was judged, and not one more", () => {
    const limits = limitsOfExactly(losses(3, 2));

    assert.deepEqual(judgeLosses(losses(3, 2), limits), []);
    assert.deepEqual(
      judgeLosses(losses(4, 3), limits).map(({ code }) => code),
      ["CSP_GUARD_REMOVALS", "CSP_GUARD_MOVES"],
    );
  });

  it("lets nothing pass where nothing was lost", () => {
    assert.equal(judgeLosses(losses(1, 1), limitsOfExactly(losses(0, 0))).length, 2);
  });
});

describe("limitsOf", () => {
  const confirmed = { AZURESTACK_CSP_CONFIRMED_REMOVALS: "30", AZURESTACK_CSP_CONFIRMED_MOVES: "40" };

  it("is ten, and no more than a quarter, where nothing is said", () => {
    assert.deepEqual(limitsOf({}, {}), { maxRemovals: DEFAULT_LIMIT, maxMoves: DEFAULT_LIMIT });
  });

  it("is what the command line says, each by itself", () => {
    assert.deepEqual(limitsOf({ maxRemovals: { count: 1 } }, {}), {
      maxRemovals: { count: 1 },
      maxMoves: DEFAULT_LIMIT,
    });
  });

  it("lets pass the exact numbers that the environment confirms, and no others", () => {
    const limits = limitsOf({}, confirmed);

    assert.deepEqual(judgeLosses(losses(30, 40), limits), []);
    assert.equal(judgeLosses(losses(31, 41), limits).length, 2);
    assert.equal(judgeLosses(losses(29, 39), limits).length, 2);
  });

  it("takes what is no number for no confirmation", () => {
    for (const text of ["", "30 removals", "-30", "3e1", "30.0"]) {
      assert.equal(limitsOf({}, { AZURESTACK_CSP_CONFIRMED_REMOVALS: text }).confirmedRemovals, undefined, text);
    }
  });
});

describe("planLimitsOf", () => {
  it("leaves a program's own limits to it, and holds a list alone to the usual ones", () => {
    assert.deepEqual(judgeLosses(losses(100, 100), planLimitsOf({}, { env: {}, hasProgram: true })), []);
    assert.equal(judgeLosses(losses(100, 100), planLimitsOf({}, { env: {}, hasProgram: false })).length, 2);
  });

  it("holds a program to what the command line says", () => {
    const limits = planLimitsOf({ maxMoves: { count: 0 } }, { env: {}, hasProgram: true });

    assert.deepEqual(
      judgeLosses(losses(100, 1), limits).map(({ code }) => code),
      ["CSP_GUARD_MOVES"],
    );
  });
});

describe("confirmLosses", () => {
  it("tells a program's guard the exact number of what the command line permits, and of nothing else", () => {
    assert.deepEqual(confirmLosses(losses(3, 2), {}), {});
    assert.deepEqual(confirmLosses(losses(3, 2), { maxRemovals: { count: 5 } }), {
      AZURESTACK_CSP_CONFIRMED_REMOVALS: "3",
    });
    assert.deepEqual(confirmLosses(losses(3, 2), { maxMoves: { share: 1 } }), { AZURESTACK_CSP_CONFIRMED_MOVES: "2" });
  });
});
