import assert from "node:assert/strict";
import type { LockFacts } from "@azurestack-csp/provider";
import { liftedLocks } from "../../../../../sdk/nodejs/src/cli/reconcile/liftedLocks.ts";
import { factsOf } from "../plan/plans.ts";

const lock = { name: "keep", level: "CanNotDelete", notes: "By hand" };
const { list, live } = factsOf({ declared: [], live: [], managed: [] });
const withLock = { ...list, registrations: list.registrations.map((each) => ({ ...each, lock })) };
const there = { id: "/locks/keep", scope: "/subscriptions/x", ...lock };

function lifted(lockFacts: LockFacts): readonly string[] {
  const facts = live.map((each) => ({ ...each, lockFacts }));
  return liftedLocks(withLock, facts).map(({ registration }) => registration);
}

describe("liftedLocks", () => {
  it("are those that are declared and were looked for and not found", () => {
    assert.deepEqual(lifted({ locks: [] }), ["paris"]);
    assert.deepEqual(lifted({ locks: [{ ...there, level: "ReadOnly" }] }), ["paris"]);
  });

  it("are none that are there, that nobody looked for or may read, or that nobody declares", () => {
    assert.deepEqual(lifted({ locks: [there] }), []);
    assert.deepEqual(lifted({ problem: { code: "CSP_NOT_AUTHORIZED", message: "no" } }), []);
    assert.deepEqual(liftedLocks(withLock, live), []);
    assert.deepEqual(
      liftedLocks(
        list,
        live.map((facts) => ({ ...facts, lockFacts: { locks: [] } })),
      ),
      [],
    );
  });

  it("come with the command that puts them back as they were", () => {
    const [found] = liftedLocks(
      withLock,
      live.map((facts) => ({ ...facts, lockFacts: { locks: [] } })),
    );

    assert.match(
      found?.command ?? "",
      /^az lock create --name keep --lock-type CanNotDelete --resource \/subscriptions\/.*hub-paris --notes 'By hand'$/,
    );
  });
});
