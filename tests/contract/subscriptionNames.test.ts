import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { delmas, paris } from "../support/customers.ts";
import { createEmulatedClients } from "./emulatedClients.ts";

describe("createSubscriptionNames", () => {
  let azure: Emulator;

  before(async () => {
    azure = await createEmulator();
  });

  after(() => azure.close());

  it("reads the display name of a subscription that the principal may read", async () => {
    const name = await createEmulatedClients(azure).subscriptionName(paris.subscriptionId);

    assert.equal(name, "Azure Stack Hub Paris");
  });

  it("has no name for one that it may not read, or that is nowhere", async () => {
    const { subscriptionName } = createEmulatedClients(azure);

    assert.equal(await subscriptionName(delmas.customerSubscriptionId), undefined);
    assert.equal(await subscriptionName("00000000-0000-4000-8000-000000000001"), undefined);
  });
});
