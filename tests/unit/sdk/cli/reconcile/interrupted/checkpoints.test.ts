import assert from "node:assert/strict";
import { maySkipCheckpoints } from "../../../../../../sdk/nodejs/src/cli/reconcile/interrupted/checkpoints.ts";
import type { Step } from "../../../../../../sdk/nodejs/src/cli/reconcile/pulumi/stackEvents.ts";

const OURS = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
const GUARD = "pulumi-nodejs:dynamic/azurestack:TenantListGuard";
const STACK = "pulumi:pulumi:Stack";
const VAULT = "azure-native:keyvault:Vault";

function step(op: string, type = OURS): Step {
  return { op, type, urn: "urn:a", parent: "", inputs: {} };
}

function stateOf(...types: readonly string[]) {
  return { resources: types.map((type, index) => ({ type, urn: `urn:${index}` })) };
}

describe("maySkipCheckpoints", () => {
  it("is so where the state before and the journal tell what a killed run leaves", () => {
    const steps = [step("same", STACK), step("create"), step("delete"), step("same")];

    assert.equal(maySkipCheckpoints(stateOf(STACK, OURS, GUARD), steps), true);
    assert.equal(maySkipCheckpoints({ resources: [] }, steps), true);
  });

  for (const op of ["create-replacement", "replace", "delete-replaced", "update", "refresh", "import"]) {
    it(`is not so where a mapping has two states, as with ${op}`, () => {
      assert.equal(maySkipCheckpoints(stateOf(STACK, OURS), [step("create"), step(op)]), false);
    });
  }

  it("is so where only what holds nothing in Azure is updated", () => {
    assert.equal(maySkipCheckpoints(stateOf(STACK, GUARD), [step("update", GUARD), step("update", STACK)]), true);
  });

  it("is not so where another resource is in the state or in the run, which nobody could rebuild", () => {
    assert.equal(maySkipCheckpoints(stateOf(STACK, VAULT), [step("create")]), false);
    assert.equal(maySkipCheckpoints(stateOf(STACK), [step("create", VAULT)]), false);
    assert.equal(maySkipCheckpoints(stateOf(STACK), [step("same", VAULT)]), false);
  });
});
