import assert from "node:assert/strict";
import { ClientSecretCredential } from "@azure/identity";
import { createEmulator, type Emulator, loadWorld, type World } from "@azurestack-csp/emulator";
import { callerAt, requestToken } from "../support/caller.ts";

const HOME = "0f6b1f7e-9c0b-4a57-9a1e-6d0c8f1b3a55";
const OTHER_HOME = "1d5c0a3b-7f2e-4c11-8b0d-2e9f4a6c7b88";
const at = { apiVersion: "2016-06-01" } as const;

describe("a Hub with AD FS", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await createEmulator({ world: withStamps(await loadWorld(undefined)) });
  });
  after(() => emulator.close());

  const stamp = (name = "nice") => emulator.hubs.find((hub) => hub.name === name) ?? assert.fail();
  const anonymous = (origin: string) => callerAt(emulator, { origin, ownToken: "" });
  const signIn = (path: string, fields: Record<string, string>) =>
    anonymous(emulator.authority)("POST", path, {
      apiVersion: null,
      token: null,
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: emulator.clientId,
        client_secret: emulator.clientSecret,
        ...fields,
      }).toString(),
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
  const subscriptions = async (origin: string, token: unknown) =>
    callerAt(emulator, { origin, ownToken: String(token) })("GET", "/subscriptions", at);

  it("says in its metadata that one signs in at AD FS, with audiences of its own", async () => {
    const { admin, user } = stamp();
    const flat = await anonymous(admin.resourceManager)("GET", "/metadata/endpoints", {
      apiVersion: "2015-01-01",
      token: null,
    });
    const list = await anonymous(user.resourceManager)("GET", "/metadata/endpoints", {
      apiVersion: "2020-06-01",
      token: null,
    });

    assert.deepEqual(flat.at("authentication"), {
      loginEndpoint: `${emulator.authority}/adfs`,
      audiences: [`https://adminmanagement.adfs.azurestack.local/${HOME}`],
    });
    assert.deepEqual(list.at("0.authentication"), {
      loginEndpoint: `${emulator.authority}/adfs`,
      audiences: [`https://management.adfs.azurestack.local/${HOME}`],
      tenant: "adfs",
      identityProvider: "ADFS",
    });
  });

  it("takes tokens that are asked for by resource, at the older endpoint alone", async () => {
    const { admin } = stamp();
    const issued = await signIn("/adfs/oauth2/token", { resource: admin.audience });
    const newer = await signIn("/adfs/oauth2/v2.0/token", { scope: `${admin.audience}/.default` });
    const answer = await subscriptions(admin.resourceManager, issued.at("access_token"));

    assert.deepEqual([issued.status, issued.at("expires_in"), newer.status], [200, "3599", 404]);
    assert.equal(answer.at("value.0.displayName"), "Default Provider Subscription");
  });

  it("takes tokens of @azure/identity, which knows AD FS as a tenant", async () => {
    const { user } = stamp();
    const credential = new ClientSecretCredential("adfs", emulator.clientId, emulator.clientSecret, {
      authorityHost: emulator.authority,
      disableInstanceDiscovery: true,
      tlsOptions: { ca: emulator.caPem ?? "" },
    });
    const { token } = await credential.getToken(`${user.audience}/.default`);

    assert.equal((await subscriptions(user.resourceManager, token)).at("value.0.displayName"), "Nice - production");
  });

  it("has tokens of its own: none for Azure, Entra's Hubs or another AD FS, nor the reverse", async () => {
    const { admin } = stamp();
    const [paris] = emulator.hubs;
    const forHub = await signIn("/adfs/oauth2/token", { resource: admin.audience });
    const refused = [
      await signIn("/adfs/oauth2/token", { resource: paris?.admin.audience ?? "" }),
      await signIn("/adfs/oauth2/token", { resource: "https://management.azure.com" }),
      await requestToken(emulator, { form: { scope: `${admin.audience}/.default` } }),
    ];
    const asked = [
      await subscriptions(stamp("nantes").admin.resourceManager, forHub.at("access_token")),
      await subscriptions(admin.resourceManager, await entraToken("https://management.azure.com")),
      await subscriptions(emulator.resourceManager, forHub.at("access_token")),
    ];

    assert.deepEqual(
      refused.map(({ status, at }) => [status, at("error")]),
      refused.map(() => [400, "invalid_resource"]),
    );
    assert.deepEqual(
      asked.map(({ status, at }) => [status, at("error.code")]),
      asked.map(() => [401, "InvalidAuthenticationTokenAudience"]),
    );
  });

  const entraToken = async (audience: string) =>
    (await requestToken(emulator, { form: { scope: `${audience}/.default` } })).at("access_token");

  it("tells two of them apart by what is asked for", async () => {
    const second = stamp("nantes");
    const issued = await signIn("/adfs/oauth2/token", { resource: second.user.audience });
    const answer = await subscriptions(second.user.resourceManager, issued.at("access_token"));

    assert.deepEqual(
      [answer.at("value.0.displayName"), answer.at("value.0.tenantId")],
      ["Nantes - production", OTHER_HOME],
    );
  });

  it("sends a caller without a token to AD FS", async () => {
    const { user } = stamp();
    const path = `/subscriptions/${user.subscriptionId}`;
    const answer = await anonymous(user.resourceManager)("GET", path, { ...at, token: null });

    assert.match(String(answer.headers["www-authenticate"]), new RegExp(`="${emulator.authority}/adfs"`));
  });

  it("is unknown where no Hub has it", async () => {
    const plain = await createEmulator();
    const answer = await callerAt(plain, { origin: plain.authority, ownToken: "" })("POST", "/adfs/oauth2/token", {
      apiVersion: null,
      token: null,
      body: "grant_type=client_credentials",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    await plain.close();

    assert.deepEqual([answer.status, answer.at("error")], [400, "invalid_tenant"]);
  });
});

function withStamps(world: World): World {
  const stamp = (name: string, homeTenantId: string, last: string) => ({
    name: name.toLowerCase(),
    region: name.toLowerCase(),
    cloudId: `cloud-${name}`,
    identityProvider: "adfs" as const,
    homeTenantId,
    providerSubscriptionId: `8a4cf5c8-35b1-4a0c-9a0e-11111111111${last}`,
    subscriptions: [
      {
        subscriptionId: `8a4cf5c8-35b1-4a0c-9a0e-22222222222${last}`,
        tenantId: homeTenantId,
        displayName: `${name} - production`,
        owner: "admin@contoso.local",
      },
    ],
  });
  return {
    ...world,
    directories: [...world.directories, { tenantId: HOME }, { tenantId: OTHER_HOME }],
    hubs: [...(world.hubs ?? []), stamp("Nice", HOME, "1"), stamp("Nantes", OTHER_HOME, "2")],
  };
}
