import assert from "node:assert/strict";
import { isUnread } from "@azurestack-csp/provider";
import { planDocument } from "../../../../../sdk/nodejs/src/cli/plan/planDocument.ts";
import { hasChanges, sumUp, toRow } from "../../../../../sdk/nodejs/src/cli/plan/planWording.ts";
import { changesOf, planOf } from "../../../provider/domain/plan/scenario.ts";

const ORIGIN = { stack: "test", stacks: ["test"], paths: [], today: "2026-11-21" };

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

  it("does not say that there is nothing to do where Azure could not be read", () => {
    const problem = { code: "CSP_UNREACHABLE", message: "[CSP_UNREACHABLE] …" } as const;
    const unread = (subscription: number) =>
      planOf({ rows: [{ tenant: 1, subscription }], managed: [[11, 1]], facts: { problem } as object });

    assert.equal(
      sumUp(unread(11)),
      "Whether there is anything to do is not known; 0 unchanged, 1 not known, extras not known. Not read, and compared with the state alone: paris.",
    );
    assert.match(
      sumUp(unread(12)),
      /^1 to move; 0 unchanged, extras not known\. Not read, and compared with .* paris\.$/,
    );
    assert.equal(planDocument(unread(11), ORIGIN).hasChanges, null);
    assert.equal(planDocument(unread(12), ORIGIN).hasChanges, true);
  });

  it("does not say so either where Azure does not tell the tenant of what is live", () => {
    const plan = planOf({ rows: [{ tenant: 1, subscription: 11 }], managed: [[11, 1]], live: [[11, undefined]] });

    assert.equal(sumUp(plan), "Whether there is anything to do is not known; 0 unchanged, 1 not known, 0 extra.");
    assert.equal(planDocument(plan, ORIGIN).hasChanges, null);
  });

  it("says that there is nothing to do where a registration is gone that only the state knows", () => {
    const problem = { code: "CSP_REGISTRATION_NOT_FOUND", message: "[CSP_REGISTRATION_NOT_FOUND] …" } as const;
    const [old] = planOf({ managed: [[11, 1]] }).registrations;
    const gone = { ...(old ?? assert.fail()), key: undefined, problem };

    assert.equal(isUnread(gone), false);
    assert.equal(isUnread({ ...gone, key: "paris" }), true);
    assert.equal(isUnread({ ...gone, problem: { ...problem, code: "CSP_NOT_AUTHORIZED" } }), true);
  });
});
