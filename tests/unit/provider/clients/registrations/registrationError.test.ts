import assert from "node:assert/strict";
import {
  type RegistrationTarget,
  registrationError,
} from "../../../../../provider/src/clients/registrations/registrationError.ts";
import { answer } from "../arm/answers.ts";

const registration = {
  registrationSubscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
  resourceGroup: "azurestack",
  registrationName: "azurestack-hub-paris",
};
const customerSubscriptionId = "f4168c91-41b3-44da-b15a-9c86b382a0ba";
const registrationId =
  "/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/azurestack-hub-paris";

const target = (action: RegistrationTarget["action"]): RegistrationTarget => ({
  id: `${registrationId}/customerSubscriptions/${customerSubscriptionId}`,
  subscriptionId: registration.registrationSubscriptionId,
  registration,
  customerSubscriptionId,
  action,
  apiVersion: "2017-06-01",
});

const arm = (code: string) => ({ error: { code, message: "Azure's own words." } });

describe("registrationError", () => {
  for (const [action, status, code, expected] of [
    ["write", 404, "RegistrationNotFound", "CSP_REGISTRATION_NOT_FOUND"],
    ["read", 404, "CustomerSubscriptionNotFound", "CSP_CUSTOMER_SUBSCRIPTION_NOT_FOUND"],
    ["write", 400, "InvalidCustomerSubscriptionId", "CSP_INVALID_CUSTOMER_SUBSCRIPTION_ID"],
    ["write", 400, "InvalidCSPSubscription", "CSP_INVALID_CSP_SUBSCRIPTION"],
    ["write", 400, "BadCustomerSubscriptionId", "CSP_BAD_CUSTOMER_SUBSCRIPTION_ID"],
    ["write", 403, "UnauthorizedCspRegistration", "CSP_UNAUTHORIZED_CSP_REGISTRATION"],
    ["write", 409, "UnauthorizedCspRegistration", "CSP_UNAUTHORIZED_CSP_REGISTRATION"],
    ["write", 403, "CustomerSubscriptionsNotAllowed", "CSP_CUSTOMER_SUBSCRIPTIONS_NOT_ALLOWED"],
    ["read", 502, "MetadataResolverBadGatewayError", "CSP_METADATA_RESOLVER_BAD_GATEWAY"],
    ["read", 404, "ResourceNotFound", "CSP_RESOURCE_NOT_FOUND"],
    ["delete", 404, "ResourceNotFound", "CSP_RESOURCE_NOT_FOUND"],
    ["write", 404, "ResourceNotFound", "CSP_PARENT_NOT_FOUND"],
    ["list", 404, "ResourceNotFound", "CSP_PARENT_NOT_FOUND"],
    ["read", 404, "ParentResourceNotFound", "CSP_PARENT_NOT_FOUND"],
    ["read", 404, "ResourceGroupNotFound", "CSP_PARENT_NOT_FOUND"],
    ["read", 404, "SubscriptionNotFound", "CSP_SUBSCRIPTION_NOT_FOUND"],
    ["read", 400, "InvalidSubscriptionId", "CSP_SUBSCRIPTION_NOT_FOUND"],
    ["read", 404, "InvalidResourceType", "CSP_TYPE_NOT_SERVED"],
    ["read", 400, "NoRegisteredProviderFound", "CSP_TYPE_NOT_SERVED"],
    ["read", 400, "InvalidApiVersionParameter", "CSP_TYPE_NOT_SERVED"],
    ["read", 404, "InvalidResourceNamespace", "CSP_TYPE_NOT_SERVED"],
    ["write", 409, "MissingSubscriptionRegistration", "CSP_PROVIDER_NOT_REGISTERED"],
    ["write", 409, "ReadOnlyDisabledSubscription", "CSP_SUBSCRIPTION_DISABLED"],
    ["write", 403, "AuthorizationFailed", "CSP_NOT_AUTHORIZED"],
    ["write", 403, "LinkedAuthorizationFailed", "CSP_NOT_AUTHORIZED"],
    ["read", 403, "Forbidden", "CSP_NOT_AUTHORIZED"],
    ["read", 401, "InvalidAuthenticationTokenTenant", "CSP_WRONG_DIRECTORY"],
    ["read", 401, "ExpiredAuthenticationToken", "CSP_NOT_AUTHENTICATED"],
    ["read", 401, "InvalidAuthenticationToken", "CSP_NOT_AUTHENTICATED"],
    ["write", 429, "SubscriptionRequestsThrottled", "CSP_THROTTLED"],
    ["write", 503, "ServiceUnavailable", "CSP_SERVICE_FAILED"],
    ["write", 504, "GatewayTimeout", "CSP_SERVICE_FAILED"],
    ["write", 400, "InvalidRequestContent", "CSP_REQUEST_REFUSED"],
    ["read", 404, "NotFound", "CSP_REQUEST_REFUSED"],
    ["write", 409, "ResourceGroupBeingDeleted", "CSP_REQUEST_REFUSED"],
  ] as const) {
    it(`reads ${status} ${code} on ${action} as ${expected}`, () => {
      const error = registrationError(target(action), answer({ status, body: arm(code), attempts: 5 }));
      assert.equal(error.code, expected);
      assert.equal(error.answer?.code, code);
      assert.match(error.message, /Azure's own words\./);
      assert.match(error.message, /correlation id c0ffee00/);
      assert.doesNotMatch(error.message, /\{\w+\}/);
    });
  }

  it("reads ARM's ResourceNotFound for the registration itself as such, and for its locks not", () => {
    const body = arm("ResourceNotFound");
    const { customerSubscriptionId: _none, ...itself } = { ...target("read"), id: registrationId };
    const locks = { ...itself, id: `${registrationId}/providers/Microsoft.Authorization/locks` };

    const error = registrationError(itself, answer({ status: 404, body }));

    assert.equal(error.code, "CSP_REGISTRATION_NOT_FOUND");
    assert.equal(error.answer?.code, "ResourceNotFound");
    assert.equal(registrationError(locks, answer({ status: 404, body })).code, "CSP_RESOURCE_NOT_FOUND");
  });

  for (const [what, body] of [
    ["without its envelope", { code: "RegistrationNotFound", message: "m" }],
    ["in other letters", { Error: { Code: "registrationnotfound", Message: "m" } }],
  ] as const) {
    it(`reads an error ${what}`, () => {
      assert.equal(registrationError(target("read"), answer({ status: 404, body })).code, "CSP_REGISTRATION_NOT_FOUND");
    });
  }

  for (const [what, status, body, expected] of [
    ["a proxy's page with 404", 404, "<html>Not found</html>", "CSP_NOT_ARM"],
    ["an empty 404", 404, "", "CSP_NOT_ARM"],
    ["another service's JSON with 404", 404, { status: "missing" }, "CSP_NOT_ARM"],
    ["a list in the place of an error", 404, "[1]", "CSP_NOT_ARM"],
    ["a proxy's 403", 403, "<html>Blocked</html>", "CSP_NOT_ARM"],
    ["a redirect", 302, "", "CSP_NOT_ARM"],
    ["a gateway's page with 503", 503, "<html>Busy</html>", "CSP_NOT_ARM"],
    ["an empty 503", 503, "", "CSP_SERVICE_FAILED"],
    ["throttling in a page of HTML", 429, "<html>Slow down</html>", "CSP_THROTTLED"],
    ["an empty 401", 401, "", "CSP_NOT_AUTHENTICATED"],
    ["a 405 with nothing but a message", 405, { message: "no GET" }, "CSP_REQUEST_REFUSED"],
  ] as const) {
    it(`reads ${what} as ${expected}`, () => {
      assert.equal(registrationError(target("read"), answer({ status, body })).code, expected);
    });
  }

  it("reads a code that every object has as a member like any unknown one", () => {
    const error = registrationError(target("read"), answer({ status: 400, body: arm("constructor") }));
    assert.equal(error.code, "CSP_REQUEST_REFUSED");
  });

  it("shows Azure's words on one line, and what cannot be printed in them escaped", () => {
    const hostile = { error: { code: "Od\u009bd", message: "First.\r\n  Then\u001b[2J \u202Edrawkcab." } };
    const error = registrationError(target("read"), answer({ status: 400, body: hostile }));
    assert.equal(error.message.split("\n").at(-2), "  GET /subscriptions/1");
    assert.match(error.message.split("\n").at(-1) ?? "", /400 Od\\u009Bd: "First\. Then\\u001B\[2J \\u202Edrawkcab\."/);
  });

  it("leaves the query, where tokens of pages are, out of the text", () => {
    const error = registrationError(target("list"), answer({ status: 500, body: arm("Oops") }));
    assert.doesNotMatch(error.message, /\?/);
  });
});
