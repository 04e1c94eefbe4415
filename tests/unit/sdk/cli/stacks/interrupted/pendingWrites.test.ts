import assert from "node:assert/strict";
import { pendingWrites } from "../../../../../../sdk/nodejs/src/cli/stacks/interrupted/pendingWrites.ts";

const TYPE = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
const registrationId =
  "/subscriptions/a0000000-0000-4000-8000-000000000000/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/paris";
const customerSubscriptionId = "b0000000-0000-4000-8000-000000000001";
const inputs = { registrationId, customerSubscriptionId, tenantId: "c0000000-0000-4000-8000-000000000001" };
const resource = { urn: "urn:a", type: TYPE, parent: "urn:p", inputs, protect: true };

describe("pendingWrites", () => {
  it("are the creations and updates of customer subscriptions that a state knows no end of", () => {
    const pending = [
      { type: "creating", resource },
      { type: "updating", resource: { ...resource, protect: false } },
      { type: "deleting", resource },
      { type: "reading", resource },
      { type: "creating", resource: { ...resource, type: "x:y:Z" } },
      { type: "creating", resource: { ...resource, inputs: {} } },
    ];

    const id = `${registrationId}/customerSubscriptions/${customerSubscriptionId}`;
    const write = { id, urn: "urn:a", parent: "urn:p", inputs };
    assert.deepEqual(pendingWrites({ resources: [], pending_operations: pending }), [
      { ...write, options: { protect: true } },
      write,
    ]);
  });

  it("are none where nothing was under way", () => {
    assert.deepEqual(pendingWrites({ resources: [] }), []);
  });
});
