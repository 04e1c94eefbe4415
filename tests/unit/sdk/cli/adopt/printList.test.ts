import assert from "node:assert/strict";
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
  for (const file of ["tenants.yaml", "tenants.json"]) {
    it(`writes a ${file} that declares what is live, whatever the names are`, () => {
      const text = printList({ registrations, rows, file, today: "2026-11-21" });

      const { list, issues } = parseTenantList([{ file, text }]);
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
});
