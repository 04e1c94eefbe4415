import assert from "node:assert/strict";
import { createEmulator, type Emulator, loadWorld } from "@azurestack-csp/emulator";
import { type Call, callerAt, createCaller, createHubCaller, requestToken } from "../support/caller.ts";
import { sample } from "../support/sample.ts";

const { beaumont, csp } = sample;
const subscriptionsAt = { apiVersion: "2016-06-01" } as const;

describe("the endpoints of Hubs", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await createEmulator();
  });
  after(() => emulator.close());

  const hubNamed = (name: string) => {
    const hub = emulator.hubs.find((other) => other.name === name);
    assert.ok(hub);
    return hub;
  };
  const anonymous = (origin: string) => callerAt(emulator, { origin, ownToken: "" });
  const metadata = (origin: string, version: string | null) =>
    anonymous(origin)("GET", "/metadata/endpoints", { apiVersion: version, token: null });

  it("have an address and an audience each", () => {
    const endpoints = emulator.hubs.flatMap(({ admin, user }) => [admin, user]);
    const addresses = endpoints.map(({ resourceManager }) => resourceManager);

    assert.equal(new Set([emulator.resourceManager, ...addresses]).size, 5);
    assert.equal(new Set(endpoints.map(({ audience }) => audience)).size, 4);
    for (const { admin, user } of emulator.hubs) {
      assert.match(admin.audience, /^https:\/\/adminmanagement\.rhonecloudpartners\.onmicrosoft\.com\/[0-9a-f-]{36}$/);
      assert.match(user.audience, /^https:\/\/management\.rhonecloudpartners\.onmicrosoft\.com\/[0-9a-f-]{36}$/);
    }
  });

  for (const endpoint of ["admin", "user"] as const) {
    for (const version of ["2015-01-01", "1.0", "2015-11-01"]) {
      it(`tell the ${endpoint}'s audience flatly at ${version}, without a token`, async () => {
        const { resourceManager, audience } = hubNamed("paris")[endpoint];
        const answer = await metadata(resourceManager, version);

        assert.equal(answer.status, 200);
        assert.deepEqual(Object.keys(Object(answer.body)), [
          "galleryEndpoint",
          "graphEndpoint",
          "portalEndpoint",
          "authentication",
        ]);
        assert.deepEqual(answer.at("authentication"), {
          loginEndpoint: `${emulator.authority}/`,
          audiences: [audience],
        });
      });
    }

    it(`tell the ${endpoint}'s environment in a list at 2020-06-01, and alone at 2022-09-01`, async () => {
      const { resourceManager, audience } = hubNamed("paris")[endpoint];
      const listed = await metadata(resourceManager, "2020-06-01");
      const alone = await metadata(resourceManager, "2022-09-01");

      assert.deepEqual(listed.body, [alone.body]);
      assert.deepEqual(alone.at("authentication.audiences"), [audience]);
      assert.equal(alone.at("authentication.identityProvider"), "AAD");
      assert.equal(alone.at("resourceManager"), `${resourceManager}/`);
      for (const member of ["name", "graph", "microsoftGraphResourceId", "suffixes"])
        assert.ok(alone.at(member), member);
    });
  }

  it("refuse metadata in another version, and in none", async () => {
    const { resourceManager } = hubNamed("paris").user;
    const unknown = await metadata(resourceManager, "2019-05-01");
    const none = await metadata(resourceManager, null);

    assert.deepEqual([unknown.status, unknown.at("error.code")], [400, "InvalidApiVersionParameter"]);
    assert.deepEqual([none.status, none.at("error.code")], [400, "MissingApiVersionParameter"]);
  });

  it("take tokens for their own audience alone", async () => {
    const targets = [
      { name: "azure", origin: emulator.resourceManager, audience: "https://management.azure.com" },
      ...emulator.hubs.flatMap(({ name, admin, user }) => [
        { name: `${name} admin`, origin: admin.resourceManager, audience: admin.audience },
        { name: `${name} user`, origin: user.resourceManager, audience: user.audience },
      ]),
    ];
    const outcomes: string[] = [];
    for (const issuedFor of targets) {
      const answer = await requestToken(emulator, { form: { scope: `${issuedFor.audience}/.default` } });
      const ownToken = String(answer.at("access_token"));
      for (const asked of targets) {
        const call = callerAt(emulator, { origin: asked.origin, ownToken });
        const { status, at } = await call("GET", "/subscriptions", subscriptionsAt);
        const expected = issuedFor === asked ? "200" : "401 InvalidAuthenticationTokenAudience";
        const actual = status === 200 ? "200" : `${status} ${at("error.code")}`;
        if (actual !== expected) outcomes.push(`${issuedFor.name} at ${asked.name}: ${actual}`);
      }
    }

    assert.deepEqual(outcomes, []);
  });

  it("refuse a token for their address, which a stamp's audience is not", async () => {
    const { resourceManager } = hubNamed("paris").admin;
    const answer = await requestToken(emulator, { form: { scope: `${resourceManager}/.default` } });
    const call = callerAt(emulator, { origin: resourceManager, ownToken: String(answer.at("access_token")) });

    assert.deepEqual([answer.status, (await call("GET", "/subscriptions", subscriptionsAt)).status], [200, 401]);
  });

  it("take the audience as the resource of the older sign-in, whose numbers are texts", async () => {
    const { audience, resourceManager } = hubNamed("lyon").admin;
    const { clientId, clientSecret, authority, tenantId } = emulator;
    const fields = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
    const answer = await callerAt(emulator, { origin: authority, ownToken: "" })(
      "POST",
      `/${tenantId}/oauth2/token?api-version=1.0`,
      {
        apiVersion: null,
        token: null,
        body: new URLSearchParams({ ...fields, resource: audience }).toString(),
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
      },
    );
    const call = callerAt(emulator, { origin: resourceManager, ownToken: String(answer.at("access_token")) });

    assert.equal(answer.at("expires_in"), "3599");
    assert.equal((await call("GET", "/subscriptions", subscriptionsAt)).status, 200);
  });

  it("come with an application of their own where the first one cannot sign in", async () => {
    const world = await loadWorld(undefined);
    const own = { clientId: "5d2f0c6e-1a3b-4c7d-8e9f-0a1b2c3d4e5f", clientSecret: "own", objectId: beaumont.tenantId };
    const directories = world.directories.map(({ applications, ...directory }) => {
      if (directory.tenantId === beaumont.tenantId) return { ...directory, applications: [own] };
      const single = applications?.map((application) => ({ ...application, multiTenant: false }));
      return single ? { ...directory, applications: single } : directory;
    });
    const other = await createEmulator({ world: { ...world, directories } });
    const { admin, user } = other.hubs[0] ?? assert.fail();
    const { clientId = "", clientSecret = "" } = user;
    const token = await requestToken(
      { ...other, clientId, clientSecret },
      { tenantId: user.tenantId, form: { scope: `${user.audience}/.default` } },
    );
    const call = callerAt(other, { origin: user.resourceManager, ownToken: String(token.at("access_token")) });
    const { status } = await call("GET", `/subscriptions/${user.subscriptionId}`, subscriptionsAt);
    await other.close();

    assert.deepEqual([clientId, clientSecret, status], [own.clientId, own.clientSecret, 200]);
    assert.equal("clientId" in admin, false);
  });

  it("show the operator the Default Provider Subscription alone, in the Hub's region", async () => {
    const call = await createHubCaller(emulator, { endpoint: "admin" });
    const { subscriptionId } = hubNamed("paris").admin;
    const listed = await call("GET", "/subscriptions", subscriptionsAt);
    const locations = await call("GET", `/subscriptions/${subscriptionId}/locations`, subscriptionsAt);
    const groups = await call("GET", `/subscriptions/${subscriptionId}/resourcegroups`, { apiVersion: "2018-05-01" });

    assert.deepEqual(
      [listed.at("value.0.displayName"), listed.at("value.0.subscriptionId"), listed.at("value.1")],
      ["Default Provider Subscription", subscriptionId, undefined],
    );
    assert.equal(locations.at("value.0.name"), "paris1");
    assert.equal(groups.at("value.1.name"), "system.paris1");
    assert.match(String(listed.headers["x-ms-routing-request-id"]), /^PARIS1:/);
    assert.equal(locations.headers["x-ms-ratelimit-remaining-subscription-reads"], "14999");
  });

  it("show users the subscriptions of their own directory", async () => {
    const ofBeaumont = await createHubCaller(emulator, { endpoint: "user", tenantId: beaumont.tenantId });
    const ofOperator = await createHubCaller(emulator, { endpoint: "user", tenantId: csp.tenantId });
    const names = async (call: Call) => {
      const { body } = await call("GET", "/subscriptions", subscriptionsAt);
      return (body as { value: { displayName: string }[] }).value.map(({ displayName }) => displayName);
    };

    assert.deepEqual(await names(ofBeaumont), ["Atelier Beaumont - production", "Atelier Beaumont - tests"]);
    assert.deepEqual(await names(ofOperator), []);
  });

  it("know nothing of the other endpoint's subscriptions, nor of Azure's", async () => {
    const { admin, user } = hubNamed("paris");
    const operator = await createHubCaller(emulator, { endpoint: "admin" });
    const customer = await createHubCaller(emulator, { endpoint: "user" });
    const azure = await createCaller(emulator);
    const asked = async (call: Call, id: string) => {
      const { status, at } = await call("GET", `/subscriptions/${id}`, subscriptionsAt);
      return `${status} ${at("error.code")}`;
    };

    for (const answer of [
      await asked(operator, user.subscriptionId),
      await asked(customer, admin.subscriptionId),
      await asked(customer, beaumont.subscriptionId),
      await asked(azure, user.subscriptionId),
      await asked(azure, admin.subscriptionId),
    ]) {
      assert.equal(answer, "404 SubscriptionNotFound");
    }
  });

  it("change nothing on another Hub", async () => {
    const [onParis, onLyon] = await Promise.all([
      createHubCaller(emulator, { endpoint: "admin" }),
      createHubCaller(emulator, { hub: "lyon", endpoint: "admin" }),
    ]);
    const list = (hub: string) =>
      `/subscriptions/${hubNamed(hub).admin.subscriptionId}/providers/Microsoft.Subscriptions.Admin/subscriptions`;
    const at = { apiVersion: "2015-11-01" } as const;
    const before = await onLyon("GET", list("lyon"), at);
    const id = "6c7c1d3e-5b0b-4d6e-9a53-3d0f4d1b2c11";
    await onParis("PUT", `${list("paris")}/${id}`, { ...at, body: { displayName: "x", owner: "a@b.c" } });
    const there = await onLyon("GET", `${list("lyon")}/${id}`, at);
    const after = await onLyon("GET", list("lyon"), at);
    await onParis("DELETE", `${list("paris")}/${id}`, at);

    assert.equal(there.at("error.code"), "SubscriptionNotFound");
    assert.deepEqual(after.body, before.body);
  });

  it("know the operator's namespaces at the operator's endpoint alone", async () => {
    const { user } = hubNamed("paris");
    const customer = await createHubCaller(emulator, { endpoint: "user" });
    const path = `/subscriptions/${user.subscriptionId}/providers/Microsoft.Subscriptions.Admin/subscriptions`;
    const answer = await customer("GET", path, { apiVersion: "2015-11-01" });

    assert.deepEqual([answer.status, answer.at("error.code")], [404, "InvalidResourceNamespace"]);
  });

  for (const version of ["2021-04-01", "2022-12-01", "2024-11-01"]) {
    it(`refuse ${version}, which no stamp knows`, async () => {
      const { user } = hubNamed("paris");
      const call = await createHubCaller(emulator, { endpoint: "user" });
      const groups = await call("GET", `/subscriptions/${user.subscriptionId}/resourcegroups`, { apiVersion: version });
      const scope = `/subscriptions/${user.subscriptionId}/providers/Microsoft.Authorization`;
      const roles = await call("GET", `${scope}/roleAssignments`, { apiVersion: "2022-04-01" });

      assert.deepEqual([groups.status, groups.at("error.code")], [400, "InvalidApiVersionParameter"]);
      assert.deepEqual([roles.status, roles.at("error.code")], [404, "InvalidResourceType"]);
    });
  }

  it("send a caller without a token to the directory of the subscription", async () => {
    const { user } = hubNamed("paris");
    const answer = await anonymous(user.resourceManager)("GET", `/subscriptions/${user.subscriptionId}`, {
      ...subscriptionsAt,
      token: null,
    });

    assert.equal(answer.status, 401);
    assert.match(String(answer.headers["www-authenticate"]), new RegExp(`="${emulator.authority}/${user.tenantId}"`));
  });

  it("stand in the journal by their addresses", async () => {
    emulator.resetJournal();
    const call = await createHubCaller(emulator, { hub: "lyon", endpoint: "admin" });
    await call("GET", "/subscriptions", subscriptionsAt);

    assert.deepEqual(
      emulator.journal().map(({ kind, origin }) => [kind, origin]),
      [
        ["token", emulator.authority],
        ["request", hubNamed("lyon").admin.resourceManager],
      ],
    );
  });
});
