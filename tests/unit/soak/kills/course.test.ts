import assert from "node:assert/strict";
import { courseOf } from "../../../soak/kills/course.ts";
import { mappingsOf, rowsBefore, rowsOfNext, rowsWanted } from "../../../soak/kills/lists.ts";

describe("courseOf", () => {
  it("gives the next run the list that was kept, reverted or changed", () => {
    for (const next of ["kept", "reverted", "changed"] as const) {
      const course = courseOf({ action: "reconcile", change: "mixes", next });

      assert.deepEqual(course.killed, { action: "reconcile", rows: rowsWanted.mixes });
      assert.deepEqual(course.next, { action: "reconcile", rows: rowsOfNext("mixes", next) });
      assert.equal(course.wanted, course.next.rows);
      assert.ok(course.isManaged);
    }
  });

  it("destroys again what was kept, and brings up what somebody wants after all", () => {
    const kept = courseOf({ action: "destroy", change: "removes", next: "kept" });
    const reverted = courseOf({ action: "destroy", change: "removes", next: "reverted" });

    assert.deepEqual([kept.next.action, kept.wanted], ["destroy", []]);
    assert.deepEqual([reverted.next.action, reverted.wanted], ["up", rowsBefore]);
  });

  it("leaves to somebody else what an adopt finds", () => {
    assert.equal(courseOf({ action: "adopt", change: "adds", next: "kept" }).isManaged, false);
  });
});

describe("lists", () => {
  it("differ in what they say that they change", () => {
    const before = mappingsOf(rowsBefore);
    const differences = Object.entries(rowsWanted).map(([change, rows]) => {
      const wanted = mappingsOf(rows);
      const added = wanted.filter((mapping) => !before.includes(mapping));
      return [change, added.length, before.filter((mapping) => !wanted.includes(mapping)).length];
    });

    assert.deepEqual(differences, [
      ["adds", 3, 0],
      ["removes", 0, 3],
      ["moves", 3, 3],
      ["mixes", 2, 2],
    ]);
  });

  it("are changed into one that is none of the others", () => {
    const changed = mappingsOf(rowsOfNext("adds", "changed")).join();

    for (const rows of [rowsBefore, ...Object.values(rowsWanted)]) assert.notEqual(mappingsOf(rows).join(), changed);
  });
});
