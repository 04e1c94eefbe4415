import assert from "node:assert/strict";
import type { Emulator } from "@azurestack-csp/emulator";
import { type Call, startCalled } from "../support/caller.ts";
import { customerSubscriptionPath, registrationPath, registrationsPath, sample } from "../support/sample.ts";

const { alpes, beaumont, delmas, garance, lille, lyon, marseille, paris, thevenin, ugine, unresolvable } = sample;

describe("customerSubscriptions", () => {
  let emulator: Emulator;
  let call: Call;

  beforeEach(async () => {
    ({ emulator, call } = await startCalled());
  });

  afterEach(() => emulator.close());

  const mapped = () => emulator.facts.customerSubscriptions(paris).map((entry) => entry.customerSubscriptionId);

  it("lists what the world maps", async () => {
    const answer = await call("GET", `${registrationPath(paris)}/customerSubscriptions`);

    assert.equal(answer.status, 200);
    assert.deepEqual(answer.at("value.0"), {
      id: customerSubscriptionPath(paris, beaumont.subscriptionId),
      name: `azurestack-hub-paris/${beaumont.subscriptionId}`,
      type: "Microsoft.AzureStack/registrations/customerSubscriptions",
      properties: { tenantId: beaumont.tenantId },
    });
    assert.equal(answer.at("nextLink"), undefined);
  });

  it("answers an empty list with an empty value", async () => {
    const answer = await call("GET", `${registrationPath(lille)}/customerSubscriptions`);

    assert.equal(answer.text, '{"value":[]}');
  });

  it("puts with 200 and a body, and derives the directory tenant", async () => {
    const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId));

    assert.equal(answer.status, 200);
    assert.equal(answer.at("properties.tenantId"), delmas.tenantId);
  });

  for (const body of [{}, { properties: {} }, { location: "westeurope", properties: { tenantId: delmas.tenantId } }]) {
    it(`accepts the body ${JSON.stringify(body)}`, async () => {
      const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body });

      assert.equal(answer.status, 200);
    });
  }

  it("keeps the spelling first written and matches every other", async () => {
    const upper = delmas.subscriptionId.toUpperCase();
    await call("PUT", customerSubscriptionPath(paris, upper));

    const again = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId));
    const got = await call(
      "GET",
      customerSubscriptionPath(paris, delmas.subscriptionId).replace("resourceGroups", "resourcegroups"),
    );

    assert.equal(again.at("id"), customerSubscriptionPath(paris, upper));
    assert.equal(got.at("name"), `azurestack-hub-paris/${upper}`);
  });

  it("removes a tenant's earlier subscription when another takes the tenant over", async () => {
    await call("PUT", customerSubscriptionPath(paris, beaumont.secondSubscriptionId));

    const gone = await call("GET", customerSubscriptionPath(paris, beaumont.subscriptionId));

    assert.equal(gone.at("error.code"), "CustomerSubscriptionNotFound");
    assert.ok(mapped().includes(beaumont.secondSubscriptionId));
  });

  it("stores a tenant that is not the subscription's directory, as it was given", async () => {
    const body = { properties: { tenantId: garance.tenantId } };
    const answer = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body });

    assert.equal(answer.at("properties.tenantId"), garance.tenantId);
  });

  it("deletes with 200, and with 204 what is not there", async () => {
    const path = customerSubscriptionPath(paris, beaumont.subscriptionId);

    assert.equal((await call("DELETE", path)).status, 200);
    assert.equal((await call("DELETE", path)).status, 204);
    assert.equal((await call("GET", path)).status, 404);
  });

  it("refuses a deletion below a lock, also of what is not there, and lets a PUT pass", async () => {
    const locked = registrationPath(lyon);
    const path = customerSubscriptionPath(lyon, alpes.subscriptionId);

    const answer = await call("DELETE", path);
    const missing = await call("DELETE", customerSubscriptionPath(lyon, delmas.subscriptionId));
    const put = await call("PUT", path);

    assert.deepEqual([answer.status, answer.at("error.code")], [409, "ScopeLocked"]);
    assert.equal(
      answer.at("error.message"),
      `The scope '${path}' cannot perform delete operation because following scope(s) are locked: '${locked}'. Please remove the lock and try again.`,
    );
    assert.equal(missing.status, 409);
    assert.equal(put.status, 200);
  });

  it("has systemData at 2020-06-01-preview only", async () => {
    const path = customerSubscriptionPath(paris, beaumont.subscriptionId);

    const preview = await call("GET", path, { apiVersion: "2020-06-01-preview" });
    const stable = await call("GET", path, { apiVersion: "2022-06-01" });

    assert.equal(preview.at("systemData.createdByType"), "Application");
    assert.equal(stable.at("systemData"), undefined);
  });

  it("does not exist at 2016-01-01", async () => {
    const answer = await call("GET", `${registrationPath(paris)}/customerSubscriptions`, {
      apiVersion: "2016-01-01",
    });

    assert.equal(answer.status, 404);
    assert.equal(
      answer.at("error.message"),
      "The resource type 'registrations/customerSubscriptions' could not be found in the namespace 'Microsoft.AzureStack' for api version '2016-01-01'. The supported api-versions are '2017-06-01,2020-06-01-preview,2022-06-01'.",
    );
  });

  it("answers HEAD with 204 or 404", async () => {
    assert.equal((await call("HEAD", customerSubscriptionPath(paris, beaumont.subscriptionId))).status, 204);
    assert.equal((await call("HEAD", customerSubscriptionPath(paris, delmas.subscriptionId))).status, 404);
  });

  it("refuses PATCH with 405 outside of the error envelope", async () => {
    const answer = await call("PATCH", customerSubscriptionPath(paris, beaumont.subscriptionId), { body: {} });

    assert.equal(answer.status, 405);
    assert.deepEqual(answer.body, { message: "The requested resource does not support http method 'PATCH'." });
    assert.equal(answer.headers.allow, "GET, HEAD, PUT, DELETE");
  });

  const refusals = [
    {
      title: "a missing registration",
      path: customerSubscriptionPath({ ...paris, name: "nowhere" }, delmas.subscriptionId),
      status: 404,
      code: "RegistrationNotFound",
    },
    {
      title: "a capacity-billed registration",
      path: customerSubscriptionPath(marseille, delmas.subscriptionId),
      status: 400,
      code: "CustomerSubscriptionsNotAllowed",
    },
    {
      title: "a registration that is not approved",
      path: customerSubscriptionPath(lille, delmas.subscriptionId),
      status: 403,
      code: "UnauthorizedCspRegistration",
    },
    {
      title: "an unknown subscription",
      path: customerSubscriptionPath(paris, "11111111-2222-4333-8444-555555555555"),
      status: 400,
      code: "InvalidCustomerSubscriptionId",
    },
    {
      title: "what is no GUID",
      path: customerSubscriptionPath(paris, "delmas"),
      status: 400,
      code: "InvalidCustomerSubscriptionId",
    },
    {
      title: "a subscription not sold through CSP",
      path: customerSubscriptionPath(paris, ugine.subscriptionId),
      status: 400,
      code: "InvalidCSPSubscription",
    },
    {
      title: "another partner's subscription",
      path: customerSubscriptionPath(paris, thevenin.subscriptionId),
      status: 400,
      code: "BadCustomerSubscriptionId",
    },
    {
      title: "a subscription that cannot be looked up",
      path: customerSubscriptionPath(paris, unresolvable.subscriptionId),
      status: 502,
      code: "MetadataResolverBadGatewayError",
    },
  ];
  for (const { title, path, status, code } of refusals) {
    it(`refuses a PUT for ${title} with ${code}`, async () => {
      const answer = await call("PUT", path, { body: {} });

      assert.deepEqual([answer.status, answer.at("error.code")], [status, code]);
    });
  }

  it("answers CustomerSubscriptionNotFound for what was never added", async () => {
    const answer = await call("GET", customerSubscriptionPath(paris, delmas.subscriptionId));

    assert.deepEqual([answer.status, answer.at("error.code")], [404, "CustomerSubscriptionNotFound"]);
    assert.equal(answer.headers["x-ms-failure-cause"], undefined);
  });

  it("lists on registrations that refuse a PUT", async () => {
    assert.equal((await call("GET", `${registrationPath(marseille)}/customerSubscriptions`)).status, 200);
  });

  it("leaves no children behind when the registration goes", async () => {
    await call("DELETE", registrationPath(paris));
    const answer = await call("GET", `${registrationPath(paris)}/customerSubscriptions`);

    assert.equal(answer.at("error.code"), "RegistrationNotFound");
    assert.equal((await call("GET", `${registrationsPath(paris.subscriptionId)}`)).status, 200);
  });
});
