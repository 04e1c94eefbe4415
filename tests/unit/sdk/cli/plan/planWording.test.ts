import assert from "node:assert/strict";
import { hasChanges, sumUp, toRow } from "../../../../../sdk/nodejs/src/cli/plan/planWording.ts";
import { changesOf, planOf } from "../../../provider/domain/plan/scenario.ts";

describe("toRow", () => {
  it("says of another access what it was and what it becomes", () => {
    const access = { cloud: "china", credentialPrefix: "PARIS" } as const;
    const plan = planOf({ rows: [{ tenant: 1, subscription: 11 }], managed: [[11, 1, { access }]], live: [[11, 1]] });
    const [change] = changesOf(plan);

    assert.ok(change);
    assert.equal(toRow(change).note, "cloud china → of the run, credentialPrefix PARIS → of the run");
  });

  for (const { retainUntil, from, note } of [
    { retainUntil: "2027-01-31", from: undefined, note: "retained until 2027-01-31" },
    { retainUntil: "2027-01-31", from: "2026-12-31", note: "retained until 2027-01-31 (was 2026-12-31)" },
    { retainUntil: undefined, from: "2026-12-31", note: "no longer retained (was 2026-12-31)" },
  ]) {
    it(`says "${note}" of another retention`, () => {
      const rows = [{ tenant: 1, subscription: 11, ...(retainUntil ? { retainUntil } : {}) }];
      const [change] = changesOf(planOf({ rows, managed: [[11, 1, { retainUntil: from }]], live: [[11, 1]] }));

      assert.equal(change?.kind, "retention");
      assert.equal(toRow(change).note, note);
    });
  }
});

describe("hasChanges", () => {
  it("is so of what changes the state alone, too", () => {
    const row = { tenant: 1, subscription: 11 };

    assert.equal(hasChanges(planOf({ rows: [row], managed: [[11, 1]], live: [[11, 1]] })), false);
    for (const more of [{ retainUntil: "2026-12-31" }, { name: "hub/one" }, { access: { cloud: "china" } }] as const) {
      assert.equal(hasChanges(planOf({ rows: [row], managed: [[11, 1, more]], live: [[11, 1]] })), true);
    }
  });
});

describe("sumUp", () => {
  it("says what a run does about drift", () => {
    const plan = planOf({ rows: [{ tenant: 1, subscription: 11 }], managed: [[11, 1]] });

    assert.equal(sumUp(plan), "1 to write again after drift; 0 unchanged, 0 extra.");
  });
});
