import assert from "node:assert/strict";
import { writesOfChange } from "../../../soak/kills/lists.ts";
import { drawSituation, earlier, pairs, type Situation, titleOf } from "../../../soak/kills/situation.ts";

describe("drawSituation", () => {
  const hundred = Array.from({ length: 100 }, (_, seed) => drawSituation(seed));

  it("draws the same for the same number", () => {
    assert.deepEqual(drawSituation(17), drawSituation(17));
    assert.notDeepEqual(drawSituation(17), drawSituation(17 + pairs.length));
  });

  it("kills everything that can be killed of every action, within a hundred", () => {
    const killed = new Set(hundred.map(({ action, victim }) => `${action} ${victim}`));

    assert.equal(killed.size, 20);
    assert.equal(pairs.length, 20);
    for (const pair of [
      "up host",
      "up without checkpoints engine",
      "reconcile command",
      "adopt all",
      "destroy engine",
    ]) {
      assert.ok(killed.has(pair), pair);
    }
  });

  it("has every moment, list and repetition within a hundred", () => {
    const drawn = (of: (situation: Situation) => unknown) => new Set(hundred.map(of));

    assert.deepEqual(
      drawn(({ moment }) => moment.by),
      new Set(["time", "requests", "writes", "throttling"]),
    );
    assert.equal(drawn(({ next }) => next).size, 3);
    assert.equal(drawn(({ change }) => change).size, 4);
    assert.equal(drawn(({ again }) => again !== undefined).size, 2);
    assert.equal(drawn(({ hasCheckpoints }) => hasCheckpoints).size, 2);
  });

  it("waits for no write that the run does not send", () => {
    for (const { action, change, moment } of hundred) {
      if (moment.by === "time" || moment.by === "requests") continue;
      assert.ok(moment.count <= writesOfChange[change][moment.method], JSON.stringify({ change, moment }));
      assert.notEqual(action, "adopt");
    }
  });

  it("refuses what is no seed", () => {
    assert.throws(() => drawSituation(-1), RangeError);
  });
});

describe("earlier", () => {
  it("is half of a time or of a number of requests, as long as there is a half", () => {
    assert.deepEqual(earlier({ by: "time", part: 0.5 }), { by: "time", part: 0.25 });
    assert.deepEqual(earlier({ by: "requests", count: 5 }), { by: "requests", count: 2 });
    assert.equal(earlier({ by: "time", part: 0.01 }), undefined);
    assert.equal(earlier({ by: "requests", count: 1 }), undefined);
  });

  it("is none for a write, which every such run sends", () => {
    assert.equal(earlier({ by: "throttling", method: "PUT", count: 2 }), undefined);
  });
});

describe("titleOf", () => {
  it("says what is killed, when, and what becomes of the list", () => {
    const situation: Situation = {
      action: "reconcile",
      victim: "engine",
      change: "adds",
      moment: { by: "writes", method: "PUT", count: 2, when: "afterCommit" },
      again: { by: "time", part: 0.25 },
      hasCheckpoints: true,
      next: "reverted",
    };

    assert.equal(
      titleOf(situation),
      "reconcile of a list that adds, with checkpoints, its engine killed before PUT 2 is answered, and again after 25 % of its time; the list reverted",
    );
  });
});
