import assert from "node:assert/strict";
import { hasCode, type ManagedMapping, parseTenantList, type TenantList } from "@azurestack-csp/provider";
import { reconcileErrors } from "../../../../../sdk/nodejs/src/cli/errors/reconcileErrors.ts";
import { refuseOtherList } from "../../../../../sdk/nodejs/src/cli/reconcile/refuseOtherList.ts";

const registrationOf = (name: string) => ({
  registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
  resourceGroup: "azurestack",
  registrationName: `azurestack-hub-${name}`,
});

function listOf(...names: readonly string[]): TenantList {
  const registrations = Object.fromEntries(names.map((name) => [name, registrationOf(name)]));
  const { list } = parseTenantList([{ file: "a.json", text: JSON.stringify({ registrations, tenants: [] }) }]);
  assert.ok(list);
  return list;
}

function managedOn(name: string, provider: ManagedMapping["provider"] = "azurestack-csp"): ManagedMapping {
  const id = { registration: registrationOf(name), customerSubscriptionId: "3e400ba3-3da6-49b6-a3c3-882212867e40" };
  const flags = { isPendingDelete: false, isProtected: false, isUnconfirmed: false };
  return { urn: "urn", name, provider, id, tenantId: undefined, retainUntil: undefined, ...flags, access: {} };
}

describe("refuseOtherList", () => {
  it("refuses a list that defines none of the stack's registrations, and names both", () => {
    assert.throws(
      () => refuseOtherList({ stack: "prod", managed: [managedOn("paris")], list: listOf("lyon") }),
      (error: Error) => {
        assert.ok(hasCode(error, reconcileErrors.CSP_RECONCILE_OTHER_LIST));
        assert.match(
          error.message,
          /Stack "prod" manages 1 .* that a\.json defines; they are on .*azurestack-hub-paris/,
        );
        return true;
      },
    );
  });

  const together = [
    { that: "has one of them", managed: [managedOn("paris"), managedOn("rome")], list: listOf("lyon", "PARIS") },
    { that: "goes with a stack that manages nothing yet", managed: [], list: listOf("lyon") },
    { that: "is emptied on purpose, which the guard judges", managed: [managedOn("paris")], list: listOf() },
    { that: "meets another provider's only", managed: [managedOn("paris", "azure-native")], list: listOf("lyon") },
  ];
  for (const { that, managed, list } of together) {
    it(`takes a list that ${that}`, () => {
      refuseOtherList({ stack: "prod", managed, list });
    });
  }
});
