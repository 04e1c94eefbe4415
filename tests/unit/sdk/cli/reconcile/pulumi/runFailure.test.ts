import assert from "node:assert/strict";
import { exitCodeOfErrors, sortErrors } from "../../../../../../sdk/nodejs/src/cli/reconcile/pulumi/runFailure.ts";

describe("exitCodeOfErrors", () => {
  for (const [title, errors, code] of [
    ["a refused sign-in", ["[CSP_NOT_AUTHENTICATED] No sign-in."], 4],
    [
      "the guard, whatever else was reported",
      ["[CSP_NOT_AUTHENTICATED] No sign-in.", "[CSP_GUARD_MOVES] Too many."],
      5,
    ],
    [
      "the guard that stopped while others went through",
      ["[CSP_GUARD_REMOVAL_STOPPED] One too many.", "[CSP_SCOPE_LOCKED] Locked."],
      5,
    ],
    ["several kinds", ["[CSP_NOT_AUTHENTICATED] No sign-in.", "[CSP_UNREACHABLE] No network."], 8],
    ["a code that nobody knows", ["[CSP_FROM_THE_FUTURE] Something."], 8],
    ["no code", ["error: an unhandled error"], 8],
  ] as const) {
    it(`is ${code} for ${title}`, () => {
      assert.equal(exitCodeOfErrors(errors), code);
    });
  }
});

describe("sortErrors", () => {
  const stack = "urn:pulumi:test::hub::pulumi:pulumi:Stack::hub-test";
  const row = (name: string) => `urn:pulumi:test::hub::pulumi-nodejs:dynamic/azurestack:CustomerSubscription::${name}`;
  const vault = "urn:pulumi:test::hub::azure-native:keyvault:Vault::vault";
  const refused = { urn: row("paris/1"), text: "[CSP_REQUEST_REFUSED] Refused." };
  const unseen = { urn: row("paris/2"), text: "expected resource operations" };
  const conflict = { urn: vault, text: "Code=Conflict" };
  const failed = { urn: stack, text: "update failed" };
  const errors = [refused, unseen, conflict, failed];

  it("takes for consequences what the run did not come to, and that it failed", () => {
    const { causes, consequences } = sortErrors(errors, new Set([refused.urn, vault]));

    assert.deepEqual(causes, [refused, conflict]);
    assert.deepEqual(consequences, [unseen, failed]);
  });

  it("takes no resource's error for a consequence where there is no plan to hold to", () => {
    assert.deepEqual(sortErrors(errors).consequences, [failed]);
  });

  it("takes what has a code of ours for a cause, whatever it is about", () => {
    const checked = { urn: row("paris/3"), text: "[CSP_GUID] No GUID." };
    const thrown = { urn: stack, text: "[CSP_LIST_SYNTAX] No list." };

    assert.deepEqual(sortErrors([checked, thrown], new Set()).causes, [checked, thrown]);
  });
});
