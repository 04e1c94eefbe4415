import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { CustomerSubscription, parseTenantList, TenantListGuard, TenantRegistrations } from "azurestack-csp";

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
const registered: pulumi.runtime.MockResourceArgs[] = [];
const mocks: pulumi.runtime.Mocks = {
  async newResource(resource) {
    // An engine takes its time for a guard's check; what does not wait for it is registered meanwhile.
    if (resource.type.endsWith("Guard")) for (let turn = 0; turn < 100; turn += 1) await setImmediate();
    registered.push(resource);
    return {
      id: `${registrationId}/customerSubscriptions/${mapping.customerSubscriptionId}`,
      state: { tenantId: mapping.tenantId },
    };
  },
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

const rows = {
  registrations: { paris: { registrationId } },
  tenants: [{ name: "Contoso", ...mapping, registrations: ["paris"] }],
};
const { list } = parseTenantList([{ file: "tenants.json", text: JSON.stringify(rows) }]);
assert.ok(list);

/** Waits until a resource is registered. */
async function settled(resource: pulumi.Resource | undefined): Promise<void> {
  await new Promise((resolve) => resource?.urn.apply(resolve));
}

describe("TenantRegistrations", () => {
  it("registers no customer before its guard has let the run pass", async () => {
    registered.length = 0;

    const { customerSubscriptions } = new TenantRegistrations("waiting", { list });
    await settled(customerSubscriptions[`paris/${mapping.tenantId}`]);

    assert.deepEqual(
      registered.map(({ name }) => name),
      ["waiting", "waiting-guard", `paris/${mapping.tenantId}`],
    );
  });
});

describe("TenantListGuard", () => {
  const variables = { AZURESTACK_CSP_CONFIRMED_REMOVALS: "3", AZURESTACK_CSP_CONFIRMED_MOVES: "4" };

  afterEach(() => {
    for (const name of Object.keys(variables)) delete process.env[name];
  });

  it("has the exact numbers that the environment confirms, before those of the program", async () => {
    Object.assign(process.env, variables);

    await settled(new TenantListGuard("confirmed", { list, confirmedRemovals: 9, maxMoves: "10%" }));

    const inputs = registered.find(({ name }) => name === "confirmed")?.inputs;
    assert.partialDeepStrictEqual(inputs, { confirmedRemovals: "3", confirmedMoves: "4", maxMoves: "10%" });
  });
});

class Provider extends pulumi.ProviderResource {}

describe("resources that are given a provider", () => {
  const nodejs = new Provider("pulumi-nodejs", "nodejs", {});
  const azure = new Provider("azure-native", "azure", {});
  const parentWith = (provider: pulumi.ProviderResource) =>
    new pulumi.ComponentResource("test:index:Parent", "parent", {}, { provider });
  const makers: Readonly<Record<string, (options: pulumi.ComponentResourceOptions) => unknown>> = {
    CustomerSubscription: (options) => new CustomerSubscription("it", { registrationId, ...mapping }, options),
    TenantListGuard: (options) => new TenantListGuard("it", { list }, options),
    TenantRegistrations: (options) => new TenantRegistrations("it", { list }, options),
  };

  for (const [type, make] of Object.entries(makers)) {
    it(`are refused as ${type}, be it given by itself or through a parent`, () => {
      for (const options of [{ provider: nodejs }, { parent: parentWith(nodejs) }]) {
        assert.throws(() => make(options), { code: "CSP_PROVIDER_GIVEN" });
      }
    });

    it(`are accepted as ${type} where the provider is another package's`, () => {
      assert.doesNotThrow(() => make({ parent: parentWith(azure) }));
    });
  }

  it("are refused as TenantRegistrations where it is one of several", () => {
    for (const providers of [[azure, nodejs], { "pulumi-nodejs": nodejs }]) {
      assert.throws(() => new TenantRegistrations("it", { list }, { providers }), { code: "CSP_PROVIDER_GIVEN" });
    }
  });
});
