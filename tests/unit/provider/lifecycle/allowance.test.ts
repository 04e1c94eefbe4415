import assert from "node:assert/strict";
import * as fc from "fast-check";
import { hasCode } from "../../../../provider/src/domain/errors/providerError.ts";
import { parseLimit } from "../../../../provider/src/domain/tenantListGuard/limit.ts";
import { type Allowance, createAllowance, type GuardTerms } from "../../../../provider/src/lifecycle/allowance.ts";
import { idOf, lyon, paris, refusal, tenant } from "./customerSubscription/harness.ts";

const taking = (n: number, registration = paris) => ({ id: idOf(n, registration), tenantId: tenant(n) });

function terms(limit: string, remembered = 0, confirmed: Partial<GuardTerms["limits"]> = {}): GuardTerms {
  const parsed = parseLimit(limit);
  assert.ok(parsed);
  return { limits: { maxRemovals: parsed, maxMoves: parsed, ...confirmed }, remembered };
}

/** How many of the first so many customers find a place. */
function removals(allowance: Allowance, count: number): number {
  const placed = (n: number) => {
    try {
      allowance.removal(taking(n));
      return true;
    } catch (error) {
      assert.ok(hasCode(error, "CSP_GUARD_REMOVAL_STOPPED"));
      return false;
    }
  };
  return Array.from({ length: count }, (_, n) => placed(n)).filter(Boolean).length;
}

describe("createAllowance", () => {
  it("permits everything where no guard was checked, as in a destroy", () => {
    assert.equal(removals(createAllowance(), 100), 100);
  });

  it("keeps a place for a tenant of which one request of two was given back", () => {
    const allowance = createAllowance();
    allowance.permit("guard", terms("1"));
    const giveBack = allowance.removal(taking(1));
    allowance.removal(taking(1));

    giveBack();

    assert.equal(removals(allowance, 1), 0);
  });

  it("permits as many as the limit says, and says how many it was", async () => {
    const allowance = createAllowance();
    allowance.permit("guard", terms("2,50%", 9));
    assert.equal(removals(allowance, 5), 2);

    const error = await refusal((async () => allowance.removal(taking(7)))(), "CSP_GUARD_REMOVAL_STOPPED");

    assert.match(error.message, new RegExp(`${tenant(7)}.* removed 2 already, and 2 of 9 may be \\(2,50%\\)`));
  });

  it("counts removals and moves apart", async () => {
    const allowance = createAllowance();
    allowance.permit("guard", terms("1"));
    allowance.removal(taking(1));
    allowance.move(taking(2));

    await refusal((async () => allowance.removal(taking(3)))(), "CSP_GUARD_REMOVAL_STOPPED");
    await refusal((async () => allowance.move(taking(4)))(), "CSP_GUARD_MOVE_STOPPED");
  });

  it("permits a confirmed number where that is more than the limit, and the limit where it is less", () => {
    for (const [confirmedRemovals, permitted] of [
      [3, 3],
      [0, 1],
    ] as const) {
      const allowance = createAllowance();
      allowance.permit("guard", terms("1", 0, { confirmedRemovals }));
      assert.equal(removals(allowance, 5), permitted);
    }
  });

  it("counts a tenant once on a registration", () => {
    const allowance = createAllowance();
    allowance.permit("guard", terms("1"));
    allowance.removal(taking(1));

    allowance.removal({ ...taking(1), id: idOf(2) });
    assert.throws(() => allowance.removal(taking(1, lyon)), /CSP_GUARD_REMOVAL_STOPPED/);
  });

  it("has a place again once one was given back", () => {
    const allowance = createAllowance();
    allowance.permit("guard", terms("1"));
    allowance.removal(taking(1))();

    allowance.removal(taking(2));
  });

  it("takes a share of what is managed or of what is remembered, whichever is more", () => {
    for (const [remembered, managed] of [
      [8, 0],
      [0, 8],
      [8, 3],
      [3, 8],
    ] as const) {
      const allowance = createAllowance();
      allowance.permit("guard", terms("25%", remembered));
      for (let n = 0; n < managed; n += 1) allowance.manage(idOf(n));
      assert.equal(removals(allowance, 8), 2);
    }
  });

  it("permits together what several guards permit, and counts what none remembers for the first", () => {
    const allowance = createAllowance();
    allowance.permit("first", terms("50%", 2));
    allowance.permit("second", terms("25%", 4));
    for (let n = 0; n < 10; n += 1) allowance.manage(idOf(n));

    assert.equal(removals(allowance, 10), 3 + 1);
  });

  it("counts a guard once that is checked again", () => {
    const allowance = createAllowance();
    allowance.permit("guard", terms("2", 5));
    allowance.permit("guard", terms("2", 0));

    assert.equal(removals(allowance, 5), 2);
  });

  it("stops no removal that the share of all permits, in whatever order they come to be known", () => {
    const cases = fc.record({ total: fc.nat(40), gone: fc.nat(40), percent: fc.integer({ min: 1, max: 100 }) });
    fc.assert(
      fc.property(cases, ({ total, gone, percent }) => {
        const removed = Math.min(total, gone);
        const allowance = createAllowance();
        allowance.permit("guard", terms(`${percent}%`));
        for (let n = removed; n < total; n += 1) allowance.manage(idOf(n));
        let placed = 0;
        for (let n = 0; n < removed; n += 1) {
          allowance.manage(idOf(n));
          placed += removals({ ...allowance, removal: () => allowance.removal(taking(n)) }, 1);
        }
        const permitted = Math.max(1, Math.floor(Number(((percent / 100) * total).toFixed(6))));
        assert.ok(placed <= permitted);
        if (removed <= permitted) assert.equal(placed, removed);
      }),
    );
  });
});
