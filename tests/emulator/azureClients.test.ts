import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { createAzureClients } from "./support/azureClients.ts";
import { customerSubscriptionPath, registrationPath, sample } from "./support/sample.ts";

const { alpes, beaumont, delmas, lyon, paris } = sample;

describe("Microsoft's own clients", () => {
  let emulator: Emulator;
  let clients: ReturnType<typeof createAzureClients>;
  beforeEach(async () => {
    emulator = await createEmulator();
    clients = createAzureClients(emulator, paris.subscriptionId);
  });
  afterEach(() => emulator.close());

  it("@azure/arm-azurestack registers, reads and removes a customer subscription", async () => {
    const { customerSubscriptions } = clients.azureStack;
    const { resourceGroup, name } = paris;

    const created = await customerSubscriptions.create(resourceGroup, name, delmas.subscriptionId, {});
    const listed = await customerSubscriptions.list(resourceGroup, name);
    await customerSubscriptions.deleteMethod(resourceGroup, name, delmas.subscriptionId);

    assert.equal(created.tenantId, delmas.tenantId);
    assert.deepEqual(
      listed.map((entry) => entry.tenantId),
      [beaumont.tenantId, "678f3aca-1147-4988-ac22-09debeff67d4", delmas.tenantId],
    );
    await assert.rejects(customerSubscriptions.get(resourceGroup, name, delmas.subscriptionId), {
      code: "CustomerSubscriptionNotFound",
      statusCode: 404,
    });
  });

  it("@azure/arm-azurestack reads registrations and their activation key", async () => {
    const registration = await clients.azureStack.registrations.get(paris.resourceGroup, paris.name);
    const { activationKey = "" } = await clients.azureStack.registrations.getActivationKey(
      paris.resourceGroup,
      paris.name,
    );

    assert.equal(registration.billingModel, "PayAsYouUse");
    const payload = JSON.parse(Buffer.from(activationKey.split(".")[1] ?? "", "base64url").toString());
    assert.equal(payload.registrationName, paris.name);
  });

  it("@azure/arm-resources puts, checks, gets and deletes by id", async () => {
    const { resources } = clients.resources;
    const id = customerSubscriptionPath(paris, delmas.subscriptionId);

    const put = await resources.createOrUpdateById(id, "2017-06-01", { properties: { tenantId: delmas.tenantId } });
    const existed = await resources.checkExistenceById(id, "2017-06-01");
    const got = await resources.getById(id, "2022-06-01");
    await resources.deleteById(id, "2017-06-01");
    const exists = await resources.checkExistenceById(id, "2017-06-01");

    assert.deepEqual([put.id, got.id], [id, id]);
    assert.deepEqual([existed.body, exists.body], [true, false]);
  });

  it("@azure/arm-resources survives the modes with a body", async () => {
    await emulator.close();
    emulator = await createEmulator({ modes: { putAnswer: "201-body" } });
    const { resources } = createAzureClients(emulator, paris.subscriptionId).resources;
    const id = customerSubscriptionPath(paris, delmas.subscriptionId);

    assert.equal((await resources.createOrUpdateById(id, "2017-06-01", { properties: {} })).id, id);
  });

  it("@azure/arm-resources lists groups and filtered resources", async () => {
    const groups = await collect(clients.resources.resourceGroups.list());
    const all = await collect(clients.resources.resources.list());
    const filtered = await collect(clients.resources.resources.list({ filter: "name eq 'azurestack-hub-paris'" }));

    assert.deepEqual(
      groups.map(({ name }) => name),
      ["azurestack"],
    );
    assert.equal(all.length, 2);
    assert.deepEqual(
      filtered.map(({ id }) => id),
      [registrationPath(paris)],
    );
  });

  it("@azure/arm-resources makes, tags, finds and deletes a resource group", async () => {
    const { resourceGroups } = clients.resources;

    await resourceGroups.createOrUpdate("lab", { location: "West Europe" });
    const tagged = await resourceGroups.update("lab", { tags: { team: "hub" } });
    await resourceGroups.delete("lab");
    const { body } = await resourceGroups.checkExistence("lab");

    assert.deepEqual([tagged.location, tagged.tags], ["westeurope", { team: "hub" }]);
    assert.equal(body, false);
  });

  it("@azure/arm-resources shows a lock as a conflict", async () => {
    const { resources } = createAzureClients(emulator, lyon.subscriptionId).resources;

    await assert.rejects(
      async () => resources.deleteById(customerSubscriptionPath(lyon, alpes.subscriptionId), "2017-06-01"),
      { code: "ScopeLocked", statusCode: 409 },
    );
  });

  it("@azure/identity signs in to a customer's directory and reports a wrong secret", async () => {
    const scope = "https://management.azure.com/.default";
    const { token } = await clients.credential.getToken(scope, { tenantId: delmas.tenantId });
    const wrong = createAzureClients({ ...emulator, clientSecret: "guess" }, paris.subscriptionId);

    assert.ok(token.length > 100);
    await assert.rejects(wrong.credential.getToken(scope), /7000215/);
  });
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
