import assert from "node:assert/strict";
import { hasCode } from "@azurestack-csp/provider";
import { toCloud, toCredentialPrefix, withAccess } from "../../../../../sdk/nodejs/src/cli/commands/accessOptions.ts";
import { commandErrors } from "../../../../../sdk/nodejs/src/cli/errors/commandErrors.ts";

const registrations = ["paris", "lyon"].map((key) => ({
  key,
  registration: {
    registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
    resourceGroup: "azurestack",
    registrationName: `azurestack-hub-${key}`,
  },
}));

const none = { cloud: [], credentialPrefix: [] };
const isUsage = (error: unknown) => hasCode(error, commandErrors.CSP_COMMAND_USAGE);

describe("withAccess", () => {
  it("gives a registration its own setting, and the others that of all", () => {
    const cloud = toCloud("lyon=china", []);
    const credentialPrefix = toCredentialPrefix("paris=PARIS", toCredentialPrefix("HUBS", []));

    assert.deepEqual(
      withAccess(registrations, { cloud, credentialPrefix }).map(({ key, access }) => [key, access]),
      [
        ["paris", { credentialPrefix: "PARIS" }],
        ["lyon", { cloud: "china", credentialPrefix: "HUBS" }],
      ],
    );
  });

  it("says nothing where nothing is said", () => {
    assert.deepEqual(withAccess(registrations, none), registrations);
  });

  it("refuses a key that no registration has, and settings without registrations", () => {
    const cloud = toCloud("nantes=china", []);

    assert.throws(() => withAccess(registrations, { ...none, cloud }), isUsage);
    assert.throws(() => withAccess([], { ...none, cloud: toCloud("china", []) }), isUsage);
  });
});

describe("toCloud and toCredentialPrefix", () => {
  it("refuse what a list refuses, and a setting that is given twice", () => {
    assert.throws(() => toCloud("paris=mars", []), /CSP_CLOUD_NAME/);
    assert.throws(() => toCredentialPrefix("a b", []), /CSP_CREDENTIAL_PREFIX/);
    assert.throws(() => toCloud("paris=china", toCloud("paris=public", [])), /given twice for "paris"/);
  });
});
