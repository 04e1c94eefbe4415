import assert from "node:assert/strict";
import { resolve } from "node:path";
import { hasCode } from "@azurestack-csp/provider";
import { hubOf, requireHub } from "../../../../sdk/nodejs/src/tenantList/hubOf.ts";

const place = { file: "lists/paris/hubs.yaml", line: 1, column: 1, path: "registrations.paris" };
const registration = { registrationSubscriptionId: "s", resourceGroup: "g", registrationName: "r" };
const adminEndpoint = "https://adminmanagement.local.azurestack.external";

describe("hubOf", () => {
  it("finds a caFile from the file of the list that names it", () => {
    const at = (caFile: string) => hubOf({ hub: { adminEndpoint, caFile }, place }, "/srv")?.caFile;

    assert.equal(at("../ca.pem"), resolve("/srv/lists/ca.pem"));
    assert.equal(at("/etc/ca.pem"), resolve("/etc/ca.pem"));
  });

  it("leaves a Hub without one as it is", () => {
    const hub = { adminEndpoint, credentialPrefix: "HUB" };

    assert.equal(hubOf({ hub, place }), hub);
    assert.equal(hubOf({ place }), undefined);
  });

  it("names the registration that has none where one is needed", () => {
    assert.throws(
      () => requireHub({ key: "paris", registration, place }),
      (error) => hasCode(error, "CSP_HUB_NOT_LISTED") && error.details.key === "paris",
    );
  });
});
