import assert from "node:assert/strict";
import { hasCode, parseTenantList, toDeclarations } from "@azurestack-csp/provider";
import { checkInputs } from "../../../../../provider/src/domain/customerSubscription/inputs.ts";
import { reconcileErrors } from "../../../../../sdk/nodejs/src/cli/errors/reconcileErrors.ts";
import { matchProgram } from "../../../../../sdk/nodejs/src/cli/reconcile/matchProgram.ts";
import { guid } from "../../../provider/domain/tenantList/sample.ts";

const TENANTS = [1, 2].map((digit) => ({
  name: `Customer ${digit}`,
  tenantId: guid(digit),
  customerSubscriptionId: guid(digit + 10),
  registrations: ["paris"],
  retainUntil: "2027-01-31",
}));
const PARIS = {
  registrationSubscriptionId: guid(0xa1),
  resourceGroup: "AzureStack",
  registrationName: "hub-Paris",
  cloud: "china",
};

const { list } = parseTenantList([
  { file: "tenants.json", text: JSON.stringify({ registrations: { paris: PARIS }, tenants: TENANTS }) },
]);
assert.ok(list);

/** The steps of a preview of what the list declares, the inputs of the first customer changed. */
function stepsWith(changes: Readonly<Record<string, unknown>>) {
  return toDeclarations(list ?? assert.fail()).map(({ name, inputs }, index) => ({
    op: "create",
    urn: name,
    type: "pulumi-nodejs:dynamic/azurestack:CustomerSubscription",
    parent: "",
    inputs: checkInputs(index === 0 ? { ...inputs, ...changes } : { ...inputs }).inputs,
  }));
}

function differences(changes: Readonly<Record<string, unknown>>): string {
  try {
    matchProgram(list ?? assert.fail(), stepsWith(changes));
  } catch (error) {
    assert.ok(hasCode(error, reconcileErrors.CSP_RECONCILE_PROGRAM_DIFFERS));
    return error.details.differences;
  }
  return "";
}

describe("matchProgram", () => {
  const mapping = `${guid(1)} → /subscriptions/${guid(0xa1)}/resourcegroups/azurestack/providers/microsoft.azurestack/registrations/hub-paris/customersubscriptions/${guid(11)}`;

  it("accepts a program that declares the list, in any letter case of ids", () => {
    assert.equal(differences({ tenantId: guid(1).toUpperCase() }), "");
  });

  it("names what only one of the two has", () => {
    const text = differences({ customerSubscriptionId: guid(19) });

    assert.ok(text.startsWith(`${mapping} is only in the list, `));
    assert.match(text, new RegExp(`${guid(19)} is only in the program$`));
  });

  it("names another day of retention, which a removal is checked by", () => {
    const differs = `retainUntil of ${mapping} is 2027-01-31 in the list and`;

    assert.equal(differences({ retainUntil: "2026-01-31" }), `${differs} 2026-01-31 in the program`);
    assert.equal(differences({ retainUntil: undefined }), `${differs} not set in the program`);
  });

  it("names another cloud and another credential, through which the checks did not look", () => {
    assert.equal(
      differences({ cloud: "public", credentialPrefix: "LYON" }),
      `cloud of ${mapping} is china in the list and public in the program, credentialPrefix of ${mapping} is not set in the list and LYON in the program`,
    );
  });
});
