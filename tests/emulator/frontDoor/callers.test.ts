import assert from "node:assert/strict";
import type { Emulator } from "@azurestack-csp/emulator";
import { type Call, getToken, startCalled } from "../support/caller.ts";
import { customerSubscriptionPath, registrationPath, sample } from "../support/sample.ts";

const { beaumont, csp, delmas, lyon, paris } = sample;
const SUBSCRIPTION = `/subscriptions/${paris.subscriptionId}`;
const UNKNOWN = "11111111-2222-4333-8444-555555555555";

describe("the front door, and who asks", () => {
  let now: Date;
  let emulator: Emulator;
  let call: Call;

  beforeEach(async () => {
    now = new Date("2026-11-21T10:11:12.345Z");
    ({ emulator, call } = await startCalled({ now: () => now }));
  });

  afterEach(() => emulator.close());

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

    it("asks for the right to register the one namespace that is to be registered", async () => {
      emulator.facts.clearRoleAssignments();
      const actions = ["Microsoft.AzureStack/register/action"];
      emulator.facts.putRoleAssignment({ principalId: csp.objectId, actions, scope: SUBSCRIPTION });
      const register = (namespace: string) =>
        call("POST", `${SUBSCRIPTION}/providers/${namespace}/register`, { apiVersion: "2022-12-01" });

      assert.equal((await register("microsoft.azurestack")).status, 200);
      assert.equal((await register("Microsoft.Resources")).at("error.code"), "AuthorizationFailed");
    });

    it("lets an Owner of subscriptions not make itself Owner of the directory, and look roles up there", async () => {
      const directory = (type: string, method = "GET", body?: unknown) =>
        call(method, `/providers/Microsoft.Authorization/${type}`, { apiVersion: "2022-04-01", body });
      const roles = await directory("roleDefinitions?$filter=roleName%20eq%20'Owner'");
      const made = await directory("roleAssignments/3f2b1c7e-5a64-4c0e-9c52-0c2f6f1f7a10", "PUT", {
        properties: { roleDefinitionId: roles.at("value.0.id"), principalId: csp.objectId },
      });

      assert.equal(roles.status, 200);
      assert.deepEqual([made.status, made.at("error.code")], [403, "AuthorizationFailed"]);
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
});
