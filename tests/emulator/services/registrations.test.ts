import assert from "node:assert/strict";
import { createRegistrationToken, type Emulator } from "@azurestack-csp/emulator";
import { type Call, startCalled } from "../support/caller.ts";
import { registrationPath, registrationsPath, sample } from "../support/sample.ts";

const { lyon, paris } = sample;
const nice = registrationPath({ ...paris, name: "azurestack-hub-nice" });
const hub = {
  cloudId: "5bf881b2-6be7-42a1-9f47-d6fcb6737747",
  objectId: "2dbdd5f4-daf3-442a-be35-b71c3debee5a",
  billingModel: "PayAsYouUse",
};
const bodyOf = (facts: typeof hub) => ({
  location: "Global",
  properties: { registrationToken: createRegistrationToken(facts) },
});

describe("registrations", () => {
  let emulator: Emulator;
  let call: Call;
  beforeEach(async () => {
    ({ emulator, call } = await startCalled());
  });
  afterEach(() => emulator.close());

  it("are listed by resource group and by subscription", async () => {
    const byGroup = await call("GET", registrationsPath(paris.subscriptionId));
    const bySubscription = await call(
      "GET",
      `/subscriptions/${paris.subscriptionId}/providers/Microsoft.AzureStack/registrations`,
    );

    assert.deepEqual(byGroup.body, bySubscription.body);
    assert.equal(byGroup.at("value.0.id"), registrationPath(paris));
    assert.equal(byGroup.at("value.1.properties.billingModel"), "Capacity");
  });

  it("are made from a registration token with 201, and replaced with 200", async () => {
    const made = await call("PUT", nice, { body: bodyOf(hub) });
    const again = await call("PUT", nice, { body: bodyOf(hub) });

    assert.deepEqual([made.status, again.status], [201, 200]);
    assert.deepEqual(made.at("properties"), {
      objectId: hub.objectId,
      cloudId: hub.cloudId,
      billingModel: hub.billingModel,
    });
    assert.equal(made.at("location"), "global");
    assert.notEqual(made.at("etag"), again.at("etag"));
  });

  it("are put back without a token, as clients do that read and write", async () => {
    const { cloudId } = (await call("GET", registrationPath(paris))).at("properties") as typeof hub;
    const body = { location: "global", tags: { site: "Paris" }, properties: { cloudId } };
    const answer = await call("PUT", registrationPath(paris), { body });

    assert.equal(answer.status, 200);
    assert.deepEqual(answer.at("tags"), { site: "Paris" });
  });

  it("are tagged with PATCH", async () => {
    const answer = await call("PATCH", registrationPath(paris), { body: { tags: { site: "Paris" } } });

    assert.deepEqual([answer.status, answer.at("tags")], [200, { site: "Paris" }]);
  });

  const refusals = [
    {
      title: "another Hub's token",
      method: "PUT",
      path: registrationPath(paris),
      body: bodyOf(hub),
      status: 409,
      code: "CloudIdUpdateNotAllowed",
    },
    {
      title: "a malformed token",
      method: "PUT",
      path: nice,
      body: { location: "global", properties: { registrationToken: "!" } },
      status: 400,
      code: "InvalidRegistrationToken",
    },
    {
      title: "no location",
      method: "PUT",
      path: nice,
      body: { properties: {} },
      status: 400,
      code: "LocationRequired",
    },
    {
      title: "another location",
      method: "PUT",
      path: nice,
      body: { location: "westeurope" },
      status: 400,
      code: "LocationNotAvailableForResourceType",
    },
    {
      title: "a PATCH of what is not there",
      method: "PATCH",
      path: nice,
      body: {},
      status: 404,
      code: "ResourceNotFound",
    },
    {
      title: "a locked deletion",
      method: "DELETE",
      path: registrationPath(lyon),
      body: undefined,
      status: 409,
      code: "ScopeLocked",
    },
    {
      title: "a group with a locked registration",
      method: "DELETE",
      path: `/subscriptions/${lyon.subscriptionId}/resourcegroups/azurestack`,
      body: undefined,
      status: 409,
      code: "ScopeLocked",
    },
  ];
  for (const { title, method, path, body, status, code } of refusals) {
    it(`answer ${code} to ${title}`, async () => {
      const answer = await call(method, path, body === undefined ? {} : { body });

      assert.deepEqual([answer.status, answer.at("error.code")], [status, code]);
    });
  }

  it("are deleted with 200, and with 204 where there are none", async () => {
    assert.equal((await call("DELETE", registrationPath(paris))).status, 200);
    assert.equal((await call("DELETE", registrationPath(paris))).status, 204);
  });

  it("go with their resource group", async () => {
    const group = `/subscriptions/${paris.subscriptionId}/resourcegroups/azurestack`;

    assert.equal((await call("DELETE", group)).status, 200);
    assert.equal((await call("GET", registrationPath(paris))).at("error.code"), "ResourceGroupNotFound");
  });
});
