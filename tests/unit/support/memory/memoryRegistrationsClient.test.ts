import assert from "node:assert/strict";
import { hasCode } from "../../../../provider/src/domain/errors/providerError.ts";
import { createMemoryRegistrationsClient } from "../../../support/memory/memoryRegistrationsClient.ts";

const registration = {
  registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
  resourceGroup: "azurestack",
  registrationName: "paris",
};
const id = { registration, customerSubscriptionId: "f4168c91-41b3-44da-b15a-9c86b382a0ba" };
const tenantId = "64b7da04-bacd-47ba-ad27-f9b41106797e";

describe("createMemoryRegistrationsClient", () => {
  it("fails a call before it is carried out, as often as told", async () => {
    const client = createMemoryRegistrationsClient({ registrations: [registration] });
    const error = new Error("cut");
    client.fail({ operation: "putCustomerSubscription", when: "before", error });
    await assert.rejects(client.putCustomerSubscription(id, tenantId), error);
    assert.deepEqual(client.mappings(registration), []);
    await client.putCustomerSubscription(id, tenantId);
    assert.equal(client.mappings(registration).length, 1);
  });

  it("loses an answer after the call was carried out", async () => {
    const client = createMemoryRegistrationsClient({ registrations: [registration] });
    const error = new Error("cut");
    client.fail({ operation: "putCustomerSubscription", when: "after", error });
    await assert.rejects(client.putCustomerSubscription(id, tenantId), error);
    assert.deepEqual(client.mappings(registration), [{ customerSubscriptionId: id.customerSubscriptionId, tenantId }]);
  });

  it("lets lists lag, but not items", async () => {
    const client = createMemoryRegistrationsClient({ registrations: [registration] });
    client.freezeLists();
    await client.putCustomerSubscription(id, tenantId);
    assert.deepEqual(await client.listCustomerSubscriptions(registration), []);
    assert.equal((await client.getCustomerSubscription(id)).tenantId, tenantId);
    client.thawLists();
    assert.equal((await client.listCustomerSubscriptions(registration)).length, 1);
  });

  it("stops every write under a read-only lock", async () => {
    const locks = [{ name: "freeze", level: "ReadOnly" as const }];
    const client = createMemoryRegistrationsClient({ registrations: [{ ...registration, locks }] });
    const isLocked = (error: unknown) => hasCode(error, "CSP_SCOPE_LOCKED");
    await assert.rejects(client.putCustomerSubscription(id, tenantId), isLocked);
    await assert.rejects(client.deleteCustomerSubscription(id), isLocked);
  });

  it("keeps a displaced mapping in lists where the world says so", async () => {
    const client = createMemoryRegistrationsClient({ registrations: [registration], keepDisplaced: true });
    await client.putCustomerSubscription(id, tenantId);
    await client.putCustomerSubscription({ ...id, customerSubscriptionId: "another" }, tenantId);
    assert.equal((await client.listCustomerSubscriptions(registration)).length, 2);
  });

  it("writes down its calls", async () => {
    const client = createMemoryRegistrationsClient({ registrations: [registration] });
    await client.listCustomerSubscriptions(registration);
    client.removeRegistration(registration);
    await assert.rejects(client.getRegistration(registration), (error) => hasCode(error, "CSP_REGISTRATION_NOT_FOUND"));
    assert.deepEqual(
      client.calls.map(({ operation }) => operation),
      ["listCustomerSubscriptions", "getRegistration"],
    );
  });
});
