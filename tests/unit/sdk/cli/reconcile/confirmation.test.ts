import assert from "node:assert/strict";
import { hasCode } from "@azurestack-csp/provider";
import { reconcileErrors } from "../../../../../sdk/nodejs/src/cli/errors/reconcileErrors.ts";
import { createConfirmation } from "../../../../../sdk/nodejs/src/cli/reconcile/confirmation.ts";
import type { Step } from "../../../../../sdk/nodejs/src/cli/reconcile/pulumi/stackEvents.ts";
import { createPipelineTerminal } from "../console/pipelineTerminal.ts";
import { planOf } from "../plan/plans.ts";

/** What a pipeline's run is confirmed in, and what is said there. */
function pipeline() {
  const terminal = createPipelineTerminal();
  return { context: { terminal, signal: new AbortController().signal }, said: terminal.said };
}

const changed = planOf({ declared: [1, 2], live: [1], managed: [1] });

const unchanged = planOf({ declared: [1], live: [1], managed: [1] });
const OURS = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
const VAULT = "azure-native:keyvault:Vault";

function steps(...each: readonly (readonly [op: string, type: string])[]): readonly Step[] {
  return each.map(([op, type]) => ({ op, type, urn: `urn:pulumi:test::shop::${type}::one`, parent: "", inputs: {} }));
}

describe("createConfirmation", () => {
  it("shows the plan where nobody can be asked, and refuses it", async () => {
    const { context, said } = pipeline();

    await assert.rejects(createConfirmation(context, { yes: false })("production", changed, []), (error) =>
      hasCode(error, reconcileErrors.CSP_RECONCILE_UNCONFIRMED),
    );

    assert.match(said.join("\n"), /^Plan for stack production\n.*\+ onboard.*1 to onboard; 1 unchanged/s);
  });

  it("shows the plan with --yes too, and lets it pass", async () => {
    const { context, said } = pipeline();

    await createConfirmation(context, { yes: true })("production.paris", changed, []);

    assert.match(said.join("\n"), /^Plan for stack production\.paris\n.*\+ onboard/s);
  });

  it("shows and refuses what would be done to other resources of the program, customers or not", async () => {
    const { context, said } = pipeline();

    await assert.rejects(
      createConfirmation(context, { yes: false })("production", unchanged, steps(["delete", VAULT])),
      (error) => hasCode(error, reconcileErrors.CSP_RECONCILE_UNCONFIRMED),
    );

    assert.match(said.join("\n"), /Other resources of the program\n {2}delete azure-native:keyvault:Vault one/);
  });

  it("shows and refuses what would only go from one stack's state to another", async () => {
    const { context, said } = pipeline();
    const handOvers = [{ from: "production.lyon", to: "production", count: 29 }];

    await assert.rejects(
      createConfirmation(context, { yes: false })("production", unchanged, [], handOvers),
      /\[CSP_RECONCILE_UNCONFIRMED\] The run would make 29 changes/,
    );

    assert.match(said.join("\n"), /29 of stack production\.lyon to stack production/);
  });

  it("says nothing where nothing changes", async () => {
    const { context, said } = pipeline();

    await createConfirmation(context, { yes: false })(
      "production",
      unchanged,
      steps(["same", OURS], ["same", VAULT], ["update", "pulumi:providers:aws"]),
    );

    assert.deepEqual(said, []);
  });
});
