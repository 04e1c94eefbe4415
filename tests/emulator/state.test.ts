import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, WorldError } from "@azurestack-csp/emulator";
import { createCaller, createHubCaller } from "./support/caller.ts";
import { customerSubscriptionPath, registrationPath, sample } from "./support/sample.ts";

const { alpes, beaumont, delmas, lyon, paris } = sample;
const NEW_ID = "6c7c1d3e-5b0b-4d6e-9a53-3d0f4d1b2c11";
/** Atelier Beaumont's second local subscription on the Hub of Paris. */
const beaumontTests = "b9c48cb0-1720-400e-8ca8-2984fcb042d9";

describe("the state file", () => {
  let folder: string;
  let state: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "emulator-state-"));
    state = join(folder, "state.json");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("keeps what requests changed beyond a restart", async () => {
    const first = await createEmulator({ state });
    const call = await createCaller(first);
    await call("PUT", customerSubscriptionPath(paris, delmas.subscriptionId), { body: {} });
    await call("DELETE", customerSubscriptionPath(paris, beaumont.subscriptionId));
    await call("DELETE", `${registrationPath(lyon)}/providers/Microsoft.Authorization/locks/RegistrationResourceLock`, {
      apiVersion: "2016-09-01",
    });
    await first.close();

    const second = await createEmulator({ state });
    const callAgain = await createCaller(second);
    const mapped = second.facts.customerSubscriptions(paris).map((entry) => entry.customerSubscriptionId);
    const deletion = await callAgain("DELETE", customerSubscriptionPath(lyon, alpes.subscriptionId));
    await second.close();

    assert.ok(mapped.includes(delmas.subscriptionId));
    assert.ok(!mapped.includes(beaumont.subscriptionId));
    assert.equal(deletion.status, 200);
    assert.deepEqual(await readdir(folder), ["state.json"]);
  });

  it("keeps what requests changed on a Hub", async () => {
    const first = await createEmulator({ state });
    const { admin, user } = first.hubs[0] ?? assert.fail();
    const [operator, customer] = await Promise.all([
      createHubCaller(first, { endpoint: "admin" }),
      createHubCaller(first, { endpoint: "user" }),
    ]);
    const provider = `/subscriptions/${admin.subscriptionId}`;
    const list = `${provider}/providers/Microsoft.Subscriptions.Admin/subscriptions`;
    const bridge = `${provider}/resourceGroups/azurestack-activation/providers/Microsoft.AzureBridge.Admin/activations`;
    const directory = `${provider}/resourceGroups/extra/providers/Microsoft.Subscriptions.Admin/directoryTenants/a.example`;
    const groups = `/subscriptions/${user.subscriptionId}/resourcegroups`;
    const made = { displayName: "x", owner: "a@b.c", tenantId: delmas.tenantId };
    await operator("PUT", `${list}/${NEW_ID}`, { apiVersion: "2015-11-01", body: made });
    await operator("PUT", `${provider}/resourcegroups/extra`, {
      apiVersion: "2018-05-01",
      body: { location: "paris1" },
    });
    await operator("PUT", directory, { apiVersion: "2015-11-01", body: { properties: { tenantId: alpes.tenantId } } });
    await customer("PUT", `${groups}/lab`, { apiVersion: "2018-05-01", body: { location: "paris1" } });
    await customer("DELETE", `${groups}/atelier-web`, { apiVersion: "2018-05-01" });
    first.facts.setHub("paris", { usageReportingEnabled: false });
    first.facts.deleteLocalSubscription("paris", beaumontTests);
    await first.close();

    const second = await createEmulator({ state });
    const operatorAgain = await createHubCaller(second, { endpoint: "admin" });
    const customerAgain = await createHubCaller(second, { endpoint: "user" });
    const delmasAgain = await createHubCaller(second, { endpoint: "user", tenantId: delmas.tenantId });
    const local = await operatorAgain("GET", `${list}/${NEW_ID}`, { apiVersion: "2015-11-01" });
    const gone = await operatorAgain("GET", `${list}/${beaumontTests}`, { apiVersion: "2015-11-01" });
    const own = await delmasAgain("GET", `/subscriptions/${NEW_ID}`, { apiVersion: "2016-06-01" });
    const found = await operatorAgain("GET", directory, { apiVersion: "2015-11-01" });
    const activation = await operatorAgain("GET", `${bridge}/default`, { apiVersion: "2016-01-01" });
    const { body } = await customerAgain("GET", groups, { apiVersion: "2018-05-01" });
    await second.close();

    assert.deepEqual([local.status, own.status, gone.status, found.status], [200, 200, 404, 200]);
    assert.equal(activation.at("properties.usageReportingEnabled"), false);
    assert.deepEqual(
      (body as { value: { name: string }[] }).value.map(({ name }) => name),
      ["atelier-data", "lab"],
    );
  });

  it("of before there were Hubs is read: whoever owns everything owns these", async () => {
    const first = await createEmulator({ state });
    first.facts.releaseLists();
    first.facts.putLock({ name: "hold", scope: registrationPath(paris), level: "ReadOnly" });
    await first.close();
    const { hubs, roleAssignments, ...rest } = JSON.parse(await readFile(state, "utf8"));
    const older = roleAssignments.filter(({ scope }: { scope: string }) =>
      JSON.stringify(rest).includes(scope.slice(15)),
    );
    await writeFile(state, JSON.stringify({ ...rest, roleAssignments: older }));

    const second = await createEmulator({ state });
    const call = await createHubCaller(second, { endpoint: "user" });
    const { at } = await call("GET", "/subscriptions", { apiVersion: "2016-06-01" });
    await second.close();

    assert.ok(older.length > 0 && older.length < roleAssignments.length);
    assert.equal(at("value.0.displayName"), "Atelier Beaumont - production");
  });

  it("is not written when nothing changed", async () => {
    await (await createEmulator({ state })).close();

    assert.deepEqual(await readdir(folder), []);
  });

  it("is refused when it is something else", async () => {
    await writeFile(state, "{}");

    await assert.rejects(createEmulator({ state }), WorldError);
  });
});
