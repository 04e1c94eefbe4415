import assert from "node:assert/strict";
import { formatPlanIssue } from "@azurestack-csp/provider";
import { guid } from "../tenantList/sample.ts";
import { codes, lock, planOf, type Scenario, TODAY } from "./scenario.ts";

const RETAINED = { retainUntil: TODAY };

const CASES: readonly (readonly [string, Scenario, readonly string[]])[] = [
  [
    "refuses a tenant that is mapped elsewhere",
    { rows: [{ tenant: 1, subscription: 12 }], live: [[11, 1]] },
    ["error CSP_TENANT_MAPPED_ELSEWHERE"],
  ],
  [
    "permits it where the list names the mapping to displace",
    { rows: [{ tenant: 1, subscription: 12, overwrite: [11] }], live: [[11, 1]] },
    [],
  ],
  [
    "refuses a move that is not the same resource's",
    { rows: [{ tenant: 1, subscription: 12 }], managed: [[11, 1, { name: "hub/one" }]], live: [[11, 1]] },
    ["error CSP_TENANT_MAPPED_ELSEWHERE"],
  ],
  [
    "refuses a move where somebody mapped the tenant to yet another subscription meanwhile",
    { rows: [{ tenant: 1, subscription: 12 }], managed: [[11, 1]], live: [[13, 1]] },
    ["error CSP_TENANT_MAPPED_ELSEWHERE"],
  ],
  [
    "permits one whose old mapping is another resource's and gone",
    { rows: [{ tenant: 1, subscription: 12 }], managed: [[11, 1, { name: "hub/one" }]] },
    [],
  ],
  [
    "refuses a subscription that is mapped to another tenant",
    { rows: [{ tenant: 1, subscription: 11 }], live: [[11, 2]] },
    ["error CSP_SUBSCRIPTION_MAPPED_ELSEWHERE"],
  ],
  [
    "refuses both ends of a swap that is not permitted",
    {
      rows: [
        { tenant: 1, subscription: 12 },
        { tenant: 2, subscription: 11 },
      ],
      managed: [
        [11, 1],
        [12, 2],
      ],
      live: [
        [11, 1],
        [12, 2],
      ],
    },
    ["error CSP_SUBSCRIPTION_MAPPED_ELSEWHERE", "error CSP_SUBSCRIPTION_MAPPED_ELSEWHERE"],
  ],
  [
    "refuses drift whose tenant was mapped elsewhere by hand",
    { rows: [{ tenant: 1, subscription: 11 }], managed: [[11, 1]], live: [[12, 1]] },
    ["error CSP_TENANT_MAPPED_ELSEWHERE"],
  ],
  [
    "takes a live mapping without a tenant for no conflict, and does not pass it as right",
    { rows: [{ tenant: 1, subscription: 11 }], managed: [[11, 1]], live: [[11, undefined]] },
    ["warning CSP_LIVE_TENANT_UNKNOWN"],
  ],
  [
    "refuses to remove what is retained",
    { managed: [[11, 1, { retainUntil: TODAY }]], live: [[11, 1]] },
    ["error CSP_RETAINED"],
  ],
  [
    "refuses to move what is retained, whether or not the list lifts the date as well",
    { rows: [{ tenant: 1, subscription: 12 }], managed: [[11, 1, RETAINED]], live: [[11, 1]] },
    ["error CSP_RETAINED"],
  ],
  [
    "refuses to move it where `overwrite` names it",
    { rows: [{ tenant: 1, subscription: 12, overwrite: [11] }], managed: [[11, 1, RETAINED]], live: [[11, 1]] },
    ["error CSP_RETAINED"],
  ],
  [
    "refuses to give another tenant to what is retained",
    { rows: [{ tenant: 2, subscription: 11, overwrite: [11] }], managed: [[11, 1, RETAINED]], live: [[11, 1]] },
    ["error CSP_RETAINED"],
  ],
  [
    "permits the move after the last day",
    {
      rows: [{ tenant: 1, subscription: 12 }],
      managed: [[11, 1, { retainUntil: "2026-11-20" }]],
      live: [[11, 1]],
    },
    [],
  ],
  ["permits the move of what is gone", { rows: [{ tenant: 1, subscription: 12 }], managed: [[11, 1, RETAINED]] }, []],
  [
    "permits the move where somebody else has the old subscription by now, whose mapping is not removed",
    { rows: [{ tenant: 1, subscription: 12 }], managed: [[11, 1, RETAINED]], live: [[11, 9]] },
    [],
  ],
  [
    "permits forgetting it where somebody else has the subscription by now",
    { managed: [[11, 1, RETAINED]], live: [[11, 9]] },
    [],
  ],
  [
    "permits restoring what is retained",
    { rows: [{ tenant: 1, subscription: 11 }], managed: [[11, 1, RETAINED]], live: [[11, 9]] },
    [],
  ],
  [
    "permits going back after a run whose outcome is not known",
    {
      rows: [{ tenant: 1, subscription: 12 }],
      managed: [[11, 1, { ...RETAINED, isUnconfirmed: true }]],
      live: [[11, 1]],
    },
    [],
  ],
  ["permits it after the last day", { managed: [[11, 1, { retainUntil: "2026-11-20" }]], live: [[11, 1]] }, []],
  ["permits forgetting what is gone", { managed: [[11, 1, { retainUntil: "2099-01-01" }]] }, []],
  [
    "refuses customers of a Hub that is billed by capacity",
    { rows: [{ tenant: 1, subscription: 11 }], facts: { billingModel: "Capacity" } },
    ["error CSP_BILLING_MODEL_CAPACITY"],
  ],
  ["says nothing of the billing model where no customer is declared", { facts: { billingModel: "Capacity" } }, []],
  [
    "warns of an unusual billing model",
    { rows: [{ tenant: 1, subscription: 11 }], facts: { billingModel: "Ruggedized" } },
    ["warning CSP_BILLING_MODEL_UNUSUAL"],
  ],
  [
    "refuses removals that would meet a lock",
    { managed: [[11, 1]], live: [[11, 1]], facts: { lockFacts: { locks: [lock("CanNotDelete")] } } },
    ["error CSP_LOCK_MET"],
  ],
  [
    "refuses a subscription of another directory",
    { rows: [{ tenant: 1, subscription: 11 }], directories: new Map([[guid(11), guid(2)]]) },
    ["error CSP_DIRECTORY_MISMATCH"],
  ],
  [
    "says that an `overwrite` can go once the row is live as declared",
    { rows: [{ tenant: 1, subscription: 11, overwrite: [12] }], managed: [[11, 1]], live: [[11, 1]] },
    ["warning CSP_OVERWRITE_DONE"],
  ],
  [
    "says nothing of an `overwrite` whose row is not adopted yet",
    { rows: [{ tenant: 1, subscription: 11, overwrite: [12] }], live: [[11, 1]] },
    [],
  ],
  [
    "says nothing of an `overwrite` where nothing live could be read",
    {
      rows: [{ tenant: 1, subscription: 11, overwrite: [12] }],
      managed: [[11, 1]],
      facts: { problem: { code: "CSP_NOT_AUTHORIZED", message: "no" } } as never,
    },
    ["error CSP_NOT_AUTHORIZED"],
  ],
  [
    "warns of a `retainUntil` that is past when it first appears",
    { rows: [{ tenant: 1, subscription: 11, state: "suspended", retainUntil: "2026-11-20" }] },
    ["warning CSP_RETAIN_UNTIL_PAST"],
  ],
  [
    "warns of one that is changed to a day in the past",
    {
      rows: [{ tenant: 1, subscription: 11, state: "suspended", retainUntil: "2026-11-20" }],
      managed: [[11, 1, RETAINED]],
      live: [[11, 1]],
    },
    ["warning CSP_RETAIN_UNTIL_PAST"],
  ],
  [
    "takes one that has passed since for due, and for no slip",
    {
      rows: [{ tenant: 1, subscription: 11, state: "suspended", retainUntil: "2026-11-20" }],
      managed: [[11, 1, { retainUntil: "2026-11-20" }]],
      live: [[11, 1]],
    },
    [],
  ],
  [
    "warns of it where it is managed and live already, which keeps a run from nothing else",
    {
      rows: [{ tenant: 1, subscription: 11 }],
      managed: [[11, 1]],
      live: [[11, 1]],
      directories: new Map([[guid(11), guid(2)]]),
    },
    ["warning CSP_DIRECTORY_MISMATCH"],
  ],
  [
    "warns of it by what the state knows, where Azure was not asked",
    { rows: [{ tenant: 1, subscription: 11 }], managed: [[11, 1, { directory: guid(2) }]], live: [[11, 1]] },
    ["warning CSP_DIRECTORY_MISMATCH"],
  ],
  [
    "warns of nothing where Azure tells that it is right by now",
    {
      rows: [{ tenant: 1, subscription: 11 }],
      managed: [[11, 1, { directory: guid(2) }]],
      live: [[11, 1]],
      directories: new Map([[guid(11), guid(1)]]),
    },
    [],
  ],
  [
    "lets a `retainUntil` begin and end today",
    { rows: [{ tenant: 1, subscription: 11, state: "suspended", retainUntil: TODAY }] },
    [],
  ],
  [
    "refuses it under another resource name, for which it would be adopted anew",
    {
      rows: [{ tenant: 1, subscription: 11 }],
      managed: [[11, 1, { name: "hub/one", directory: guid(2) }]],
      live: [[11, 1]],
    },
    ["error CSP_DIRECTORY_MISMATCH"],
  ],
  [
    "warns where Azure does not tell the directory",
    { rows: [{ tenant: 1, subscription: 11 }], directories: new Map([[guid(11), undefined]]) },
    ["warning CSP_DIRECTORY_UNKNOWN"],
  ],
];

