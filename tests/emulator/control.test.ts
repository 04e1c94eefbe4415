import assert from "node:assert/strict";
import type { Emulator } from "@azurestack-csp/emulator";
import { type Call, createHubCaller, startCalled } from "./support/caller.ts";
import { customerSubscriptionPath, registrationPath, sample } from "./support/sample.ts";

const { beaumont, delmas, garance, lyon, paris } = sample;
const NEW_ID = "6c7c1d3e-5b0b-4d6e-9a53-3d0f4d1b2c11";

describe("the control endpoint", () => {
  let emulator: Emulator;
  let call: Call;
  const control = (method: string, path: string, body?: unknown) =>
    call(method, `/_emulator${path}`, { apiVersion: null, token: null, ...(body === undefined ? {} : { body }) });
  const change = (body: unknown) => control("POST", "/facts", body);

  beforeEach(async () => {
    ({ emulator, call } = await startCalled());
  });
  afterEach(() => emulator.close());

  it("shows the journal, filtered, without tokens or secrets", async () => {
    await call("GET", `/subscriptions/${delmas.subscriptionId}`, { token: null });
    await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body: {} });

    const all = await control("GET", "/journal");
    const challenges = await control("GET", "/journal?kind=challenge");
    const puts = await control("GET", "/journal?operation=CustomerSubscriptions_Create");

    assert.equal(challenges.at("entries.0.path"), `/subscriptions/${delmas.subscriptionId}`);
    assert.equal(challenges.at("entries.1"), undefined);
    const { time, correlationId, ...entry } = puts.at("entries.0") as Record<string, unknown>;
    assert.deepEqual(entry, {
      kind: "request",
      origin: emulator.resourceManager,
      method: "PUT",
      path: customerSubscriptionPath(paris, delmas.subscriptionId),
      query: { "api-version": "2017-06-01" },
      status: 200,
      operation: "CustomerSubscriptions_Create",
      principal: emulator.clientId,
    });
    assert.equal(all.text.includes(emulator.clientSecret), false);
    assert.equal(all.text.includes("Bearer"), false);
  });

  it("empties the journal", async () => {
    await call("GET", registrationPath(paris));
    await control("DELETE", "/journal");

    assert.deepEqual(emulator.journal(), []);
  });

  it("adds, shows and clears faults", async () => {
    const rule = { match: { method: "GET" }, what: { status: 500 } };
    await control("POST", "/faults", rule);
    const shown = await control("GET", "/faults");
    const struck = await call("GET", registrationPath(paris));
    await control("DELETE", "/faults");

    assert.deepEqual(shown.at("faults.0"), rule);
    assert.equal(struck.status, 500);
    assert.equal((await call("GET", registrationPath(paris))).status, 200);
  });

  it("changes modes", async () => {
    await control("PATCH", "/modes", { putAnswer: "201-empty" });

    assert.equal((await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId))).status, 201);
    assert.equal((await control("PATCH", "/modes", { putAnswer: "x" })).status, 400);
    assert.equal((await control("PATCH", "/modes", { idCase: "strict" })).status, 400);
  });

  it("changes a mapping out of band, whatever locks and directories say", async () => {
    const mapping = { ...lyon, customerSubscriptionId: delmas.subscriptionId, tenantId: garance.tenantId };
    await change({ change: "putCustomerSubscription", ...mapping });
    const put = await call("GET", customerSubscriptionPath(lyon, delmas.subscriptionId));
    await change({ change: "deleteCustomerSubscription", ...mapping });

    assert.equal(put.at("properties.tenantId"), garance.tenantId);
    assert.equal((await call("GET", customerSubscriptionPath(lyon, delmas.subscriptionId))).status, 404);
  });

  it("moves a subscription to another directory", async () => {
    await change({ change: "setSubscription", subscriptionId: delmas.subscriptionId, tenantId: garance.tenantId });
    const answer = await call("GET", `/subscriptions/${delmas.subscriptionId}`, { token: null });

    assert.match(String(answer.headers["www-authenticate"]), new RegExp(garance.tenantId));
  });

  it("adds and removes locks and roles", async () => {
    const lock = { name: "hold", scope: registrationPath(paris), level: "CanNotDelete" };
    const path = customerSubscriptionPath(paris, beaumont.subscriptionId);
    await change({ change: "putLock", ...lock });
    const locked = await call("DELETE", path);
    await change({ change: "deleteLock", ...lock });
    await change({ change: "clearRoleAssignments" });
    const forbidden = await call("DELETE", path);
    await change({
      change: "putRoleAssignment",
      clientId: emulator.clientId,
      role: "Owner",
      scope: registrationPath(paris),
    });

    assert.deepEqual([locked.status, forbidden.status], [409, 403]);
    assert.equal((await call("DELETE", path)).status, 200);
  });

  it("adds, changes and deletes a local subscription of a Hub, and shows it", async () => {
    const operator = await createHubCaller(emulator, { endpoint: "admin" });
    const customer = await createHubCaller(emulator, { endpoint: "user", tenantId: delmas.tenantId });
    const path = `/subscriptions/${NEW_ID}`;
    const state = async () => (await customer("GET", path, { apiVersion: "2016-06-01" })).at("state");
    const local = { hub: "PARIS", subscriptionId: NEW_ID };
    await change({
      change: "putLocalSubscription",
      ...local,
      tenantId: delmas.tenantId,
      displayName: "x",
      owner: "a@b.c",
    });
    const states = [await state()];
    await change({ change: "setLocalSubscription", ...local, state: "Disabled" });
    states.push(await state());
    const deleted = await change({ change: "deleteLocalSubscription", ...local });
    const shown = (await control("GET", "/hubs")).at("hubs.0.subscriptions") as {
      subscriptionId: string;
      state: string;
    }[];
    const listed = await operator(
      "GET",
      `/subscriptions/${emulator.hubs[0]?.admin.subscriptionId}/providers/Microsoft.Subscriptions.Admin${path}`,
      { apiVersion: "2015-11-01" },
    );

    assert.deepEqual([...states, await state()], ["Enabled", "Disabled", undefined]);
    assert.deepEqual([deleted.status, listed.at("error.code")], [204, "SubscriptionNotFound"]);
    assert.equal(shown.find(({ subscriptionId }) => subscriptionId === NEW_ID)?.state, "Deleted");
  });

  it("switches the reporting of usage off", async () => {
    const changed = await change({ change: "setHub", hub: "lyon", usageReportingEnabled: false });
    const { at } = await control("GET", "/hubs");

    assert.equal(changed.status, 204);
    assert.deepEqual([at("hubs.0.usageReportingEnabled"), at("hubs.1.usageReportingEnabled")], [true, false]);
  });

  it("withdraws an approval and deletes a registration", async () => {
    await change({ change: "setRegistration", ...paris, approvedForMultiTenancy: false });
    const refused = await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId));
    await change({ change: "deleteRegistration", ...paris });

    assert.equal(refused.at("error.code"), "UnauthorizedCspRegistration");
    assert.equal((await call("GET", registrationPath(paris))).status, 404);
  });

  it("shows the live mappings", async () => {
    const answer = await control("GET", "/registrations");

    assert.equal(answer.at("registrations.0.customerSubscriptions.0.tenantId"), beaumont.tenantId);
  });

  const clearing = { change: "clearRoleAssignments" };
  for (const origin of ["https://attacker.example", "null", "https://127.0.0.1:1"]) {
    it(`lets no page of ${origin} steer it`, async () => {
      const options = { apiVersion: null, token: null, body: clearing, headers: { Origin: origin } };

      assert.equal((await call("POST", "/_emulator/facts", options)).status, 403);
      assert.equal((await call("GET", registrationPath(paris))).status, 200);
    });
  }

  it("may be steered by a page of its own", async () => {
    const headers = { Origin: emulator.resourceManager };

    assert.equal((await call("GET", "/_emulator/modes", { apiVersion: null, token: null, headers })).status, 200);
  });

  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"]) {
    it(`takes nothing that is sent as ${type}, as a form of any page can`, async () => {
      const headers = { "Content-Type": type };
      const answer = await call("POST", "/_emulator/facts", { apiVersion: null, token: null, body: clearing, headers });

      assert.equal(answer.status, 415);
      assert.equal((await call("GET", registrationPath(paris))).status, 200);
    });
  }

  const mistakes = [
    { method: "POST", path: "/facts", body: { change: "fly" }, status: 400 },
    { method: "POST", path: "/facts", body: { change: "deleteRegistration" }, status: 400 },
    { method: "POST", path: "/facts", body: { change: "putLocalSubscription", hub: "paris" }, status: 400 },
    { method: "POST", path: "/facts", body: { change: "setHub", hub: "nowhere" }, status: 404 },
    {
      method: "POST",
      path: "/facts",
      body: { change: "setHub", hub: "paris", usageReportingEnabled: "no" },
      status: 400,
    },
    {
      method: "POST",
      path: "/facts",
      body: { change: "deleteLocalSubscription", hub: "paris", subscriptionId: "unknown" },
      status: 404,
    },
    { method: "POST", path: "/facts", body: { change: "deleteRegistration", ...paris, name: "nowhere" }, status: 404 },
    { method: "POST", path: "/faults", body: { what: "x" }, status: 400 },
    { method: "POST", path: "/faults", body: { match: { path: "(" }, what: { status: 500 } }, status: 400 },
    { method: "GET", path: "/nowhere", body: undefined, status: 404 },
  ];
  for (const { method, path, body, status } of mistakes) {
    it(`answers ${status} to ${method} ${path} ${JSON.stringify(body) ?? ""}`, async () => {
      assert.equal((await control(method, path, body)).status, status);
    });
  }
});
