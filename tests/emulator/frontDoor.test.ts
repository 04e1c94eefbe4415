import assert from "node:assert/strict";
import { createEmulator, type Emulator, loadWorld } from "@azurestack-csp/emulator";
import { type Call, createCaller, getToken, send } from "./support/caller.ts";
import { customerSubscriptionPath, registrationPath, sample } from "./support/sample.ts";

const { beaumont, csp, delmas, lille, lyon, paris } = sample;
const SUBSCRIPTION = `/subscriptions/${paris.subscriptionId}`;
const UNKNOWN = "11111111-2222-4333-8444-555555555555";

describe("the front door", () => {
  let now: Date;
  let emulator: Emulator;
  let call: Call;

  beforeEach(async () => {
    now = new Date("2026-11-21T10:11:12.345Z");
    emulator = await createEmulator({ now: () => now });
    call = await createCaller(emulator);
  });
  afterEach(() => emulator.close());

  describe("api-version", () => {
    it("is required", async () => {
      const answer = await call("GET", SUBSCRIPTION, { apiVersion: null });

      assert.equal(answer.status, 400);
      assert.equal(
        answer.text,
        '{"error":{"code":"MissingApiVersionParameter","message":"The api-version query parameter (?api-version=) is required for all requests."}}',
      );
      assert.equal(answer.headers["x-ms-failure-cause"], "gateway");
    });

    it("has the form of a date", async () => {
      const answer = await call("GET", SUBSCRIPTION, { apiVersion: "1.0" });

      assert.deepEqual([answer.status, answer.at("error.code")], [400, "InvalidApiVersionParameter"]);
      assert.match(String(answer.at("error.message")), /must be of the following format: yyyy-MM-dd\./);
    });

    it("is one that ARM's own types have", async () => {
      const answer = await call("GET", SUBSCRIPTION, { apiVersion: "2012-01-01" });

      assert.match(
        String(answer.at("error.message")),
        /^The api-version '2012-01-01' is invalid\. The supported versions are '20/,
      );
    });

    for (const apiVersion of ["2016-02-01", "2016-06-01", "2022-12-01", "2024-11-01", "2025-04-01"]) {
      it(`${apiVersion} lists resource groups`, async () => {
        assert.equal((await call("GET", `${SUBSCRIPTION}/resourcegroups`, { apiVersion })).status, 200);
      });
    }
  });

  describe("authentication", () => {
    it("names the directory of the subscription to a caller without a token", async () => {
      const answer = await call("GET", `/subscriptions/${delmas.subscriptionId}`, { token: null });

      assert.equal(answer.status, 401);
      assert.equal(
        answer.text,
        `{"error":{"code":"AuthenticationFailed","message":"Authentication failed. The 'Authorization' header is missing."}}`,
      );
      assert.equal(
        answer.headers["www-authenticate"],
        `Bearer authorization_uri="${emulator.authority}/${delmas.tenantId}", error="invalid_token", error_description="The authentication failed because of missing 'Authorization' header."`,
      );
    });

    it("answers SubscriptionNotFound for an unknown subscription, also without a token", async () => {
      const answer = await call("GET", `/subscriptions/${UNKNOWN}`, { token: null });

      assert.deepEqual([answer.status, answer.at("error.code")], [404, "SubscriptionNotFound"]);
      assert.equal(answer.at("error.message"), `The subscription '${UNKNOWN}' could not be found.`);
    });

    it("refuses what is no token of this authority", async () => {
      const answer = await call("GET", SUBSCRIPTION, { token: "e30.e30.AAAA" });

      assert.deepEqual([answer.status, answer.at("error.code")], [401, "InvalidAuthenticationToken"]);
    });

    it("refuses a token of another directory, naming both", async () => {
      const answer = await call("GET", `/subscriptions/${delmas.subscriptionId}`);

      assert.deepEqual([answer.status, answer.at("error.code")], [401, "InvalidAuthenticationTokenTenant"]);
      assert.match(
        String(answer.at("error.message")),
        new RegExp(
          `wrong issuer 'https://sts.windows.net/${csp.tenantId}/'.*'https://sts.windows.net/${delmas.tenantId}/'`,
        ),
      );
    });

    it("refuses a token that has expired, naming both times", async () => {
      now = new Date(now.getTime() + 2 * 3_600_000);
      const answer = await call("GET", SUBSCRIPTION);

      assert.equal(answer.at("error.code"), "ExpiredAuthenticationToken");
      assert.equal(
        answer.at("error.message"),
        "The access token expiry UTC time '11/21/2026 11:11:11 AM' is earlier than current UTC time '11/21/2026 12:11:12 PM'.",
      );
    });
  });

  describe("authorization", () => {
    it("refuses a principal without a role with 403", async () => {
      emulator.facts.clearRoleAssignments();
      const path = customerSubscriptionPath(paris, delmas.subscriptionId);
      const answer = await call("PUT", path, { body: {} });

      assert.equal(answer.status, 403);
      assert.equal(
        answer.at("error.message"),
        `The client '${csp.clientId}' with object id '${csp.objectId}' does not have authorization to perform action 'Microsoft.AzureStack/registrations/customerSubscriptions/write' over scope '${path}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      );
    });

    it("lets a Reader read and not write", async () => {
      emulator.facts.clearRoleAssignments();
      emulator.facts.putRoleAssignment({ principalId: csp.objectId, role: "Reader", scope: registrationPath(paris) });
      const path = customerSubscriptionPath(paris, beaumont.subscriptionId);

      assert.equal((await call("GET", path)).status, 200);
      assert.equal((await call("DELETE", path)).at("error.code"), "AuthorizationFailed");
      assert.equal((await call("GET", registrationPath(lyon))).status, 403);
    });

    it("lets a role of single actions do those", async () => {
      emulator.facts.clearRoleAssignments();
      const actions = ["Microsoft.AzureStack/registrations/customerSubscriptions/*"];
      emulator.facts.putRoleAssignment({ principalId: csp.objectId, actions, scope: SUBSCRIPTION });

      assert.equal((await call("DELETE", customerSubscriptionPath(paris, beaumont.subscriptionId))).status, 200);
      assert.equal((await call("GET", registrationPath(paris))).status, 403);
    });

    it("gives the application no rights in a customer's directory", async () => {
      const token = await getToken(emulator, delmas.tenantId);

      assert.equal((await call("GET", `/subscriptions/${delmas.subscriptionId}`, { token })).status, 403);
      assert.equal(
        (await call("GET", "/subscriptions", { token, apiVersion: "2022-12-01" })).text.includes(delmas.subscriptionId),
        false,
      );
    });
  });

  describe("paths", () => {
    it("overlooks doubled slashes", async () => {
      assert.equal((await call("GET", `/${registrationPath(paris)}`)).status, 200);
    });

    it("compares names without regard to case, and shows them as they were made", async () => {
      const answer = await call("GET", registrationPath(paris).toUpperCase());

      assert.equal(answer.at("id"), registrationPath(paris));
    });

    it("refuses a double-encoded URI", async () => {
      const answer = await call("GET", `${SUBSCRIPTION}/resourceGroups/a%2523b`);

      assert.equal(answer.at("error.code"), "InvalidDoubleEncodedRequestUri");
    });

    it("refuses a subscription that is no GUID", async () => {
      assert.equal((await call("GET", "/subscriptions/production")).at("error.code"), "InvalidSubscriptionId");
    });

    const missing = [
      {
        title: "a group",
        path: `${SUBSCRIPTION}/resourceGroups/nowhere/providers/Microsoft.AzureStack/registrations/r`,
        code: "ResourceGroupNotFound",
        message: "Resource group 'nowhere' could not be found.",
      },
      {
        title: "a registration",
        path: `${SUBSCRIPTION}/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/r`,
        code: "ResourceNotFound",
        message:
          "The Resource 'Microsoft.AzureStack/registrations/r' under resource group 'azurestack' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
      },
      {
        title: "a type",
        path: `${SUBSCRIPTION}/resourceGroups/azurestack/providers/Microsoft.AzureStack/widgets/w`,
        code: "InvalidResourceType",
        message:
          "The resource type 'widgets' could not be found in the namespace 'Microsoft.AzureStack' for api version '2017-06-01'. The supported api-versions are '2016-01-01,2017-06-01,2020-06-01-preview,2022-06-01'.",
      },
      {
        title: "a namespace",
        path: `${SUBSCRIPTION}/resourceGroups/azurestack/providers/Microsoft.Nothing/widgets/w`,
        code: "InvalidResourceNamespace",
        message: "The resource namespace 'Microsoft.Nothing' is invalid.",
      },
    ];
    for (const { title, path, code, message } of missing) {
      it(`answers 404 ${code} for ${title} that is not there`, async () => {
        const answer = await call("GET", path);

        assert.equal(answer.status, 404);
        assert.deepEqual(answer.body, { error: { code, message } });
      });
    }
  });

  describe("requests", () => {
    it("refuses a body that is not JSON", async () => {
      const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), {
        body: '{"properties":',
      });

      assert.deepEqual([answer.status, answer.at("error.code")], [400, "InvalidRequestContent"]);
    });

    it("refuses a body beyond 4 MiB", async () => {
      const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), {
        body: "x".repeat(5_000_000),
      });

      assert.equal(answer.status, 413);
    });

    it("refuses a host that is not its own", async () => {
      const plain = await createEmulator({ http: true });
      const headers = { Host: "attacker.example" };
      const answer = await send(plain, { method: "GET", path: SUBSCRIPTION, headers, content: undefined });
      await plain.close();

      assert.equal(answer.status, 400);
      assert.match(answer.text, /Invalid Hostname/);
    });

    it("refuses writes to a disabled subscription", async () => {
      emulator.facts.setSubscription(paris.subscriptionId, { state: "Disabled" });
      const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body: {} });

      assert.deepEqual([answer.status, answer.at("error.code")], [409, "ReadOnlyDisabledSubscription"]);
    });
  });

  describe("headers", () => {
    it("are ARM's", async () => {
      const { headers } = await call("GET", registrationPath(paris));

      assert.equal(headers["content-type"], "application/json; charset=utf-8");
      assert.equal(headers["cache-control"], "no-cache");
      assert.equal(headers["x-ms-ratelimit-remaining-subscription-reads"], "11999");
      assert.equal(headers["strict-transport-security"], "max-age=31536000; includeSubDomains");
      assert.match(String(headers["x-ms-request-id"]), /^[0-9a-f-]{36}$/);
      assert.equal(
        headers["x-ms-routing-request-id"],
        `FRANCECENTRAL:20261121T101112Z:${headers["x-ms-correlation-request-id"]}`,
      );
      assert.equal(headers.etag, undefined);
    });

    it("count reads, writes and deletes apart", async () => {
      const path = customerSubscriptionPath(paris, delmas.subscriptionId);

      assert.equal((await call("PUT", path)).headers["x-ms-ratelimit-remaining-subscription-writes"], "1199");
      assert.equal((await call("DELETE", path)).headers["x-ms-ratelimit-remaining-subscription-deletes"], "14999");
      assert.equal((await call("GET", "/tenants")).headers["x-ms-ratelimit-remaining-tenant-reads"], "11999");
    });

    it("keep the caller's correlation id, and echo its request id only when asked", async () => {
      const correlationId = "5d5ac8f4-6a25-4b54-8d6c-1f3a6f0f1c11";
      const own = { "x-ms-correlation-request-id": correlationId, "x-ms-client-request-id": "mine" };

      const silent = await call("GET", registrationPath(paris), { headers: own });
      const asked = await call("GET", registrationPath(paris), {
        headers: { ...own, "x-ms-return-client-request-id": "true" },
      });

      assert.equal(silent.headers["x-ms-correlation-request-id"], correlationId);
      assert.equal(silent.headers["x-ms-client-request-id"], undefined);
      assert.equal(asked.headers["x-ms-client-request-id"], "mine");
    });

    it("name the correlation id as the request id where the gateway answers itself", async () => {
      const { headers } = await call("GET", `/subscriptions/${UNKNOWN}`);

      assert.equal(headers["x-ms-request-id"], headers["x-ms-correlation-request-id"]);
      assert.equal(headers["x-ms-ratelimit-remaining-subscription-reads"], undefined);
    });
  });

  describe("resource providers", () => {
    const ask = (path: string, method = "GET") =>
      call(method, `${SUBSCRIPTION}/providers${path}`, { apiVersion: "2016-02-01" });

    it("list api versions newest first", async () => {
      const answer = await ask("/microsoft.azurestack");

      assert.equal(answer.at("namespace"), "Microsoft.AzureStack");
      assert.equal(answer.at("registrationState"), "Registered");
      assert.deepEqual(answer.at("resourceTypes.1.apiVersions"), [
        "2022-06-01",
        "2020-06-01-preview",
        "2017-06-01",
        "2016-01-01",
      ]);
    });

    it("have to be registered in the subscription first", async () => {
      const { subscriptionId } = lyon;
      const world = await loadWorld(undefined);
      const fresh = await createEmulator({
        world: { ...world, subscriptions: world.subscriptions.map((facts) => ({ ...facts, providers: [] })) },
      });
      const callFresh = await createCaller(fresh);

      const before = await callFresh("GET", registrationPath(lyon));
      await callFresh("POST", `/subscriptions/${subscriptionId}/providers/Microsoft.AzureStack/register`, {
        apiVersion: "2016-02-01",
      });
      const after = await callFresh("GET", registrationPath(lyon));
      await fresh.close();

      assert.deepEqual([before.status, before.at("error.code")], [409, "MissingSubscriptionRegistration"]);
      assert.equal(before.at("error.details.0.target"), "Microsoft.AzureStack");
      assert.equal(after.status, 200);
    });
  });

  describe("metadata", () => {
    it("describes the cloud to a caller without a token", async () => {
      const answer = await call("GET", "//metadata/endpoints", { apiVersion: "2022-09-01", token: null });

      assert.equal(answer.status, 200);
      assert.equal(answer.at("authentication.loginEndpoint"), emulator.authority);
      assert.equal(answer.at("authentication.audiences.0"), "https://management.core.windows.net/");
    });

    it("describes itself as a Hub does at 2015-01-01", async () => {
      const answer = await call("GET", "/metadata/endpoints", { apiVersion: "2015-01-01", token: null });

      assert.deepEqual(Object.keys(answer.body as object), [
        "galleryEndpoint",
        "graphEndpoint",
        "portalEndpoint",
        "authentication",
      ]);
    });
  });

  it("lists the caller's subscriptions and directory", async () => {
    const subscriptions = await call("GET", "/subscriptions", { apiVersion: "2022-12-01" });
    const tenants = await call("GET", "/tenants", { apiVersion: "2022-12-01" });

    assert.equal(subscriptions.at("value.0.id"), SUBSCRIPTION);
    assert.equal(subscriptions.at("value.1.subscriptionId"), lille.subscriptionId);
    assert.equal(subscriptions.at("value.2"), undefined);
    assert.equal(tenants.at("value.0.tenantId"), csp.tenantId);
  });
});