describe("the issues of planTenantList", () => {
  for (const [fact, scenario, expected] of CASES) {
    it(fact, () => {
      assert.deepEqual(codes(planOf(scenario)), expected);
    });
  }

  it("name the row, and the way out", () => {
    const [issue] = planOf({ rows: [{ tenant: 1, subscription: 12 }], live: [[11, 1]] }).issues;

    assert.ok(issue);
    assert.match(formatPlanIssue(issue), /^tenants\.json:1:\d+: \[CSP_TENANT_MAPPED_ELSEWHERE\] /);
    assert.ok(issue.message.includes(`overwrite: ["${guid(11)}"]`));
  });

  it("name the row that would move what is retained, and the subscription that would lose it", () => {
    const rows = [{ tenant: 1, subscription: 12 }];
    const [issue] = planOf({ rows, managed: [[11, 1, RETAINED]], live: [[11, 1]] }).issues;

    assert.ok(issue);
    assert.match(formatPlanIssue(issue), /^tenants\.json:1:\d+: \[CSP_RETAINED\] /);
    assert.ok(issue.message.includes(`Tenant ${guid(1)} keeps customer subscription ${guid(11)}`));
  });

  it("hold the commands that lift a lock and put it back", () => {
    const lockFacts = { locks: [lock("CanNotDelete")] };
    const [issue] = planOf({ managed: [[11, 1]], live: [[11, 1]], facts: { lockFacts } }).issues;

    assert.match(
      issue?.message ?? "",
      /az lock create --name .*; az lock delete --ids \S+RegistrationResourceLock && RUN\)$/m,
    );
  });
});
