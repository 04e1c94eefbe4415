import assert from "node:assert/strict";
import { createEmulator, type Emulator, loadWorld } from "@azurestack-csp/emulator";
import { type Call, createCaller, startCalled } from "../support/caller.ts";
import { registrationPath, sample } from "../support/sample.ts";

const { csp, lille, lyon, paris } = sample;
const SUBSCRIPTION = `/subscriptions/${paris.subscriptionId}`;

describe("the front door, and what it says of itself", () => {
  let emulator: Emulator;
  let call: Call;

  beforeEach(async () => {
    ({ emulator, call } = await startCalled());
  });

  afterEach(() => emulator.close());

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
