import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  editTenantList,
  parseTenantList,
  type Tenant,
  type TenantListEdit,
  type TenantListFile,
  type WritableTenant,
  writeTenantList,
} from "@azurestack-csp/provider";
import fc from "fast-check";
import { cases } from "../../../../../support/effort.ts";
import { arbitraryList, type BareList, withoutPlaces } from "../arbitraryList.ts";
import { guid, HUBS } from "../sample.ts";

const SAMPLE = readFileSync(new URL("../../../../../../tenants.yaml", import.meta.url), "utf8");

const NEW: WritableTenant = {
  name: "007",
  tenantId: guid(1),
  mappings: [{ registrationKey: "paris", customerSubscriptionId: guid(2) }],
  labels: { costCentre: "no" },
  state: "active",
  overwrite: [],
};

function parse(...files: readonly TenantListFile[]): readonly Tenant[] {
  const { list, issues } = parseTenantList(files);
  assert.deepEqual(
    issues.filter(({ severity }) => severity === "error").map(({ message }) => message),
    [],
  );
  return list?.tenants ?? [];
}

function named(name: string, tenants: readonly Tenant[]): Tenant {
  const found = tenants.find((tenant) => tenant.name === name);
  assert.ok(found);
  return found;
}

/** The lines that only one of the texts has, with `-` and `+`. */
function differing(before: string, after: string): readonly string[] {
  const [left, right] = [before.split("\n"), after.split("\n")];
  const lost = left.filter((line) => !right.includes(line)).map((line) => `-${line}`);
  return [...lost, ...right.filter((line) => !left.includes(line)).map((line) => `+${line}`)];
}

