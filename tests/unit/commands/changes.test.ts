import assert from "node:assert/strict";
import { toRow } from "../../../sdk/nodejs/src/commands/plan/changes.ts";
import { changesOf, planOf } from "../plan/scenario.ts";

describe("toRow", () => {
  it("says of another access what it was and what it becomes", () => {
    const access = { cloud: "china", credentialPrefix: "PARIS" } as const;
    const plan = planOf({ rows: [{ tenant: 1, subscription: 11 }], managed: [[11, 1, { access }]], live: [[11, 1]] });
    const [change] = changesOf(plan);

    assert.ok(change);
    assert.equal(toRow(change).note, "cloud china → of the run, credentialPrefix PARIS → of the run");
  });
});
