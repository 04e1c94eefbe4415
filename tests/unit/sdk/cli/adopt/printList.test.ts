import assert from "node:assert/strict";
import { join } from "node:path";
import { parseTenantList, toDeclarations } from "@azurestack-csp/provider";
import { printList } from "../../../../../sdk/nodejs/src/cli/adopt/printList.ts";
import { idsOf } from "../plan/plans.ts";

const registrations = ["paris", "lyon"].map((key) => ({
  key,
  registration: {
    registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
    resourceGroup: "azurestack",
    registrationName: `azurestack-hub-${key}`,
  },
}));

const one = idsOf(1);
const two = idsOf(2);
const rows = [
  {
    name: 'Éditions: "no" #1',
    tenantId: one.tenantId,
    subscriptions: new Map([
      ["paris", one.customerSubscriptionId],
      ["lyon", idsOf(3).customerSubscriptionId],
    ]),
  },
  { name: "null", tenantId: two.tenantId, subscriptions: new Map([["lyon", two.customerSubscriptionId]]) },
];

describe("printList", () => {
  for (const file of ["tenants.yaml", "tenants.json", "lists/tenants.csv"]) {
    it(`writes a ${file} that declares what is live, whatever the names are`, () => {
      const files = printList({ registrations, rows, file, today: "2026-11-21" });

      const { list, issues } = parseTenantList(files);
      assert.deepEqual(issues, []);
      assert.ok(list);
      const declared = toDeclarations(list).map(({ name, tenantName, inputs }) => [
        name,
        tenantName,
        inputs.customerSubscriptionId,
      ]);
      assert.deepEqual(declared, [
        [`lyon/${one.tenantId}`, 'Éditions: "no" #1', idsOf(3).customerSubscriptionId],
        [`lyon/${two.tenantId}`, "null", two.customerSubscriptionId],
        [`paris/${one.tenantId}`, 'Éditions: "no" #1', one.customerSubscriptionId],
      ]);
    });
  }

  it("puts the registrations of a CSV file beside it, and first", () => {
    const files = printList({ registrations, rows, file: join("lists", "tenants.csv"), today: "2026-11-21" });

    assert.deepEqual(
      files.map(({ file }) => file),
      [join("lists", "registrations.yaml"), join("lists", "tenants.csv")],
    );
    assert.match(files[0]?.text ?? "", /^# The registrations of tenants\.csv/m);
  });

  it("writes no CSV file without customers, which would be taken for one that was cut off", () => {
    const files = printList({ registrations, rows: [], file: "tenants.csv", today: "2026-11-21" });

    assert.deepEqual(
      files.map(({ file }) => file),
      ["registrations.yaml"],
    );
    assert.deepEqual(parseTenantList(files).list?.tenants, []);
  });

  it("keeps a spreadsheet from calculating a name that a customer chose", () => {
    const row = {
      name: "=1+1",
      tenantId: one.tenantId,
      subscriptions: new Map([["paris", one.customerSubscriptionId]]),
    };

    const names = ["tenants.csv", "tenants.yaml"].map((file) => {
      const { list } = parseTenantList(printList({ registrations, rows: [row], file, today: "2026-11-21" }));
      return list?.tenants.map(({ name }) => name).join();
    });

    assert.deepEqual(names, ["'=1+1", "=1+1"]);
  });
});
