import assert from "node:assert/strict";
import { createEmulator, type Emulator, loadWorld } from "@azurestack-csp/emulator";
import { formatCustomerSubscriptionId } from "../../provider/src/domain/ids.ts";
import { sample } from "../emulator/support/sample.ts";
import { createEmulatedClients } from "./emulatedClients.ts";

const registration = {
  registrationSubscriptionId: sample.paris.subscriptionId,
  resourceGroup: sample.paris.resourceGroup,
  registrationName: "hub#1 (été)",
};
const id = { registration, customerSubscriptionId: sample.delmas.subscriptionId };

describe("createAzureClients, with a registration whose name a URL would read otherwise", () => {
  let emulator: Emulator;

  before(async () => {
    const world = await loadWorld(undefined);
    const { registrationSubscriptionId: subscriptionId, resourceGroup, registrationName: name } = registration;
    const [paris] = world.registrations ?? [];
    assert(paris);
    const other = { ...paris, subscriptionId, resourceGroup, name, customerSubscriptions: [] };
    emulator = await createEmulator({ world: { ...world, registrations: [paris, other] } });
  });

  after(() => emulator.close());

  it("reaches the customer subscription, and not the registration above it", async () => {
    const { registrations } = createEmulatedClients(emulator);

    await registrations.putCustomerSubscription(id, sample.delmas.tenantId);
    const live = await registrations.getCustomerSubscription(id);
    const listed = await registrations.listCustomerSubscriptions(registration);
    const answer = await registrations.deleteCustomerSubscription(id);

    assert.equal(live.id, formatCustomerSubscriptionId(id));
    assert.deepEqual(listed, [live]);
    assert.equal(answer, "deleted");
    assert.equal((await registrations.getRegistration(registration)).name, registration.registrationName);
  });
});
