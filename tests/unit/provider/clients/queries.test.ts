import assert from "node:assert/strict";
import {
  getCustomerSubscription,
  getRegistration,
  listCustomerSubscriptions,
} from "../../../../provider/src/clients/queries.ts";
import { hasCode } from "../../../../provider/src/domain/errors/providerError.ts";
import { formatRegistrationId } from "../../../../provider/src/domain/ids.ts";
import { createMemoryRegistrationsClient } from "../../../support/memory/memoryRegistrationsClient.ts";

const registrationSubscriptionId = "d52111d9-8fe6-442a-b3f2-281f7629a58b";
const cloudId = "9bfbb73a-a0ef-4910-ba8f-0ab502742722";
const paris = { registrationSubscriptionId, resourceGroup: "azurestack", registrationName: "paris" };
const mapping = {
  customerSubscriptionId: "f4168c91-41b3-44da-b15a-9c86b382a0ba",
  tenantId: "64b7da04-bacd-47ba-ad27-f9b41106797e",
};

const client = createMemoryRegistrationsClient({
  registrations: [
    { ...paris, cloudId, mappings: [mapping] },
    { ...paris, registrationName: "lyon", cloudId: "twice" },
    { ...paris, registrationName: "lille", cloudId: "TWICE" },
    { ...paris, registrationName: "nameless" },
  ],
});

describe("getRegistration", () => {
  it("finds a registration by the Hub's cloud id, in any letter case", async () => {
    const found = await getRegistration({ registrationSubscriptionId, cloudId: cloudId.toUpperCase() }, { client });
    assert.equal(found.name, "paris");
  });

  it("names what is there where none has the cloud id", async () => {
    await assert.rejects(getRegistration({ registrationSubscriptionId, cloudId: "another" }, { client }), (error) => {
      assert(hasCode(error, "CSP_CLOUD_NOT_REGISTERED"));
      assert.match(error.message, /paris \(cloud id 9bfbb73a.*nameless \(cloud id not given\)/);
      return true;
    });
  });

  it("refuses to choose between two", async () => {
    await assert.rejects(getRegistration({ registrationSubscriptionId, cloudId: "twice" }, { client }), (error) => {
      assert(hasCode(error, "CSP_CLOUD_REGISTERED_TWICE"));
      assert.match(error.message, /lyon and .*lille/);
      return true;
    });
  });
});

describe("listCustomerSubscriptions", () => {
  it("takes a registration by its three names or by its ARM id", async () => {
    const byNames = await listCustomerSubscriptions(paris, { client });
    const byId = await listCustomerSubscriptions({ registrationId: formatRegistrationId(paris) }, { client });
    assert.deepEqual(
      byNames.map(({ tenantId }) => tenantId),
      [mapping.tenantId],
    );
    assert.deepEqual(byId, byNames);
  });

  it("refuses names that would lead a request elsewhere", async () => {
    const elsewhere = { ...paris, registrationName: ".." };
    await assert.rejects(listCustomerSubscriptions(elsewhere, { client }), (error) =>
      hasCode(error, "CSP_REGISTRATION_ID_MALFORMED"),
    );
  });

  it("refuses what is not a registration's id", async () => {
    await assert.rejects(listCustomerSubscriptions({ registrationId: "/subscriptions/1" }, { client }), (error) =>
      hasCode(error, "CSP_REGISTRATION_ID_MALFORMED"),
    );
  });
});

describe("getCustomerSubscription", () => {
  it("reads one mapping", async () => {
    const { customerSubscriptionId } = mapping;
    const found = await getCustomerSubscription({ ...paris, customerSubscriptionId }, { client });
    assert.equal(found.tenantId, mapping.tenantId);
  });

  it("refuses what is not a subscription's id", async () => {
    await assert.rejects(getCustomerSubscription({ ...paris, customerSubscriptionId: ".." }, { client }), (error) =>
      hasCode(error, "CSP_GUID_MALFORMED"),
    );
  });
});

describe("a query with an access of its own", () => {
  const registration = { registrationId: formatRegistrationId(paris) };
  const ask = (access: object, env = {}): readonly Promise<unknown>[] => [
    getRegistration({ registrationSubscriptionId, cloudId, ...access }, { env }),
    listCustomerSubscriptions({ ...registration, ...access }, { env }),
    getCustomerSubscription(
      { ...registration, customerSubscriptionId: mapping.customerSubscriptionId, ...access },
      { env },
    ),
  ];

  /** All are refused alike, at once. */
  const refused = (asked: readonly Promise<unknown>[], reason: RegExp) =>
    Promise.all(asked.map((each) => assert.rejects(each, reason)));

  it("takes the credential of its prefix", async () => {
    const env = { AZURE_CLIENT_ID: registrationSubscriptionId };
    await refused(ask({ credentialPrefix: "PARIS" }, env), /CSP_CREDENTIAL_INCOMPLETE.*PARIS_CLIENT_ID/s);
  });

  it("goes to the cloud that it names", async () => {
    const env = { AZURESTACK_CSP_RESOURCE_MANAGER: "https://localhost:1" };
    await refused(ask({ cloud: "china", credentialPrefix: "PARIS" }, env), /CSP_CLOUD_WITH_ENDPOINT.*"china"/s);
  });

  it("is refused where it names no cloud, or no beginning of a variable's name", async () => {
    await refused(ask({ cloud: "germany" }), /CSP_CLOUD_NAME/);
    await refused(ask({ credentialPrefix: "paris" }), /CSP_CREDENTIAL_PREFIX/);
  });
});
