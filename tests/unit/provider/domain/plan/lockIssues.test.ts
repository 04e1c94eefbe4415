import assert from "node:assert/strict";
import { codes, lock, planOf, type Scenario } from "./scenario.ts";

const CASES: readonly (readonly [string, Scenario, readonly string[]])[] = [
  [
    "refuses a move that would meet a lock against removal",
    {
      rows: [{ tenant: 1, subscription: 12 }],
      managed: [[11, 1]],
      live: [[11, 1]],
      facts: { lockFacts: { locks: [lock("CanNotDelete")] } },
    },
    ["error CSP_LOCK_MET"],
  ],
  [
    "lets onboarding pass a lock against removal",
    { rows: [{ tenant: 1, subscription: 11 }], facts: { lockFacts: { locks: [lock("CanNotDelete")] } } },
    [],
  ],
  [
    "refuses onboarding that would meet a lock against writing",
    { rows: [{ tenant: 1, subscription: 11 }], facts: { lockFacts: { locks: [lock("ReadOnly")] } } },
    ["error CSP_LOCK_MET"],
  ],
  [
    "warns where locks may not be read",
    {
      managed: [[11, 1]],
      live: [[11, 1]],
      facts: { lockFacts: { problem: { code: "CSP_NOT_AUTHORIZED", message: "[CSP_NOT_AUTHORIZED] no" } } },
    },
    ["warning CSP_LOCKS_UNREADABLE"],
  ],
  [
    "warns of it where there is only something to write, too",
    {
      rows: [{ tenant: 1, subscription: 11 }],
      facts: { lockFacts: { problem: { code: "CSP_NOT_AUTHORIZED", message: "[CSP_NOT_AUTHORIZED] no" } } },
    },
    ["warning CSP_LOCKS_UNREADABLE"],
  ],
  [
    "refuses to write what is live without a tenant where a lock forbids writing",
    {
      rows: [{ tenant: 1, subscription: 11 }],
      live: [[11, undefined]],
      facts: { lockFacts: { locks: [lock("ReadOnly")] } },
    },
    ["error CSP_LOCK_MET", "warning CSP_LIVE_TENANT_UNKNOWN"],
  ],
];

describe("the issues of planTenantList, of locks", () => {
  for (const [title, scenario, expected] of CASES) {
    it(title, () => {
      assert.deepEqual(codes(planOf(scenario)), expected);
    });
  }
});
