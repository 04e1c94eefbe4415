import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { requestToken, send } from "../support/caller.ts";
import { sample } from "../support/sample.ts";

const { csp, delmas } = sample;
const jwt = (claims: object) => ["e30", Buffer.from(JSON.stringify(claims)).toString("base64url"), "sig"].join(".");
const claimsOf = (token: unknown) => JSON.parse(Buffer.from(String(token).split(".")[1] ?? "", "base64url").toString());

describe("sign-in", () => {
  let emulator: Emulator;
  const get = (path: string) => send(emulator, { method: "GET", path, headers: {}, content: undefined });
  const openId = (tenant: string) => get(`/${tenant}/v2.0/.well-known/openid-configuration`);

  beforeEach(async () => {
    emulator = await createEmulator({ now: () => new Date("2026-11-21T10:00:00Z") });
  });
  afterEach(() => emulator.close());

  it("describes a directory with its own host and port as issuer", async () => {
    const answer = await openId(csp.tenantId);

    assert.equal(answer.at("issuer"), `${emulator.authority}/${csp.tenantId}/v2.0`);
    assert.equal(answer.at("token_endpoint"), `${emulator.authority}/${csp.tenantId}/oauth2/v2.0/token`);
    assert.equal(answer.at("authorization_endpoint"), `${emulator.authority}/${csp.tenantId}/oauth2/v2.0/authorize`);
    assert.equal(answer.at("jwks_uri"), `${emulator.authority}/${csp.tenantId}/discovery/v2.0/keys`);
  });

  for (const placeholder of ["organizations", "common"]) {
    it(`describes ${placeholder}`, async () => {
      assert.equal((await openId(placeholder)).status, 200);
    });
  }

  it("does not describe a directory that it does not know", async () => {
    const answer = await openId("11111111-2222-4333-8444-555555555555");

    assert.deepEqual([answer.status, answer.at("error")], [400, "invalid_tenant"]);
  });

  it("publishes the key that its tokens are signed with", async () => {
    assert.equal((await get(`/${csp.tenantId}/discovery/v2.0/keys`)).at("keys.0.kty"), "RSA");
  });

  it("issues a v2 token with numbers", async () => {
    const answer = await requestToken(emulator, { form: { claims: '{"access_token":{"xms_cc":{"values":["CP1"]}}}' } });

    assert.equal(answer.at("expires_in"), 3599);
    const { aud, tid, oid, appid, iss } = claimsOf(answer.at("access_token"));
    assert.deepEqual(
      { aud, tid, oid, appid, iss },
      {
        aud: "https://management.azure.com",
        tid: csp.tenantId,
        oid: csp.objectId,
        appid: csp.clientId,
        iss: `https://sts.windows.net/${csp.tenantId}/`,
      },
    );
  });

  it("keeps its answers out of caches, and puts none of ARM's headers on them", async () => {
    const answers = [
      await openId(csp.tenantId),
      await requestToken(emulator, {}),
      await requestToken(emulator, { tenantId: "nobody" }),
    ];

    for (const { headers } of answers) {
      assert.equal(headers["cache-control"], "no-store, no-cache");
      assert.deepEqual(
        Object.keys(headers).filter((name) => name.startsWith("x-ms-")),
        [],
      );
    }
  });

  it("names a refusal as the client named its request", async () => {
    const headers = { "client-request-id": "3c4f2f4e-6a55-4b86-9f0f-1de7a3b1c0aa" };
    const path = `/${csp.tenantId}/oauth2/v2.0/token`;
    const answer = await send(emulator, { method: "POST", path, headers, content: "" });

    assert.equal(answer.at("correlation_id"), headers["client-request-id"]);
    assert.equal(emulator.journal().at(-1)?.correlationId, headers["client-request-id"]);
  });

  it("answers AADSTS900561 to a method that the path does not have", async () => {
    const answer = await get(`/${csp.tenantId}/oauth2/v2.0/token`);

    assert.deepEqual([answer.status, answer.at("error")], [400, "invalid_request"]);
    assert.match(
      String(answer.at("error_description")),
      /^AADSTS900561: The endpoint only accepts POST requests\. Received a GET request\./,
    );
  });

  it("answers 404 to a path of sign-in that it does not have", async () => {
    const answer = await get(`/${csp.tenantId}/oauth2/v2.0/authorize`);

    assert.deepEqual([answer.status, answer.text], [404, ""]);
  });

  it("issues a v1 token with texts", async () => {
    const content = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: emulator.clientId,
      client_secret: emulator.clientSecret,
      resource: "https://management.core.windows.net/",
    }).toString();
    const answer = await send(emulator, {
      method: "POST",
      path: `/${csp.tenantId}/oauth2/token`,
      headers: {},
      content,
    });

    assert.equal(answer.at("expires_in"), "3599");
    assert.equal(answer.at("resource"), "https://management.core.windows.net/");
  });

  it("gives the application a service principal of its own in a customer's directory", async () => {
    const claims = claimsOf((await requestToken(emulator, { tenantId: delmas.tenantId })).at("access_token"));

    assert.equal(claims.tid, delmas.tenantId);
    assert.notEqual(claims.oid, csp.objectId);
  });

  const scopes = ["https://management.azure.com//.default", "https://management.core.windows.net//.default"];
  for (const scope of scopes) {
    it(`takes a token for the scope ${scope}`, async () => {
      const token = (await requestToken(emulator, { form: { scope } })).at("access_token");
      const path = "/subscriptions?api-version=2022-12-01";
      const headers = { Authorization: `Bearer ${token}` };

      assert.equal((await send(emulator, { method: "GET", path, headers, content: undefined })).status, 200);
    });
  }

  it("issues a token for another service that the resource manager does not take", async () => {
    const token = (await requestToken(emulator, { form: { scope: "https://graph.microsoft.com/.default" } })).at(
      "access_token",
    );
    const path = "/subscriptions?api-version=2022-12-01";
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await send(emulator, { method: "GET", path, headers, content: undefined });

    assert.equal(answer.at("error.code"), "InvalidAuthenticationTokenAudience");
  });

  const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  const assertions = [
    { title: "a federated assertion", aud: "api://AzureADTokenExchange", exp: 2_000_000_000, status: 200 },
    { title: "one of a sovereign cloud", aud: "api://AzureADTokenExchangeChina", exp: 2_000_000_000, status: 200 },
    {
      title: "an assertion for another audience",
      aud: "https://example.org",
      exp: 2_000_000_000,
      status: 401,
      code: 700212,
    },
    {
      title: "an assertion that has expired",
      aud: "api://AzureADTokenExchange",
      exp: 1_000_000_000,
      status: 401,
      code: 700024,
    },
  ];
  for (const { title, aud, exp, status, code } of assertions) {
    it(`answers ${status} to ${title}`, async () => {
      const fields = new URLSearchParams({
        grant_type: "client_credentials",
        client_id: emulator.clientId,
        client_assertion_type: assertionType,
        client_assertion: jwt({ aud, exp }),
        scope: "https://management.azure.com/.default",
      });
      const path = `/${csp.tenantId}/oauth2/v2.0/token`;
      const answer = await send(emulator, { method: "POST", path, headers: {}, content: fields.toString() });

      assert.deepEqual([answer.status, answer.at("error_codes.0")], [status, code]);
    });
  }

  const refusals = [
    { title: "a wrong secret", form: { client_secret: "guess" }, status: 401, error: "invalid_client", code: 7000215 },
    {
      title: "an unknown application",
      form: { client_id: "11111111-2222-4333-8444-555555555555" },
      status: 400,
      error: "unauthorized_client",
      code: 700016,
    },
    {
      title: "another grant",
      form: { grant_type: "password" },
      status: 400,
      error: "unsupported_grant_type",
      code: 70003,
    },
    { title: "an empty scope", form: { scope: "" }, status: 400, error: "invalid_request", code: 90014 },
    {
      title: "a scope other than a resource's default",
      form: { scope: "https://management.azure.com/user_impersonation" },
      status: 400,
      error: "invalid_scope",
      code: 1002012,
    },
    {
      title: "a resource that the directory does not know",
      form: { scope: "https://managment.azure.com/.default" },
      status: 400,
      error: "invalid_resource",
      code: 500011,
    },
  ];
  for (const name of ["grant_type", "client_id", "scope"]) {
    it(`answers AADSTS900144 to a body without ${name}`, async () => {
      const fields = new URLSearchParams({
        grant_type: "client_credentials",
        client_id: emulator.clientId,
        client_secret: emulator.clientSecret,
        scope: "https://management.azure.com/.default",
      });
      fields.delete(name);
      const path = `/${csp.tenantId}/oauth2/v2.0/token`;
      const answer = await send(emulator, { method: "POST", path, headers: {}, content: fields.toString() });

      assert.deepEqual([answer.status, answer.at("error_codes.0")], [400, 900144]);
      assert.match(String(answer.at("error_description")), new RegExp(`following parameter: '${name}'`));
    });
  }

  for (const { title, form, status, error, code } of refusals) {
    it(`answers AADSTS${code} to ${title}`, async () => {
      const answer = await requestToken(emulator, { form });

      assert.deepEqual([answer.status, answer.at("error"), answer.at("error_codes.0")], [status, error, code]);
      assert.match(String(answer.at("error_description")), new RegExp(`^AADSTS${code}: `));
    });
  }
});
