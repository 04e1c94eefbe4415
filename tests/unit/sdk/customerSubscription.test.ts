import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { CustomerSubscription } from "azurestack-csp";

const parts = {
  registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
  resourceGroup: "azurestack",
  registrationName: "azurestack-hub-paris",
};
const registrationId = `/subscriptions/${parts.registrationSubscriptionId}/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/azurestack-hub-paris`;
const mapping = {
  customerSubscriptionId: "3e400ba3-3da6-49b6-a3c3-882212867e40",
  tenantId: "05c368fa-731d-46fe-801a-91e06ebd2e54",
};

// At load, because Pulumi keeps the mocks in a global variable, which mocha takes for a leak when a test makes it.
// A preview, in which Pulumi knows no output but those of the state, and the state holds none that the inputs give.
const mocks: pulumi.runtime.Mocks = {
  newResource: () => ({
    id: `${registrationId}/customerSubscriptions/${mapping.customerSubscriptionId}`,
    state: { tenantId: mapping.tenantId },
  }),
  call: ({ inputs }) => inputs,
};
await pulumi.runtime.setMocks(mocks, "project", "stack", true);

describe("CustomerSubscription", () => {
  const read = (customer: CustomerSubscription) =>
    new Promise((resolve) => {
      const { name, customerSubscriptionId, registrationId, ...rest } = customer;
      const { registrationSubscriptionId, resourceGroup, registrationName } = rest;
      pulumi
        .all([
          name,
          customerSubscriptionId,
          registrationId,
          registrationSubscriptionId,
          resourceGroup,
          registrationName,
        ])
        .apply((values) => resolve(values));
    });
  const expected = [
    "azurestack-hub-paris/3e400ba3-3da6-49b6-a3c3-882212867e40",
    mapping.customerSubscriptionId,
    registrationId,
    ...Object.values(parts),
  ];

  it("has the registration's id and its own name where the three names were given", async () => {
    assert.deepEqual(await read(new CustomerSubscription("by-name", { ...parts, ...mapping })), expected);
  });

  it("has the three names where the registration's id was given", async () => {
    assert.deepEqual(await read(new CustomerSubscription("by-id", { registrationId, ...mapping })), expected);
  });
});
