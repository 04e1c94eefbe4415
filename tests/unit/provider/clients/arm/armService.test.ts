import assert from "node:assert/strict";
import { createArmService } from "../../../../../provider/src/clients/arm/armService.ts";
import type { Outcome, ServiceRequest } from "../../../../../provider/src/clients/wire/service.ts";
import { answer } from "./answers.ts";

const endpoint = "https://adminmanagement.local.azurestack.external";
const service = createArmService({ endpoint, audience: "https://adminmanagement.a.b/1", passingCodes: ["OwnCode"] });

const armError = (code: string) => ({ error: { code, message: "m" } });

function isRepeatable(outcome: Outcome, method = "PUT"): boolean | undefined {
  const request: ServiceRequest = { method, url: `${endpoint}/subscriptions/1`, header: () => undefined };
  return service.isRepeatable?.(request, outcome);
}

describe("createArmService", () => {
  it("serves any endpoint of ARM's, each with an audience of its own", () => {
    assert.equal(service.origin, endpoint);
    assert.equal(service.audience, "https://adminmanagement.a.b/1");
  });

  for (const [what, outcome] of [
    ["a code of the resource provider's", answer({ status: 400, body: armError("owncode") })],
    ["GatewayTimeout without its envelope", answer({ status: 400, body: { Code: "gatewaytimeout" } })],
    ["ServiceUnavailable at any status", answer({ status: 409, body: armError("ServiceUnavailable") })],
    ["another operation on it", answer({ status: 409, body: armError("AnotherOperationInProgress") })],
    ["an error that says so itself", answer({ status: 409, body: armError("RetryableError") })],
    ["503", answer({ status: 503, body: "<html>" })],
    ["a lost answer", "no answer"],
  ] as const) {
    it(`lets a PUT be repeated after ${what}, and no POST`, () => {
      assert.equal(isRepeatable(outcome), true);
      assert.equal(isRepeatable(outcome, "POST"), false);
    });
  }

  for (const [status, code] of [
    [400, "InvalidCustomerSubscriptionId"],
    [401, "InvalidAuthenticationToken"],
    [403, "AuthorizationFailed"],
    [403, "UnauthorizedCspRegistration"],
    [404, "RegistrationNotFound"],
    [404, "NotFound"],
    [409, "Conflict"],
    [409, "ScopeLocked"],
    [412, "PreconditionFailed"],
    [501, "NotImplemented"],
  ] as const) {
    it(`lets nothing be repeated after ${status} ${code}`, () => {
      assert.equal(isRepeatable(answer({ status, body: armError(code) })), false);
    });
  }
});
