import assert from "node:assert/strict";
import { type Plan, planTenantList, type RegistrationFacts } from "@azurestack-csp/provider";
import { findAll } from "../../../../../sdk/nodejs/src/cli/audit/findings.ts";
import type { Inspected } from "../../../../../sdk/nodejs/src/cli/plan/inspect.ts";
import { factsOf, idsOf } from "../plan/plans.ts";

const UNREADABLE = { code: "CSP_NOT_AUTHORIZED", message: "[CSP_NOT_AUTHORIZED] …" } as const;

function lockOf(name: string, level: string) {
  return { id: `/locks/${name}`, name, level, scope: "/subscriptions/x", notes: undefined };
}

type Changes = Partial<Exclude<RegistrationFacts, { problem: unknown }>>;

function kindsOf(numbers: Parameters<typeof factsOf>[0], changes: Changes = {}) {
  const facts = factsOf(numbers);
  const live = facts.live.map((each) => ({ ...each, ...changes }));
  const plan = planTenantList({ ...facts, live, today: "2026-11-21" });
  return found({ ...facts, plan, live }).map(({ kind, severity }) => `${kind}: ${severity}`);
}

type Facts = Pick<ReturnType<typeof factsOf>, "list" | "live" | "managed"> & { readonly plan: Plan };

/** What is found where a stack `test` is there if it manages anything, and these other stacks beside it. */
function found({ plan, live, list, managed }: Facts, elsewhere: Partial<Pick<Inspected, "shared" | "unread">> = {}) {
  const { shared = [], unread = [] } = elsewhere;
  const stack = {
    stack: "test",
    managed,
    deployment: { resources: [] },
    missing: undefined,
    stacks: ["test"],
    others: [],
  };
  const state = managed.length > 0 ? stack : undefined;
  return findAll({
    inspection: { plan, live, state, shared, unread },
    list,
    groups: [],
    hubs: [],
    today: "2026-11-21",
  });
}

