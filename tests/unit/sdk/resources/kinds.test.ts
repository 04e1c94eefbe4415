import assert from "node:assert/strict";
import { v1 } from "azurestack-csp/dynamic";
import { KINDS, providerOf } from "../../../../sdk/nodejs/src/resources/kinds.ts";

/** As they stand in states that were written; a change here is one that breaks them. */
const written = {
  CustomerSubscription: {
    token: "pulumi-nodejs:dynamic/azurestack:CustomerSubscription",
    provider: 'exports.handler=()=>require("azurestack-csp/dynamic").v1("CustomerSubscription");',
  },
  TenantListGuard: {
    token: "pulumi-nodejs:dynamic/azurestack:TenantListGuard",
    provider: 'exports.handler=()=>require("azurestack-csp/dynamic").v1("TenantListGuard");',
  },
};

describe("KINDS", () => {
  it("keep the tokens and the provider texts of every state", () => {
    const now = Object.entries(KINDS).map(([name, token]) => {
      return [name, { token, provider: providerOf(name as keyof typeof KINDS) }];
    });

    assert.deepEqual(Object.fromEntries(now), written);
  });

  for (const name of Object.keys(KINDS)) {
    it(`have a provider for ${name} in the dynamic host`, () => {
      assert.equal(typeof v1(name).check, "function");
    });
  }
});