describe("editTenantList", () => {
  const edit = (text: string, ...edits: readonly TenantListEdit[]) =>
    editTenantList({ file: "tenants.yaml", text, edits });
  const tenants = parse({ file: "tenants.yaml", text: SAMPLE });
  const garance = named("Éditions Garance", tenants);

  it("keeps the line that names a CSV file's separator", () => {
    const text = `sep=;\r\nname;tenantId;customerSubscriptionId;registrations\r\nA;${guid(1)};${guid(2)};paris\r\n`;
    const [tenant] = parse({ file: "hubs.yaml", text: HUBS }, { file: "tenants.csv", text });
    assert.ok(tenant);
    const edits: readonly TenantListEdit[] = [{ kind: "change", from: tenant, to: { ...tenant, name: "B" } }];

    assert.equal(editTenantList({ file: "tenants.csv", text, edits }), text.replace("\r\nA;", "\r\nB;"));
  });

  it("adds rows at the end, and touches no other line", () => {
    const text = edit(SAMPLE, { kind: "add", tenant: NEW });

    assert.deepEqual(differing(SAMPLE, text), [
      '+  - name: "007"',
      `+    tenantId: ${guid(1)}`,
      `+    customerSubscriptionId: ${guid(2)}`,
      "+      - paris",
      "+    labels:",
      "+      costCentre: no",
    ]);
    assert.equal(named("007", parse({ file: "tenants.yaml", text })).labels.costCentre, "no");
  });

  it("changes the keys of a row that differ, and keeps comments and the spelling of the others", () => {
    const to = { ...garance, name: "Garance", state: "suspended" as const, retainUntil: "2026-12-31" };
    const text = edit(SAMPLE, { kind: "change", from: garance, to });

    assert.deepEqual(differing(SAMPLE, text), [
      "-  - name: Éditions Garance",
      "+  - name: Garance",
      "+    retainUntil: 2026-12-31",
    ]);
  });

  it("writes no label and no registration that comes from the defaults", () => {
    const from = named("Horizon Énergies", tenants);
    const text = edit(SAMPLE, { kind: "change", from, to: { ...from, name: "Horizon" } });

    assert.deepEqual(differing(SAMPLE, text), ["-  - name: Horizon Énergies", "+  - name: Horizon"]);
  });

  it("removes a row", () => {
    const text = edit(SAMPLE, { kind: "remove", tenant: garance });

    assert.deepEqual(
      parse({ file: "tenants.yaml", text }).map(({ name }) => name),
      tenants.filter((tenant) => tenant !== garance).map(({ name }) => name),
    );
    assert.equal(text.match(/#/g)?.length, SAMPLE.match(/#/g)?.length);
  });

  it("keeps byte-order mark, CRLF, zeros and the comment behind a value", () => {
    const text = `\uFEFF${HUBS}tenants:\n  - name: 007 # agent\n    tenantId: ${guid(1)}\n    customerSubscriptionId: ${guid(2)}\n    registrations: [paris]\n`;
    const dos = text.replaceAll("\n", "\r\n");
    const [from] = parse({ file: "tenants.yaml", text: dos });
    assert.ok(from);

    assert.equal(edit(dos, { kind: "add", tenant: { ...NEW, tenantId: guid(3) } }).indexOf(dos), 0);
    assert.match(edit(dos, { kind: "change", from, to: { ...from, name: "Bond" } }), /- name: Bond # agent\r\n/);
  });

  it("begins a list that had no rows", () => {
    const text = edit(`${HUBS}tenants: []\n`, { kind: "add", tenant: NEW });

    assert.match(text, /tenants:\n {2}- name: "007"\n/);
  });

  it("adds the columns that a CSV row needs, and keeps its separator", () => {
    const text = `name;tenantId;customerSubscriptionId;registrations\nContoso;${guid(3)};${guid(4)};paris lyon\n\n`;
    const hubs = { file: "hubs.yaml", text: HUBS };
    const [from] = parse(hubs, { file: "list.csv", text });
    assert.ok(from);
    const to = { ...from, state: "suspended" as const, retainUntil: "2026-12-31" };

    assert.equal(
      editTenantList({ file: "list.csv", text, edits: [{ kind: "change", from, to }] }),
      `name;tenantId;customerSubscriptionId;registrations;state;retainUntil\nContoso;${guid(3)};${guid(4)};paris lyon;suspended;2026-12-31\n\n`,
    );
  });

  for (const format of ["yaml", "json", "csv"] as const) {
    it(`turns any ${format} list into any other`, () => {
      fc.assert(
        fc.property(arbitraryList, arbitraryList, (left, right) => {
          fc.pre(format !== "csv" || (left.tenants.length > 0 && right.tenants.length > 0));
          const hubs = {
            file: "hubs.yaml",
            text: writeTenantList({ ...listed(right), tenants: [] }, { format: "yaml" }),
          };
          const own = { ...listed(left), registrations: [], tenants: onHubsOf(left, right) };
          const before = { file: `list.${format}`, text: writeTenantList(own, { format }) };
          const rows = parse(hubs, before);

          const text = editTenantList({ ...before, edits: editsFrom(rows, right) });

          const { list } = parseTenantList([hubs, { ...before, text }]);
          assert.deepEqual(list && withoutPlaces(list), right);
        }),
        { numRuns: cases(70, 2000) },
      );
    });
  }
});

function listed(list: BareList) {
  return list as Parameters<typeof writeTenantList>[0];
}

/** The tenants of one list on the first registration of another. */
function onHubsOf({ tenants }: BareList, { registrations }: BareList): readonly WritableTenant[] {
  const registrationKey = registrations[0]?.key ?? "";
  return tenants.map((tenant, index) => ({
    ...tenant,
    name: `${tenant.name}!`,
    mappings: tenant.mappings.slice(0, 1).map((mapping) => ({ ...mapping, registrationKey })),
    tenantId: guid(0x100 + index),
  }));
}

/** Changes the rows that there are, and removes or adds the rest. */
function editsFrom(rows: readonly Tenant[], { tenants }: BareList): readonly TenantListEdit[] {
  const shared = Math.min(rows.length, tenants.length);
  return [
    ...rows.slice(0, shared).flatMap((from, index): TenantListEdit[] => {
      const to = tenants[index];
      return to ? [{ kind: "change", from, to }] : [];
    }),
    ...rows.slice(shared).map((tenant): TenantListEdit => ({ kind: "remove", tenant })),
    ...tenants.slice(shared).map((tenant): TenantListEdit => ({ kind: "add", tenant })),
  ];
}
