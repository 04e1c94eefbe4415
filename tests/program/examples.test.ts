import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CUSTOMER_SUBSCRIPTION, type RecordedProgram, ROOT, runProgram } from "./runProgram.ts";

const PARIS = {
  registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
  resourceGroup: "azurestack",
  registrationName: "azurestack-hub-paris",
};
const LYON = {
  registrationSubscriptionId: "0c7e0a76-a1c7-4455-b242-7defde95c5c1",
  resourceGroup: "azurestack",
  registrationName: "azurestack-hub-lyon",
};

function customerSubscriptionsOf({ resources }: RecordedProgram) {
  return resources
    .filter(({ type }) => type === CUSTOMER_SUBSCRIPTION)
    .map(({ name, inputs: { __provider, ...inputs } }) => ({ name, inputs }));
}

describe("examples/one-customer", () => {
  it("registers one customer on one Hub", async () => {
    const recorded = await runProgram("examples/one-customer");

    const customerSubscriptionId = "77082bc4-4750-436a-858f-f5181883c63f";
    const tenantId = "396a1ce2-63f8-4782-9cdd-e9dbabd118ef";
    assert.deepEqual(customerSubscriptionsOf(recorded), [
      { name: "mecanique-perrault", inputs: { ...PARIS, customerSubscriptionId, tenantId } },
    ]);
    assert.deepEqual(recorded.outputs, { id: "mecanique-perrault-id" });
  });
});

describe("examples/two-hubs", () => {
  it("registers one customer on both Hubs", async () => {
    const recorded = await runProgram("examples/two-hubs");

    const customerSubscriptionId = "63ddd82e-9ad4-41bb-a27c-4d8dea458666";
    const tenantId = "9799c486-cf44-4e40-8f3f-89717207b15a";
    assert.deepEqual(customerSubscriptionsOf(recorded), [
      { name: "notaires-reunis-paris", inputs: { ...PARIS, customerSubscriptionId, tenantId } },
      { name: "notaires-reunis-lyon", inputs: { ...LYON, customerSubscriptionId, tenantId } },
    ]);
  });
});

describe("examples/azure-native", () => {
  const customerSubscriptionId = "14b9b9ea-26ed-44ce-9ccb-fe4e8403a37e";
  const config = {
    "project:registrationName": "azurestack-hub-paris",
    "project:customerSubscriptionId": customerSubscriptionId,
    "project:tenantId": "bc9ee70d-4dde-4611-b540-93caea468725",
    "project:operatorsGroupId": "663c9725-3276-4f53-afd7-8e4b016b8151",
  };

  it("hands the registration that azure-native looks up to the customer subscription", async () => {
    const recorded = await runProgram("examples/azure-native", config);

    assert.deepEqual(recorded.calls, [
      {
        token: "azure-native:azurestack:getRegistration",
        inputs: { resourceGroup: "azurestack", registrationName: "azurestack-hub-paris" },
      },
    ]);
    const [customer] = customerSubscriptionsOf(recorded);
    assert.equal(
      customer?.inputs.registrationId,
      "/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/azurestack-hub-paris",
    );
  });

  it("makes the operators' group Owner of the customer's subscription", async () => {
    const { resources } = await runProgram("examples/azure-native", config);

    const assignment = resources.find(({ type }) => type === "azure-native:authorization:RoleAssignment");
    const scope = `/subscriptions/${customerSubscriptionId}`;
    assert.deepEqual(assignment?.inputs, {
      scope,
      principalId: config["project:operatorsGroupId"],
      principalType: "Group",
      roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635`,
    });
  });
});

describe("examples", () => {
  const examples = join(ROOT, "examples");

  it("each depend on what they import, and explain themselves", async () => {
    for (const folder of await readdir(examples)) {
      const read = (file: string) => readFile(join(examples, folder, file), "utf8");
      assert.match(await read("README.md"), /\b(pulumi (up|preview)|reconcile|node index\.ts)\b/);
      const sources = (await readdir(join(examples, folder))).filter((file) => file.endsWith(".ts"));
      if (sources.length === 0) continue;
      const { dependencies } = JSON.parse(await read("package.json")) as { dependencies: Record<string, string> };
      const texts = await Promise.all(sources.map(read));
      const imports = texts.flatMap((text) => [...text.matchAll(/from "((?:@[^/"]+\/)?[^/."]+)/g)]);
      assert.deepEqual(
        imports.map(([, name = ""]) => name).filter((name) => !(name in dependencies)),
        [],
      );
    }
  });
});