describe("findAll", () => {
  it("finds nothing where everything is live as declared", () => {
    assert.deepEqual(kindsOf({ declared: [1, 2], live: [1, 2], managed: [1, 2] }), []);
  });

  it("tells what is missing, undeclared, extra and unmanaged apart", () => {
    const kinds = kindsOf({ declared: [1, 2], live: [2, 3, 4], managed: [3] });

    assert.deepEqual(kinds, ["missing: finding", "undeclared: finding", "extra: finding", "unmanaged: note"]);
  });

  it("notes what only the state holds any more, which a run will forget", () => {
    assert.deepEqual(kindsOf({ declared: [], live: [], managed: [1] }), ["undeclared: note"]);
  });

  it("counts a mapping that is gone as missing, and one of another tenant as drift", () => {
    const mappings = [{ ...idsOf(2), tenantId: idsOf(9).tenantId }];

    const kinds = kindsOf({ declared: [1, 2], live: [], managed: [1, 2] }, { mappings });

    assert.deepEqual(
      kinds.filter((each) => !each.startsWith("check")),
      ["drift: finding", "missing: finding"],
    );
  });

  it("does not pass a mapping as right whose tenant Azure does not tell", () => {
    const mappings = [{ ...idsOf(1), tenantId: undefined }];

    assert.deepEqual(kindsOf({ declared: [1], live: [], managed: [1] }, { mappings }), ["check: finding"]);
  });

  it("finds a tenant with two customer subscriptions on one registration", () => {
    const mappings = [idsOf(1), { ...idsOf(2), tenantId: idsOf(1).tenantId }];

    const kinds = kindsOf({ declared: [1], live: [], managed: [1] }, { mappings });

    assert.ok(kinds.includes("duplicate: finding"));
  });

  it("finds a subscription of another directory, although a run leaves it as it is", () => {
    const facts = factsOf({ declared: [1], live: [1], managed: [1] });
    const directories = new Map([[idsOf(1).customerSubscriptionId, idsOf(2).tenantId]]);
    const plan = planTenantList({ ...facts, directories, today: "2026-11-21" });

    const findings = found({ ...facts, plan });

    assert.deepEqual(
      findings.map(({ kind, severity }) => `${kind}: ${severity}`),
      ["check: finding"],
    );
  });

  for (const [what, lockFacts, expected] of [
    ["finds a declared lock that is not there", { locks: [] }, ["lock: finding"]],
    [
      "finds one that is there at another level",
      { locks: [lockOf("RegistrationResourceLock", "ReadOnly")] },
      ["lock: finding", "lock: finding"],
    ],
    [
      "takes one that is there for what it should be",
      { locks: [lockOf("registrationresourcelock", "CanNotDelete")] },
      ["lock: note"],
    ],
    ["does not pass as there what may not be read", { problem: UNREADABLE }, ["lock: finding"]],
  ] as const) {
    it(what, () => {
      const facts = factsOf({ declared: [1], live: [1], managed: [1] });
      const lock = { name: "RegistrationResourceLock", level: "CanNotDelete" };
      const list = { ...facts.list, registrations: facts.list.registrations.map((each) => ({ ...each, lock })) };
      const live = facts.live.map((each) => ({ ...each, lockFacts }));
      const plan = planTenantList({ ...facts, list, live, today: "2026-11-21" });

      const findings = found({ ...facts, list, live, plan });

      assert.deepEqual(
        findings.map(({ kind, severity }) => `${kind}: ${severity}`),
        expected,
      );
      if (expected[0] === "lock: finding" && !("problem" in lockFacts)) {
        assert.match(
          findings[0]?.message ?? "",
          /az lock create --name RegistrationResourceLock --lock-type CanNotDelete --resource /,
        );
      }
    });
  }

  it("holds a ReadOnly lock that is declared for no finding", () => {
    const facts = factsOf({ declared: [], live: [], managed: [] });
    const lock = { name: "frozen", level: "ReadOnly" };
    const list = { ...facts.list, registrations: facts.list.registrations.map((each) => ({ ...each, lock })) };
    const live = facts.live.map((each) => ({ ...each, lockFacts: { locks: [lockOf("frozen", "ReadOnly")] } }));
    const plan = planTenantList({ ...facts, list, live, today: "2026-11-21" });

    const findings = found({ ...facts, list, live, plan });

    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ["note"],
    );
  });

  it("notes locks that may not be read, for they may be there", () => {
    const problem = { code: "CSP_NOT_AUTHORIZED", message: "[CSP_NOT_AUTHORIZED] …" } as const;

    assert.deepEqual(kindsOf({ declared: [1], live: [1], managed: [1] }, { lockFacts: { problem } }), ["lock: note"]);
  });

  it("holds a ReadOnly lock for a finding and a CanNotDelete lock for a note", () => {
    const lock = { id: "/locks/a", name: "a", scope: "/subscriptions/x", notes: undefined };
    const locks = ["ReadOnly", "CanNotDelete"].map((level) => ({ ...lock, level }));

    const kinds = kindsOf({ declared: [1], live: [1], managed: [1] }, { lockFacts: { locks } });

    assert.deepEqual(kinds, ["lock: finding", "lock: note"]);
  });

  it("finds what another stack manages as well, and what is not known of one that could not be read", () => {
    const facts = factsOf({ declared: [1], live: [1], managed: [1] });
    const plan = planTenantList({ ...facts, today: "2026-11-21" });
    const ids = facts.managed.map(({ id }) => id);

    const shared = found({ ...facts, plan }, { shared: [{ holder: "other", ids }], unread: ["stack broken"] });

    assert.deepEqual(
      shared.map(({ kind, severity, registration, tenantId, message }) => [
        kind,
        severity,
        registration,
        tenantId,
        message,
      ]),
      [
        ["shared", "finding", "paris", idsOf(1).tenantId, "managed by stack test and by stack other"],
        [
          "shared",
          "finding",
          "paris",
          undefined,
          "whether stack broken manages the same mappings as stack test is not known",
        ],
      ],
    );
  });
});
