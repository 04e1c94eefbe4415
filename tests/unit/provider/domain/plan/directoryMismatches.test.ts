import assert from "node:assert/strict";
import { parseTenantList, planTenantList } from "@azurestack-csp/provider";
import { CSV_HEADER, guid, HUBS } from "../tenantList/sample.ts";

/** A tenant and its subscription, by number; customer `n` has tenant `n` and subscription `100 + n`. */
type Row = readonly [tenant: number, subscription: number];

const customers = Array.from({ length: 20 }, (_, index) => index + 1);
const directories = new Map(customers.map((n) => [guid(100 + n), guid(n)]));

describe("rows that their directories prove wrong", () => {
  it("are one error where a column is shifted by one row, with the line from which on", () => {
    const rows = customers.slice(0, 8).map((n): Row => [n, n < 4 ? 100 + n : 101 + n]);

    assert.deepEqual(errors(rows), ["tenants.csv:5 CSP_DIRECTORY_MISMATCH"]);
    assert.match(messages(rows)[0] ?? "", /; 4 rows are off alike, so a column is shifted by 1 row from line 5 on\./);
  });

  it("are one error where the shifted column wraps around", () => {
    const rows = customers.slice(0, 6).map((n): Row => [n, n === 1 ? 106 : 99 + n]);

    assert.deepEqual(errors(rows).length, 1);
    assert.match(messages(rows)[0] ?? "", /shifted by 1 row from line 3 on/);
  });

  it("are one error for each of two slips", () => {
    const slipped = new Map([
      ...[2, 3, 4].map((n) => [n, n + 1] as const),
      [5, 2],
      [9, 12],
      [10, 9],
      [11, 10],
      [12, 11],
    ]);
    const rows = customers.slice(0, 16).map((n): Row => [n, 100 + (slipped.get(n) ?? n)]);

    assert.deepEqual(errors(rows), ["tenants.csv:3 CSP_DIRECTORY_MISMATCH", "tenants.csv:11 CSP_DIRECTORY_MISMATCH"]);
  });

  it("are one error where two are swapped, and both are named", () => {
    const rows: readonly Row[] = [
      [1, 102],
      [2, 101],
      [3, 103],
    ];

    assert.deepEqual(errors(rows), ["tenants.csv:2 CSP_DIRECTORY_MISMATCH"]);
    assert.match(messages(rows)[0] ?? "", /with "C2" at tenants\.csv:3:1 it is the other way round/);
  });

  it("name the customer of the list whose subscription it is", () => {
    const rows: readonly Row[] = [
      [1, 103],
      [3, 119],
    ];

    const [first = "", second = ""] = messages(rows);
    assert.match(first, /that directory is tenant "C3" at tenants\.csv:3:1/);
    assert.doesNotMatch(second, /that directory is/);
  });

  it("are said once where the customer is on two Hubs", () => {
    assert.deepEqual(errors([[1, 119]], "paris lyon"), ["tenants.csv:2 CSP_DIRECTORY_MISMATCH"]);
  });

  it("are told from rows that it proves right, which are offered nothing but to displace the live mapping", () => {
    const live = [101, 150].map((n) => ({ customerSubscriptionId: guid(n), tenantId: guid(2) }));

    const [right = ""] = messages([[1, 101]], "paris", live);
    const [open = ""] = messages([[1, 150]], "paris", live);

    assert.match(right, /the row is right and the live mapping is not: displace it with overwrite: \["/);
    assert.doesNotMatch(right, /Correct the ids/);
    assert.match(open, /Correct the ids if one of them is wrong\. If the tenant is to change, .*overwrite/);
  });

  it("are not answered with what would displace another customer", () => {
    const live = [
      { customerSubscriptionId: guid(102), tenantId: guid(2) },
      { customerSubscriptionId: guid(101), tenantId: guid(1) },
    ];

    assert.deepEqual(errors([[1, 102]], "paris", live), ["tenants.csv:2 CSP_DIRECTORY_MISMATCH"]);
    assert.doesNotMatch(messages([[1, 102]], "paris", live).join("\n"), /overwrite/);
  });
});

function issuesOf(rows: readonly Row[], hubs: string, mappings: readonly LiveRow[]) {
  const text = rows.map(([tenant, subscription]) => `C${tenant},${guid(tenant)},${guid(subscription)},${hubs}`);
  const { list, issues } = parseTenantList([
    { file: "hubs.yaml", text: HUBS },
    { file: "tenants.csv", text: `${CSV_HEADER}\n${text.join("\n")}\n` },
  ]);
  assert.ok(list, JSON.stringify(issues));
  const live = list.registrations.map(({ registration }) => ({
    registration,
    billingModel: "PayAsYouUse",
    cloudId: undefined,
    mappings,
  }));
  const plan = planTenantList({ list, live, directories, today: "2026-11-21" });
  return plan.issues.filter(({ severity }) => severity === "error");
}

interface LiveRow {
  readonly customerSubscriptionId: string;
  readonly tenantId: string;
}

function errors(rows: readonly Row[], hubs = "paris", live: readonly LiveRow[] = []): readonly string[] {
  return issuesOf(rows, hubs, live).map(({ code, place }) => `${place?.file}:${place?.line} ${code}`);
}

function messages(rows: readonly Row[], hubs = "paris", live: readonly LiveRow[] = []): readonly string[] {
  return issuesOf(rows, hubs, live).map(({ message }) => message);
}
