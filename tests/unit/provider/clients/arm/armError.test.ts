import assert from "node:assert/strict";
import { type ArmTarget, armError, isScopeLocked } from "../../../../../provider/src/clients/arm/armError.ts";
import { ProviderError } from "../../../../../provider/src/domain/errors/providerError.ts";
import { answer } from "./answers.ts";

const arm = (code: string) => ({ error: { code, message: "m" } });

/** An offer of a Hub, as somebody might read it who knows nothing of registrations. */
const offer: ArmTarget = {
  subscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
  id: "/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/providers/Microsoft.Subscriptions.Admin/offers/basic",
  apiVersion: "2015-11-01",
  action: "read",
};

describe("armError", () => {
  for (const [status, code, expected] of [
    [404, "ResourceNotFound", "CSP_RESOURCE_NOT_FOUND"],
    [403, "AuthorizationFailed", "CSP_NOT_AUTHORIZED"],
    [404, "RegistrationNotFound", "CSP_REQUEST_REFUSED"],
  ] as const) {
    it(`reads ${status} ${code} of any resource provider as ${expected}`, () => {
      assert.equal(armError(offer, answer({ status, body: arm(code) })).code, expected);
    });
  }

  it("lets a resource provider explain its codes, before the gateway's are", () => {
    const explanations = {
      resourcenotfound: () => new ProviderError("CSP_METADATA_RESOLVER_BAD_GATEWAY", {}),
    };

    const error = armError(offer, answer({ status: 404, body: arm("ResourceNotFound") }), explanations);

    assert.equal(error.code, "CSP_METADATA_RESOLVER_BAD_GATEWAY");
  });
});

describe("isScopeLocked", () => {
  it("knows the code and not the words", () => {
    assert(isScopeLocked(answer({ status: 409, body: arm("ScopeLocked") })));
    assert(!isScopeLocked(answer({ status: 409, body: { error: { code: "Conflict", message: "ScopeLocked" } } })));
  });
});
