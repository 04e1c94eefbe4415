import assert from "node:assert/strict";
import { AuthorizationManagementClient } from "@azure/arm-authorization-profile-2020-09-01-hybrid";
import { ResourceManagementClient } from "@azure/arm-resources-profile-2020-09-01-hybrid";
import { ClientSecretCredential } from "@azure/identity";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { type Call, createHubCaller } from "../support/caller.ts";

const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const STRANGER = "3f1c55b0-8d2e-4d6b-9a6a-0e4f6d2c7a10";
const ASSIGNMENT = "a9d1c7f4-52d4-4a5e-8b1e-0c9b8f3f4e22";

describe("the users' endpoint of a Hub", () => {
  let emulator: Emulator;
  let subscriptionId: string;
  let scope: string;
  beforeEach(async () => {
    emulator = await createEmulator();
    subscriptionId = emulator.hubs[0]?.user.subscriptionId ?? "";
    scope = `/subscriptions/${subscriptionId}`;
  });
  afterEach(() => emulator.close());

  describe("serves Microsoft's clients of the profile 2020-09-01-hybrid", () => {
    const connect = () => {
      const { user } = emulator.hubs[0] ?? assert.fail();
      const tlsOptions = { ca: emulator.caPem ?? "" };
      const credential = new ClientSecretCredential(user.tenantId, emulator.clientId, emulator.clientSecret, {
        authorityHost: emulator.authority,
        disableInstanceDiscovery: true,
        tlsOptions,
      });
      const options = {
        endpoint: user.resourceManager,
        credentialScopes: [`${user.audience}/.default`],
        tlsOptions,
        retryOptions: { maxRetries: 0 },
      };
      return {
        resources: new ResourceManagementClient(credential, subscriptionId, options),
        authorization: new AuthorizationManagementClient(credential, subscriptionId, options),
      };
    };

    it("with resource groups: listed, made, found and deleted, which takes its time", async () => {
      const { resourceGroups } = connect().resources;

      const before = await collect(resourceGroups.list());
      const made = await resourceGroups.createOrUpdate("Lab", { location: "paris1", tags: { team: "hub" } });
      const existed = await resourceGroups.checkExistence("lab");
      await resourceGroups.beginDeleteAndWait("LAB", { updateIntervalInMs: 1 });
      const exists = await resourceGroups.checkExistence("lab");

      assert.deepEqual(
        before.map(({ name }) => name),
        ["atelier-web", "atelier-data"],
      );
      assert.deepEqual([made.id, made.name, made.tags], [`${scope}/resourceGroups/Lab`, "Lab", { team: "hub" }]);
      assert.deepEqual([existed.body, exists.body], [true, false]);
      const polls = emulator.journal().filter(({ operation }) => operation === "OperationResults_Get");
      assert.deepEqual(
        polls.map(({ status }) => status),
        [202, 200],
      );
    });

    it("with resource providers, of which one is registered first", async () => {
      const { providers } = connect().resources;

      const listed = await collect(providers.list());
      const state = Object.fromEntries(
        listed.map(({ namespace, registrationState }) => [namespace, registrationState]),
      );
      const registered = await providers.register("Microsoft.KeyVault");

      for (const name of ["Authorization", "Compute", "KeyVault", "Network", "Storage"]) {
        assert.equal(state[`Microsoft.${name}`], "Registered", name);
      }
      assert.equal(registered.registrationState, "Registered");
    });

    it("with role definitions and assignments", async () => {
      const { roleDefinitions, roleAssignments } = connect().authorization;

      const owners = await collect(roleDefinitions.list(scope, { filter: "roleName eq 'Owner'" }));
      const all = await collect(roleDefinitions.list(scope));
      const roleDefinitionId = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${READER}`;
      const made = await roleAssignments.create(scope, ASSIGNMENT, {
        properties: { roleDefinitionId, principalId: STRANGER },
      });
      const assigned = await collect(roleAssignments.listForScope(scope, { filter: `assignedTo('${STRANGER}')` }));
      const deleted = await roleAssignments.delete(scope, ASSIGNMENT);
      const left = await collect(roleAssignments.listForScope(scope, { filter: "atScope()" }));

      assert.deepEqual(
        owners.map(({ name }) => name),
        [OWNER],
      );
      assert.equal(all.length, 5);
      assert.deepEqual([made.name, made.properties?.roleDefinitionId?.endsWith(READER)], [ASSIGNMENT, true]);
      assert.deepEqual(
        assigned.map(({ name }) => name),
        [ASSIGNMENT],
      );
      assert.equal(deleted.name, ASSIGNMENT);
      assert.equal(
        left.some(({ name }) => name === ASSIGNMENT),
        false,
      );
    });
  });

  describe("by hand", () => {
    let call: Call;
    beforeEach(async () => {
      call = await createHubCaller(emulator, { endpoint: "user" });
    });

    it("makes, finds and deletes a group as Terraform asks, at 2018-05-01 and in lower case", async () => {
      const at = { apiVersion: "2018-05-01" } as const;
      const path = `${scope}/resourcegroups/Lab`;
      const missing = await call("GET", path, at);
      const made = await call("PUT", path, { ...at, body: { location: "Paris 1" } });
      const found = await call("GET", path, at);
      const deleted = await call("DELETE", path, at);
      const { pathname, search, origin } = new URL(String(deleted.headers.location));
      const polls: (number | string | undefined)[][] = [];
      for (const _ of [1, 2]) {
        const { status, headers } = await call("GET", `${pathname}${search}`, { apiVersion: null });
        polls.push([status, headers["retry-after"] as string | undefined]);
      }

      assert.deepEqual([missing.status, made.status, found.status, deleted.status], [404, 201, 200, 202]);
      assert.deepEqual([found.at("id"), found.at("location")], [`${scope}/resourceGroups/Lab`, "paris1"]);
      assert.equal(origin, emulator.hubs[0]?.user.resourceManager);
      assert.deepEqual([deleted.text, deleted.headers["retry-after"]], ["", "1"]);
      assert.deepEqual(polls, [
        [202, "1"],
        [200, undefined],
      ]);
      assert.equal((await call("DELETE", path, at)).status, 404);
    });

    it("answers HEAD on a group with 204 or 404", async () => {
      const head = async (name: string) =>
        (await call("HEAD", `${scope}/resourcegroups/${name}`, { apiVersion: "2019-10-01" })).status;

      assert.deepEqual([await head("ATELIER-web"), await head("nowhere")], [204, 404]);
    });

    it("knows no operation that it has not accepted", async () => {
      const answer = await call("GET", `${scope}/operationresults/abc`, { apiVersion: "2018-05-01" });

      assert.deepEqual([answer.status, answer.at("error.code")], [404, "NotFound"]);
    });

    it("registers a provider in a subscription that has none yet", async () => {
      const at = { apiVersion: "2018-05-01" } as const;
      const id = "4dd0a8f2-7f4f-4be0-8f1e-6f2a6d7a1f11";
      const { tenantId = "" } = emulator.hubs[0]?.user ?? {};
      emulator.facts.putLocalSubscription("paris", {
        subscriptionId: id,
        tenantId,
        displayName: "new",
        owner: "a@b.c",
      });
      const before = await call("GET", `/subscriptions/${id}/providers/Microsoft.Compute`, at);
      const registered = await call("POST", `/subscriptions/${id}/providers/microsoft.compute/register`, at);
      const unknown = await call("POST", `/subscriptions/${id}/providers/Microsoft.Nothing/register`, at);

      assert.equal(before.at("registrationState"), "NotRegistered");
      assert.deepEqual([registered.status, registered.at("registrationState")], [200, "Registered"]);
      assert.equal(unknown.at("error.code"), "InvalidResourceNamespace");
    });

    it("lets a Reader read, and no more", async () => {
      const { tenantId = "" } = emulator.hubs[0]?.user ?? {};
      emulator.facts.clearRoleAssignments();
      const without = await call("GET", `${scope}/resourcegroups`, { apiVersion: "2019-10-01" });
      emulator.facts.putRoleAssignment({ clientId: emulator.clientId, role: "Reader", scope });
      const read = await call("GET", `${scope}/resourcegroups`, { apiVersion: "2019-10-01" });
      const write = await call("PUT", `${scope}/resourcegroups/Lab`, { apiVersion: "2019-10-01", body: {} });
      const subscription = await call("GET", scope, { apiVersion: "2016-06-01" });

      assert.deepEqual([without.status, read.status, write.status], [403, 200, 403]);
      assert.deepEqual([subscription.at("tenantId"), subscription.at("state")], [tenantId, "Enabled"]);
    });

    it("refuses a token of another directory than the subscription's", async () => {
      const other = emulator.hubs[1]?.user.tenantId ?? "";
      const stranger = await createHubCaller(emulator, { endpoint: "user", tenantId: other });
      const answer = await stranger("GET", scope, { apiVersion: "2016-06-01" });

      assert.deepEqual([answer.status, answer.at("error.code")], [401, "InvalidAuthenticationTokenTenant"]);
    });
  });
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
