import assert from "node:assert/strict";
import { type Ended, type Evidence, judge, type Snapshot, wayOutOf } from "../../../soak/kills/judge.ts";

const settled: Snapshot = state({ live: ["theirs", "a", "b"], managed: ["a", "b"] });

const fine: Evidence = {
  action: "up",
  foreign: ["theirs"],
  wanted: ["a", "b"],
  killed: state({ live: ["theirs", "a"], managed: ["a"] }),
  next: ended({}),
};

/** What is seen, and how it is judged. */
const cases: readonly { readonly title: string; readonly seen: Partial<Evidence>; readonly verdict: string }[] = [
  { title: "what was left as it should be as clean", seen: {}, verdict: "clean" },
  {
    title: "what was live and in no state as healed",
    seen: { killed: state({ live: ["theirs", "a", "b"], managed: ["a"] }) },
    verdict: "healed",
  },
  {
    title: "what a state held that was gone as healed",
    seen: { killed: state({ live: ["theirs"], managed: ["a"] }) },
    verdict: "healed",
  },
  {
    title: "a pending operation as healed",
    seen: { killed: { ...settled, pending: ["a"] } },
    verdict: "healed",
  },
  {
    title: "a mapping that is live and known to nobody as broken",
    seen: { next: ended({ left: state({ live: ["a", "b", "c"], managed: ["a", "b"] }) }) },
    verdict: "broken next run: known to nobody: c",
  },
  {
    title: "that behind a refusal as broken, too",
    seen: {
      next: ended({ code: 255, output: "[CSP_X]", left: state({ live: ["c"], managed: [] }) }),
      wayOut: ended({}),
    },
    verdict: "broken next run: known to nobody: c",
  },
  {
    title: "a declared mapping that is not live behind exit code 0 as broken",
    seen: { next: ended({ left: state({ live: ["a"], managed: ["a", "b"] }) }) },
    verdict: "broken next run: missing: b",
  },
  {
    title: "one that is in no state as broken",
    seen: { next: ended({ left: { ...settled, managed: held("a"), journalled: ["b"] } }) },
    verdict: "broken next run: not managed: b",
  },
  {
    title: "one that two stacks hold as broken",
    seen: { next: ended({ left: { ...settled, managed: [...held("a", "b"), { stack: "other", mapping: "b" }] } }) },
    verdict: "broken next run: held twice: b",
  },
  {
    title: "a write after the next run had ended as broken",
    seen: { next: ended({ lateWrites: ["PUT b"] }) },
    verdict: "broken next run: written afterwards: PUT b",
  },
  {
    title: "a state that cannot be read as broken",
    seen: { next: ended({ left: { ...settled, damaged: ["test.json"] } }) },
    verdict: "broken next run: damaged: test.json",
  },
  {
    title: "a coded refusal whose way out leads out as refused",
    seen: { next: ended({ code: 255, output: "[CSP_X] …", left: state({}) }), wayOut: ended({}) },
    verdict: "refused",
  },
  {
    title: "one whose way out fails as broken",
    seen: {
      next: ended({ code: 255, output: "[CSP_X] …", left: state({}) }),
      wayOut: ended({ code: 1, left: state({}) }),
    },
    verdict: "broken way out: failed with exit code 1",
  },
  {
    title: "a refusal without a code as broken",
    seen: { next: ended({ code: 255, output: "no", left: state({}) }), wayOut: ended({}) },
    verdict: "broken next run: failed with exit code 255",
  },
  {
    title: "a run that did not end as broken",
    seen: { next: ended({ code: null, output: "[CSP_X]", left: state({}) }), wayOut: ended({}) },
    verdict: "broken next run: failed with no exit code",
  },
  {
    title: "a refusal of reconcile as broken",
    seen: { action: "reconcile", next: ended({ code: 8, output: "[CSP_X]", left: state({}) }), wayOut: ended({}) },
    verdict: "broken next run: failed with exit code 8",
  },
  {
    title: "a busy stack as refused while the killed run goes on",
    seen: {
      action: "reconcile",
      next: ended({ code: 8, output: "[CSP_COMMAND_STACK_BUSY]", survivors: 1, left: state({}) }),
      wayOut: ended({}),
    },
    verdict: "refused",
  },
  {
    title: "a busy stack as broken once nobody is alive",
    seen: {
      action: "reconcile",
      next: ended({ code: 8, output: "[CSP_COMMAND_STACK_BUSY]", left: state({}) }),
      wayOut: ended({}),
    },
    verdict: "broken next run: failed with exit code 8",
  },
  {
    title: "what an up leaves live and pending, and a reconcile removes, as known",
    seen: { next: ended({ left: { ...settled, live: ["a", "b", "c"], pending: ["c"] } }), wayOut: ended({}) },
    verdict: "known",
  },
  {
    title: "the same of a reconcile as broken",
    seen: {
      action: "reconcile",
      next: ended({ left: { ...settled, live: ["a", "b", "c"], pending: ["c"] } }),
      wayOut: ended({}),
    },
    verdict: "broken next run: left behind: c",
  },
  {
    title: "a journal that a reconcile leaves as broken",
    seen: { action: "reconcile", next: ended({ left: { ...settled, journalled: ["a"] } }) },
    verdict: "broken next run: a journal is left",
  },
  {
    title: "a declared mapping that is not live as no matter of adopt's",
    seen: { action: "adopt", next: ended({ left: state({ live: ["a"], managed: ["a"] }) }) },
    verdict: "clean",
  },
];

describe("judge", () => {
  for (const { title, seen, verdict } of cases) {
    it(`takes ${title}`, () => {
      const { outcome, problems } = judge({ ...fine, ...seen });

      assert.equal([outcome, ...problems].join(" "), verdict);
    });
  }
});

describe("wayOutOf", () => {
  const wayOut = (seen: Partial<Evidence>) => wayOutOf({ ...fine, ...seen });

  it("needs none where all is as it should be", () => {
    assert.equal(wayOut({}), undefined);
  });

  it("is a reconcile for what an up left live", () => {
    assert.equal(wayOut({ next: ended({ left: { ...settled, live: ["a", "b", "c"], pending: ["c"] } }) }), "reconcile");
  });

  it("is a reconcile for what an up names as left", () => {
    assert.equal(wayOut({ next: ended({ code: 255, output: "[CSP_WRITES_LEFT] --refresh" }) }), "reconcile");
    assert.equal(wayOut({ action: "reconcile", next: ended({ code: 8, output: "[CSP_WRITES_LEFT]" }) }), "again");
  });

  it("is the refresh that an up names, and else the same command", () => {
    assert.equal(wayOut({ next: ended({ code: 255, output: "Run pulumi up --refresh." }) }), "refresh");
    assert.equal(wayOut({ next: ended({ code: 255, output: "" }) }), "again");
    assert.equal(wayOut({ action: "reconcile", next: ended({ code: 8, output: "--refresh" }) }), "again");
  });
});

function ended(changes: Partial<Ended>): Ended {
  return { code: 0, output: "", survivors: 0, lateWrites: [], left: settled, ...changes };
}

function state({
  live = ["theirs"],
  managed = [],
}: {
  live?: readonly string[];
  managed?: readonly string[];
}): Snapshot {
  return { live, managed: held(...managed), pending: [], journalled: [], damaged: [] };
}

function held(...mappings: readonly string[]): Snapshot["managed"] {
  return mappings.map((mapping) => ({ stack: "test", mapping }));
}
