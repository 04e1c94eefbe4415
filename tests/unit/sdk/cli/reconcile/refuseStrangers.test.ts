import assert from "node:assert/strict";
import { refuseStrangers } from "../../../../../sdk/nodejs/src/cli/reconcile/refuseStrangers.ts";

const ours = ["pulumi-nodejs:dynamic/azurestack:CustomerSubscription", "pulumi:pulumi:Stack"];

function stateOf(...types: readonly string[]) {
  const resources = types.map((type, index) => ({ type, urn: `urn:${index}` }));
  return { stack: "test", managed: [], deployment: { resources } };
}

describe("refuseStrangers", () => {
  it("lets a stack pass that holds what the built-in program declares, or nothing", () => {
    refuseStrangers(stateOf(...ours));
    refuseStrangers({ stack: "test", managed: [], deployment: { resources: [] } });
  });

  it("names what the built-in program would delete", () => {
    const state = stateOf(...ours, "azure-native:storage:StorageAccount");

    assert.throws(() => refuseStrangers(state), { code: "CSP_RECONCILE_STACK_FOREIGN", message: /1 .*urn:2/ });
  });
});
