import assert from "node:assert/strict";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { type Call, createHubCaller } from "../support/caller.ts";
import { readRecording, shapeOf } from "../support/recordings.ts";
import { registrationPath, sample } from "../support/sample.ts";

const { alpes, beaumont, csp, delmas, lyon, paris } = sample;
const at = { apiVersion: "2015-11-01" } as const;
const NEW_ID = "6c7c1d3e-5b0b-4d6e-9a53-3d0f4d1b2c11";

describe("the operator's endpoint of a Hub", () => {
  let emulator: Emulator;
  let call: Call;
  let provider: string;
  let list: string;
  beforeEach(async () => {
    emulator = await createEmulator();
    call = await createHubCaller(emulator, { endpoint: "admin" });
    provider = `/subscriptions/${emulator.hubs[0]?.admin.subscriptionId}`;
    list = `${provider}/providers/Microsoft.Subscriptions.Admin/subscriptions`;
  });
  afterEach(() => emulator.close());

  const entries = async (query = "") => {
    const { body } = await call("GET", `${list}${query}`, at);
    return (body as { value: { displayName: string; subscriptionId: string; state: string }[] }).value;
  };

  describe("has local subscriptions", () => {
    it("in the shapes that real ones have", async () => {
      const recorded = readRecording("hub/userSubscriptions/01-GET-200").response.body;
      const { body } = await call("GET", list, at);

      assert.deepEqual(shapeOf(body), shapeOf(recorded));
    });

    it("without the deleted ones, and with the disabled ones", async () => {
      const found = await entries();

      assert.equal(found.length, 9);
      assert.deepEqual(
        found.filter(({ state }) => state !== "Enabled").map(({ displayName, state }) => [displayName, state]),
        [["Kermarec Marine - production", "Disabled"]],
      );
    });

    it("selected by a filter, by one that is empty, and by pages", async () => {
      const filter = (text: string) => `?$filter=${encodeURIComponent(text)}`;
      const ofBeaumont = await entries(filter(`tenantId eq '${beaumont.tenantId.toUpperCase()}'`));
      emulator.setModes({ pageSize: 1 });
      const page = await call("GET", `${list}${filter(`tenantId eq '${beaumont.tenantId}'`)}`, at);
      const { pathname, search } = new URL(String(page.at("nextLink")));
      const next = await call("GET", `${pathname}${search}`, { apiVersion: null });
      emulator.setModes({ pageSize: 100 });

      assert.deepEqual(
        ofBeaumont.map(({ displayName }) => displayName),
        ["Atelier Beaumont - production", "Atelier Beaumont - tests"],
      );
      assert.equal((await entries("?$filter=")).length, 9);
      assert.deepEqual([next.at("value.0.displayName"), next.at("nextLink")], ["Atelier Beaumont - tests", undefined]);
    });

    it("one by one, by an id in any letter case", async () => {
      const { user } = emulator.hubs[0] ?? assert.fail();
      const { response } = readRecording("hub/userSubscriptions/03-GET-200");
      const answer = await call("GET", `${list}/${user.subscriptionId.toUpperCase()}`, at);

      assert.equal(answer.at("subscriptionId"), user.subscriptionId);
      assert.equal(answer.at("id"), `${list}/${user.subscriptionId}`);
      const { externalReferenceId, ...rest } = Object(answer.body);
      assert.deepEqual(shapeOf(rest), shapeOf(response.body));
      assert.equal(externalReferenceId, "4711");
    });

    it("not those that there are not, in the words that were recorded", async () => {
      const { request, response } = readRecording("hub/userSubscriptions/04-GET-404");
      const id = new URL(request.uri).pathname.split("/").at(-1) ?? "";
      const answer = await call("GET", `${list}/${id}`, at);
      const gone = await call("GET", `${list}/${emulator.hubs[0]?.usage.deletedSubscriptionId}`, at);

      assert.deepEqual([answer.status, answer.body], [404, response.body]);
      assert.equal(gone.at("error.code"), "SubscriptionNotFound");
    });

    it("made with 201, of the operator's directory where none is named, and by an id that is no GUID", async () => {
      const { request, response } = readRecording("hub/userSubscriptions/05-PUT-201");
      const body = Object(request.body);
      const answer = await call("PUT", `${list}/${body.subscriptionId}`, { ...at, body });

      assert.equal(answer.status, 201);
      assert.deepEqual(shapeOf(answer.body), shapeOf(response.body));
      assert.deepEqual(
        [answer.at("tenantId"), answer.at("offerId"), answer.at("owner"), answer.at("subscriptionId")],
        [csp.tenantId, body.offerId, body.owner, body.subscriptionId],
      );
    });

    it("changed with 200, and left as they are in what is not said", async () => {
      const { user } = emulator.hubs[0] ?? assert.fail();
      const path = `${list}/${user.subscriptionId}`;
      const before = await call("GET", path, at);
      const { request } = readRecording("hub/userSubscriptions/02-PUT-200");
      const answer = await call("PUT", path, { ...at, body: { displayName: Object(request.body).displayName } });

      assert.equal(answer.status, 200);
      assert.deepEqual(answer.body, { ...Object(before.body), displayName: Object(request.body).displayName });
    });

    it("suspended: users read what is in one, and write nothing to it", async () => {
      const { user } = emulator.hubs[0] ?? assert.fail();
      await call("PUT", `${list}/${user.subscriptionId}`, { ...at, body: { state: "Disabled" } });
      const customer = await createHubCaller(emulator, { endpoint: "user" });
      const groups = `/subscriptions/${user.subscriptionId}/resourcegroups`;
      const read = await customer("GET", groups, { apiVersion: "2018-05-01" });
      const write = await customer("PUT", `${groups}/new`, { apiVersion: "2018-05-01", body: { location: "paris1" } });

      assert.deepEqual([read.status, write.status, write.at("error.code")], [200, 409, "ReadOnlyDisabledSubscription"]);
    });

    it("deleted with 200 and then 204; nobody finds them then", async () => {
      const { user } = emulator.hubs[0] ?? assert.fail();
      const path = `${list}/${user.subscriptionId}`;
      const customer = await createHubCaller(emulator, { endpoint: "user" });
      const statuses = [(await call("DELETE", path, at)).status, (await call("DELETE", path, at)).status];
      const asked = await customer("GET", `/subscriptions/${user.subscriptionId}`, { apiVersion: "2016-06-01" });

      assert.deepEqual(statuses, [200, 204]);
      assert.equal(asked.at("error.code"), "SubscriptionNotFound");
      assert.equal((await entries()).length, 8);
    });

    it("that whoever made them can use at the users' endpoint", async () => {
      const body = { displayName: "Delmas - essai", owner: "admin@delmas.example", tenantId: delmas.tenantId };
      const made = await call("PUT", `${list}/${NEW_ID}`, { ...at, body });
      const customer = await createHubCaller(emulator, { endpoint: "user", tenantId: delmas.tenantId });
      const asked = await customer("GET", `/subscriptions/${NEW_ID}`, { apiVersion: "2016-06-01" });

      assert.deepEqual([made.status, asked.status, asked.at("displayName")], [201, 200, "Delmas - essai"]);
    });

    for (const { title, body } of [
      { title: "another id in the body", body: { subscriptionId: beaumont.subscriptionId } },
      { title: "a state that there is not", body: { state: "Sleeping" } },
      { title: "a body that is no object", body: "[]" },
    ]) {
      it(`refusing ${title}`, async () => {
        const answer = await call("PUT", `${list}/${NEW_ID}`, { ...at, body });

        assert.deepEqual([answer.status, answer.at("error.code")], [400, "InvalidRequestContent"]);
        assert.equal((await entries()).length, 9);
      });
    }

    it("at 2015-11-01 alone, and by no other method", async () => {
      const version = await call("GET", list, { apiVersion: "2016-06-01" });
      const method = await call("PATCH", list, at);

      assert.deepEqual([version.status, version.at("error.code")], [404, "InvalidResourceType"]);
      assert.deepEqual([method.status, method.headers.allow], [405, "GET"]);
    });
  });

  describe("has directories", () => {
    let directories: string;
    beforeEach(() => {
      directories = `${provider}/resourcegroups/system.paris1/providers/Microsoft.Subscriptions.Admin/directoryTenants`;
    });

    it("in the shapes that real ones have, the operator's among them", async () => {
      const listed = await call("GET", directories, at);
      const one = await call("GET", `${directories}/ATELIERBEAUMONT.onmicrosoft.com`, at);

      assert.deepEqual(shapeOf(listed.body), shapeOf(readRecording("hub/directoryTenants/02-GET-200").response.body));
      assert.deepEqual(shapeOf(one.body), shapeOf(readRecording("hub/directoryTenants/03-GET-200").response.body));
      assert.equal(listed.at("value.0.properties.tenantId"), csp.tenantId);
      assert.equal(one.at("properties.tenantId"), beaumont.tenantId);
    });

    it("made with 201, changed with 200, deleted with 200 and then 204", async () => {
      const path = `${directories}/cliniquedesalpes.onmicrosoft.com`;
      const body = { location: "paris1", properties: { tenantId: alpes.tenantId } };
      const statuses: number[] = [];
      for (const method of ["PUT", "PUT", "GET", "DELETE", "DELETE", "GET"]) {
        statuses.push((await call(method, path, { ...at, ...(method === "PUT" ? { body } : {}) })).status);
      }

      assert.deepEqual(statuses, [201, 200, 200, 200, 204, 404]);
    });

    it("not those that there are not, nor one that is no GUID", async () => {
      const missing = await call("GET", `${directories}/nowhere.example`, at);
      const body = { properties: { tenantId: "contoso" } };
      const unfit = await call("PUT", `${directories}/contoso.example`, { ...at, body });

      assert.deepEqual(missing.body, {
        error: {
          code: "ResourceNotFound",
          message:
            "The Resource 'Microsoft.Subscriptions.Admin/directoryTenants/nowhere.example' under resource group 'system.paris1' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
        },
      });
      assert.deepEqual([unfit.status, unfit.at("error.code")], [400, "InvalidRequestContent"]);
    });
  });

  describe("has an activation record", () => {
    const activations = () =>
      `${provider}/resourceGroups/azurestack-activation/providers/Microsoft.AzureBridge.Admin/activations`;
    const bridge = { apiVersion: "2016-01-01" } as const;

    it("in the shape that real ones have, which names the Hub's registration", async () => {
      const listed = await call("GET", activations(), bridge);
      const one = await call("GET", `${activations()}/default`, bridge);

      assert.deepEqual(shapeOf(listed.body), shapeOf(readRecording("hub/activations/01-GET-200").response.body));
      assert.deepEqual(one.body, listed.at("value.0"));
      assert.equal(one.at("properties.azureRegistrationResourceIdentifier"), registrationPath(paris));
      assert.equal(one.at("location"), "paris1");
    });

    it("that says whether usage is reported, and another registration, as the world has it", async () => {
      emulator.facts.setHub("paris", { usageReportingEnabled: false, registrationId: registrationPath(lyon) });
      const { at } = await call("GET", `${activations()}/default`, bridge);

      assert.equal(at("properties.usageReportingEnabled"), false);
      assert.equal(at("properties.azureRegistrationResourceIdentifier"), registrationPath(lyon));
    });

    it("only while the Hub is registered", async () => {
      emulator.facts.deleteRegistration(paris);
      const listed = await call("GET", activations(), bridge);
      const one = await call("GET", `${activations()}/default`, bridge);

      assert.deepEqual([listed.status, listed.body], [200, { value: [] }]);
      assert.deepEqual([one.status, one.at("error.code")], [404, "ResourceNotFound"]);
    });
  });

  it("has one location, the Hub's region", async () => {
    const locations = `${provider}/providers/Microsoft.Subscriptions.Admin/locations`;
    const listed = await call("GET", locations, at);
    const one = await call("GET", `${locations}/PARIS1`, at);

    assert.deepEqual(listed.body, { value: [one.body] });
    assert.deepEqual([one.at("name"), (await call("GET", `${locations}/local`, at)).status], ["paris1", 404]);
  });

  it("lets a Reader read, and no more; and others not even that", async () => {
    const scope = provider;
    const reads = [
      list,
      `${provider}/resourceGroups/system.paris1/providers/Microsoft.Subscriptions.Admin/directoryTenants`,
    ];
    emulator.facts.clearRoleAssignments();
    const without = await call("GET", list, at);
    emulator.facts.putRoleAssignment({ principalId: csp.objectId, role: "Reader", scope });
    const read = await Promise.all(reads.map((path) => call("GET", path, at)));
    const write = await call("PUT", `${list}/${NEW_ID}`, { ...at, body: { displayName: "x" } });

    assert.deepEqual([without.status, without.at("error.code")], [403, "AuthorizationFailed"]);
    assert.deepEqual(
      read.map(({ status }) => status),
      [200, 200],
    );
    assert.deepEqual([write.status, write.at("error.code")], [403, "AuthorizationFailed"]);
  });

  it("meets faults by the names of its operations", async () => {
    emulator.addFault({ match: { operation: "Activations_List" }, times: 1, what: { status: 503, code: "Busy" } });
    const path = `${provider}/resourceGroups/azurestack-activation/providers/Microsoft.AzureBridge.Admin/activations`;
    const statuses = [
      (await call("GET", path, { apiVersion: "2016-01-01" })).status,
      (await call("GET", path, { apiVersion: "2016-01-01" })).status,
    ];

    assert.deepEqual(statuses, [503, 200]);
  });
});
