import assert from "node:assert/strict";
import { planTenantList, type RegistrationFacts } from "@azurestack-csp/provider";
import { findAll } from "../../../../../sdk/nodejs/src/cli/audit/findings.ts";
import { factsOf, idsOf } from "../plan/plans.ts";

type Changes = Partial<Exclude<RegistrationFacts, { problem: unknown }>>;

function kindsOf(numbers: Parameters<typeof factsOf>[0], changes: Changes = {}) {
  const facts = factsOf(numbers);
  const live = facts.live.map((each) => ({ ...each, ...changes }));
  const plan = planTenantList({ ...facts, live, today: "2026-11-21" });
  const inspection = { plan, live, directories: new Map() };
  const found = findAll({ inspection, list: facts.list, hasStack: numbers.managed.length > 0, groups: [] });
  return found.map(({ kind, severity }) => `${kind}: ${severity}`);
}

describe("findAll", () => {
  it("finds nothing where everything is live as declared", () => {
    assert.deepEqual(kindsOf({ declared: [1, 2], live: [1, 2], managed: [1, 2] }), []);
  });

  it("tells what is missing, undeclared, extra and unmanaged apart", () => {
    const found = kindsOf({ declared: [1, 2], live: [2, 3, 4], managed: [3] });

    assert.deepEqual(found, ["missing: finding", "undeclared: finding", "extra: finding", "unmanaged: note"]);
  });

  it("notes what only the state holds any more, which a run will forget", () => {
    assert.deepEqual(kindsOf({ declared: [], live: [], managed: [1] }), ["undeclared: note"]);
  });

  it("counts a mapping that is gone as missing, and one of another tenant as drift", () => {
    const mappings = [{ ...idsOf(2), tenantId: idsOf(9).tenantId }];

    const found = kindsOf({ declared: [1, 2], live: [], managed: [1, 2] }, { mappings });

    assert.deepEqual(
      found.filter((each) => !each.startsWith("check")),
      ["drift: finding", "missing: finding"],
    );
  });

  it("does not pass a mapping as right whose tenant Azure does not tell", () => {
    const mappings = [{ ...idsOf(1), tenantId: undefined }];

    assert.deepEqual(kindsOf({ declared: [1], live: [], managed: [1] }, { mappings }), ["check: finding"]);
  });

  it("finds a tenant with two customer subscriptions on one registration", () => {
    const mappings = [idsOf(1), { ...idsOf(2), tenantId: idsOf(1).tenantId }];

    const found = kindsOf({ declared: [1], live: [], managed: [1] }, { mappings });

    assert.ok(found.includes("duplicate: finding"));
  });

  it("holds a ReadOnly lock for a finding and a CanNotDelete lock for a note", () => {
    const lock = { id: "/locks/a", name: "a", scope: "/subscriptions/x", notes: undefined };
    const locks = ["ReadOnly", "CanNotDelete"].map((level) => ({ ...lock, level }));

    const found = kindsOf({ declared: [1], live: [1], managed: [1] }, { lockFacts: { locks } });

    assert.deepEqual(found, ["lock: finding", "lock: note"]);
  });
});
