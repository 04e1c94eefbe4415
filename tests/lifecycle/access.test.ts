import assert from "node:assert/strict";
import { createEmulator, type Emulator, type RegistrationPlace } from "@azurestack-csp/emulator";
import { armIdOf, delmas, lyon, paris, registrationIdOf } from "../support/customers.ts";
import { type DynamicHost, startDynamicHost } from "../support/dynamicHost.ts";
import { prefixedCredentials, twoPrincipals } from "../support/twoPrincipals.ts";

describe("registrations with credentials of their own, in the dynamic host", () => {
  let azure: Emulator;
  let host: DynamicHost;

  beforeEach(async () => {
    azure = await createEmulator({ world: twoPrincipals });
    host = await startDynamicHost({ azure, env: prefixedCredentials });
  });

  afterEach(async () => {
    await host.stop();
    await azure.close();
  });

  const { tenantId, customerSubscriptionId } = delmas;
  const inputsOf = (registration: RegistrationPlace, access: object) => ({
    registrationId: registrationIdOf(registration),
    customerSubscriptionId,
    tenantId,
    ...access,
  });
  const create = (registration: RegistrationPlace, access: object) => host.create(inputsOf(registration, access));
  const isLive = (registration: RegistrationPlace) =>
    azure.facts
      .customerSubscriptions(registration)
      .some((live) => live.customerSubscriptionId === customerSubscriptionId);

  it("serve two registrations in one run, each by its own application", async () => {
    await Promise.all([create(paris, { credentialPrefix: "PARIS" }), create(lyon, { credentialPrefix: "LYON" })]);

    assert.ok(isLive(paris));
    assert.ok(isLive(lyon));
  });

  it("refuse what the application of another registration would write", async () => {
    await assert.rejects(create(lyon, { credentialPrefix: "PARIS" }), /CSP_NOT_AUTHORIZED/);

    assert.ok(!isLive(lyon));
  });

  it("leave the names in the state, by which a later run reads and removes", async () => {
    const { id, properties } = await create(lyon, { credentialPrefix: "LYON" });
    await host.stop();
    host = await startDynamicHost({ azure, env: prefixedCredentials });

    assert.equal(properties.credentialPrefix, "LYON");
    const found = await host.read(id, properties);
    assert.equal(found.id, id);
    assert.equal(found.properties.credentialPrefix, "LYON");
    await host.delete(id, properties);
    assert.ok(!isLive(lyon));
  });

  it("change their prefix in place and send nothing for it", async () => {
    const { id, properties } = await create(lyon, { credentialPrefix: "LYON" });
    const news = inputsOf(lyon, { credentialPrefix: "PARIS" });
    azure.resetJournal();

    const { changes, replaces } = await host.diff(id, properties, news);
    const updated = await host.update(id, properties, news);

    assert.deepEqual([changes, replaces], ["some", []]);
    assert.equal(updated.credentialPrefix, "PARIS");
    assert.deepEqual(azure.journal(), []);
  });

  it("change their cloud in place", async () => {
    const id = armIdOf(paris, delmas);
    const news = inputsOf(paris, { cloud: "china" });

    const { changes, replaces } = await host.diff(id, { tenantId, customerSubscriptionId }, news);

    assert.deepEqual([changes, replaces], ["some", []]);
  });

  it("do not fall back on another credential where variables are missing", async () => {
    await assert.rejects(create(paris, { credentialPrefix: "NANTES" }), /CSP_CREDENTIAL_INCOMPLETE.*NANTES_CLIENT_ID/);
  });

  it("do not reach a named cloud through the resource manager of another one", async () => {
    const access = { cloud: "usgovernment", credentialPrefix: "PARIS" };

    await assert.rejects(create(paris, access), /CSP_CLOUD_WITH_ENDPOINT.*AZURESTACK_CSP_RESOURCE_MANAGER/);
  });

  it("are judged by the form of their names", async () => {
    const { failures } = await host.check(inputsOf(paris, { cloud: "germany", credentialPrefix: "contoso" }));

    assert.deepEqual(
      failures.map(({ property }) => property),
      ["cloud", "credentialPrefix"],
    );
  });
});
