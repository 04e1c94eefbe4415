import assert from "node:assert/strict";
import type { Emulator } from "@azurestack-csp/emulator";
import { type Call, startCalled } from "../support/caller.ts";
import { registrationPath, sample } from "../support/sample.ts";

const { paris } = sample;
const SUBSCRIPTION = `/subscriptions/${paris.subscriptionId}`;

describe("the front door, and what is asked for", () => {
  let emulator: Emulator;
  let call: Call;

  beforeEach(async () => {
    ({ emulator, call } = await startCalled());
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

  describe("paths", () => {
    it("overlooks doubled slashes", async () => {
      assert.equal((await call("GET", `/${registrationPath(paris)}`)).status, 200);
    });

    it("reads encoded slashes as slashes", async () => {
      const path = `/${encodeURIComponent(registrationPath(paris))}`;
      const answer = await call("GET", path);

      assert.equal(answer.at("id"), registrationPath(paris));
      assert.equal((await call("GET", path, { token: null })).status, 401);
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
      {
        title: "a type of ARM's own namespaces",
        path: `${SUBSCRIPTION}/resourceGroups/azurestack/providers/Microsoft.Authorization/denyAssignments`,
        code: "InvalidResourceType",
        message:
          "The resource type 'denyAssignments' could not be found in the namespace 'Microsoft.Authorization' for api version '2017-06-01'. The supported api-versions are '2015-01-01,2015-05-01-preview,2015-07-01,2016-09-01,2017-04-01,2018-01-01-preview,2018-07-01,2018-09-01-preview,2020-04-01-preview,2020-05-01,2020-08-01-preview,2020-10-01-preview,2022-04-01,2022-05-01-preview'.",
      },
      ...["/nowhere", "/C:/Git/subscriptions/s/providers/Microsoft.Authorization/locks"].map((path) => ({
        title: path,
        path,
        code: "MissingSubscription",
        message: "The request did not have a subscription or a valid tenant level resource provider.",
      })),
    ];
    for (const { title, path, code, message } of missing) {
      it(`answers 404 ${code} for ${title} that is not there`, async () => {
        const answer = await call("GET", path);

        assert.equal(answer.status, 404);
        assert.deepEqual(answer.body, { error: { code, message } });
      });
    }
  });
});
