import assert from "node:assert/strict";
import { formatCustomerSubscriptionId, type Plan, parseRegistrationId } from "@azurestack-csp/provider";
import { intendedWrites } from "../../../../../../sdk/nodejs/src/cli/reconcile/interrupted/intendedWrites.ts";
import type { Step } from "../../../../../../sdk/nodejs/src/cli/reconcile/pulumi/stackEvents.ts";
import type { IntendedWrite } from "../../../../../../sdk/nodejs/src/journal/intendedWrite.ts";
import { idsOf, planOf, registrationId } from "../../plan/plans.ts";

const TYPE = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";

/** A step on the resource of a made-up customer. */
function step(op: string, customer: number, more: Partial<Step> = {}): Step {
  const inputs = { registrationId, ...idsOf(customer) };
  return { op, urn: `urn:${customer}`, type: TYPE, parent: "urn:parent", inputs, ...more };
}

function writeOf(customer: number): IntendedWrite {
  const registration = parseRegistrationId(registrationId) ?? assert.fail();
  const { customerSubscriptionId } = idsOf(customer);
  return {
    id: formatCustomerSubscriptionId({ registration, customerSubscriptionId }),
    urn: `urn:${customer}`,
    parent: "urn:parent",
    inputs: { registrationId, ...idsOf(customer) },
  };
}

function writes(request: {
  readonly steps: readonly Step[];
  readonly plan: Plan;
  readonly interrupted?: readonly IntendedWrite[];
}): readonly IntendedWrite[] {
  return intendedWrites({ interrupted: [], ...request });
}

describe("intendedWrites", () => {
  it("are what the engine creates, replaces and updates, with what the state needs of it", () => {
    const plan = planOf({ declared: [1, 2, 3], live: [], managed: [] });
    const steps = [step("create", 1), step("create-replacement", 2), step("update", 3, { options: { protect: true } })];

    assert.deepEqual(writes({ steps, plan }), [writeOf(1), writeOf(2), { ...writeOf(3), options: { protect: true } }]);
  });

  it("are none of what sends no PUT, and nothing of other resources", () => {
    const plan = planOf({ declared: [1], live: [], managed: [] });
    const ops = ["same", "read", "refresh", "delete", "delete-replaced", "replace", "discard-replaced"];
    const others = [step("create", 1, { type: "azure-native:keyvault:Vault" }), step("create", 1, { inputs: {} })];

    assert.deepEqual(writes({ steps: [...ops.map((op) => step(op, 1)), ...others], plan }), []);
  });

  it("leave out what is live already and only adopted, which is not ours to remove", () => {
    const plan = planOf({ declared: [1, 2], live: [1], managed: [] });

    assert.deepEqual(writes({ steps: [step("create", 1), step("create", 2)], plan }), [writeOf(2)]);
  });

  it("hold what is live because an interrupted run wrote it", () => {
    const plan = planOf({ declared: [1, 2], live: [1, 2], managed: [] });

    assert.deepEqual(writes({ steps: [step("create", 1), step("create", 2)], plan, interrupted: [writeOf(1)] }), [
      writeOf(1),
    ]);
  });

  it("hold a write to a customer subscription that another tenant has", () => {
    const { registrations, ...rest } = planOf({ declared: [1], live: [1], managed: [] });
    const theirs = registrations.map((registration) => ({
      ...registration,
      changes: registration.changes.map((change) => ({ ...change, liveTenantId: idsOf(9).tenantId })),
    }));

    assert.deepEqual(writes({ steps: [step("update", 1)], plan: { ...rest, registrations: theirs } }), [writeOf(1)]);
  });
});
