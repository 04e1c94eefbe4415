import assert from "node:assert/strict";
import type { Emulator } from "@azurestack-csp/emulator";
import { type Call, type CallOptions, startCalled } from "../support/caller.ts";
import { registrationPath, sample } from "../support/sample.ts";

const { csp, lyon, paris } = sample;
const OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const ASSIGNMENT = "3f2b1c7e-5a64-4c0e-9c52-0c2f6f1f7a10";
const OTHER = "0b6e2f6a-7a53-4c9e-8d0d-2f6a3b9f1c22";
const PRINCIPAL = "b7f1d5c0-33a7-4c55-9d7e-64f5a6f6a001";

describe("access", () => {
  let emulator: Emulator;
  let call: Call;
  const at = (scope: string, type: string) => `${scope}/providers/Microsoft.Authorization/${type}`;
  const version = (apiVersion: string, body?: unknown): CallOptions => ({
    apiVersion,
    ...(body === undefined ? {} : { body }),
  });

  beforeEach(async () => {
    ({ emulator, call } = await startCalled());
  });
  afterEach(() => emulator.close());

  describe("locks", () => {
    const locks = at(registrationPath(lyon), "locks");

    for (const apiVersion of ["2016-09-01", "2020-05-01"]) {
      it(`are read at ${apiVersion}`, async () => {
        const answer = await call("GET", `${locks}/RegistrationResourceLock`, version(apiVersion));

        assert.deepEqual(answer.body, {
          id: `${locks}/RegistrationResourceLock`,
          name: "RegistrationResourceLock",
          type: "Microsoft.Authorization/locks",
          properties: { level: "CanNotDelete", notes: "Registration Resource Lock" },
        });
      });
    }

    it("are listed at their scope, above and below it", async () => {
      const above = await call("GET", at(`/subscriptions/${lyon.subscriptionId}`, "locks"), version("2016-09-01"));
      const below = await call(
        "GET",
        at(`${registrationPath(lyon)}/customerSubscriptions/x`, "locks"),
        version("2016-09-01"),
      );
      const only = await call(
        "GET",
        `${at(`/subscriptions/${lyon.subscriptionId}`, "locks")}?$filter=atScope()`,
        version("2016-09-01"),
      );

      assert.deepEqual(
        [above, below, only].map((answer) => [answer.at("value")].flat().length),
        [1, 1, 0],
      );
    });

    it("are lifted and put back", async () => {
      const path = `${locks}/RegistrationResourceLock`;
      const lifted = await call("DELETE", path, version("2016-09-01"));
      const gone = await call("GET", path, version("2016-09-01"));
      const restored = await call("PUT", path, version("2016-09-01", { properties: { level: "CanNotDelete" } }));

      assert.deepEqual([lifted.status, gone.at("error.code"), restored.status], [200, "LockNotFound", 201]);
      assert.equal((await call("DELETE", registrationPath(lyon))).status, 409);
    });

    it("that are read-only hold writes too", async () => {
      await call(
        "PUT",
        at(registrationPath(paris), "locks/frozen"),
        version("2016-09-01", { properties: { level: "ReadOnly" } }),
      );
      const answer = await call("PATCH", registrationPath(paris), { body: {} });

      assert.equal(answer.at("error.code"), "ScopeLocked");
      assert.match(String(answer.at("error.message")), /cannot perform write operation/);
    });
  });

  describe("role assignments", () => {
    const scope = registrationPath(paris);
    const body = (role: string, principalId = PRINCIPAL) => ({
      properties: { roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}`, principalId },
    });
    const put = (name: string, content: unknown) =>
      call("PUT", at(scope, `roleAssignments/${name}`), version("2022-04-01", content));

    it("are made, listed by principal and deleted", async () => {
      const made = await put(ASSIGNMENT, body(READER));
      const again = await put(ASSIGNMENT, body(READER));
      const listed = await call(
        "GET",
        `${at(scope, "roleAssignments")}?$filter=principalId eq '${PRINCIPAL}'`.replaceAll(" ", "%20"),
        version("2022-04-01"),
      );
      const deleted = await call("DELETE", at(scope, `roleAssignments/${ASSIGNMENT}`), version("2022-04-01"));
      const absent = await call("DELETE", at(scope, `roleAssignments/${ASSIGNMENT}`), version("2022-04-01"));

      assert.deepEqual([made.status, again.status, deleted.status, absent.status], [201, 200, 200, 204]);
      assert.equal(listed.at("value.0.name"), ASSIGNMENT);
      assert.equal(listed.at("value.1"), undefined);
    });

    it("show the application as Owner", async () => {
      const answer = await call("GET", at(scope, "roleAssignments"), version("2022-04-01"));

      assert.equal(answer.at("value.0.properties.principalId"), csp.objectId);
      assert.match(String(answer.at("value.0.properties.roleDefinitionId")), new RegExp(OWNER));
    });

    it("are one for each principal, role and scope", async () => {
      await put(ASSIGNMENT, body(READER));

      assert.equal((await put(OTHER, body(READER))).at("error.code"), "RoleAssignmentExists");
      assert.equal((await put(ASSIGNMENT, body(OWNER))).at("error.code"), "RoleAssignmentUpdateNotPermitted");
      assert.equal((await put(OTHER, body(OTHER))).at("error.code"), "RoleDefinitionDoesNotExist");
    });

    it("are what a Contributor may read and not write, though his role names every action", async () => {
      const { clientId } = emulator;
      emulator.facts.clearRoleAssignments();
      emulator.facts.putRoleAssignment({ clientId, role: "Contributor", scope });

      const read = await call("GET", at(scope, "roleAssignments"), version("2022-04-01"));
      const written = await put(ASSIGNMENT, body(OWNER));
      const tagged = await call("PATCH", scope, { body: { tags: { by: "contributor" } } });

      assert.deepEqual([read.status, written.at("error.code"), tagged.status], [200, "AuthorizationFailed", 200]);
    });

    it("have definitions found by name", async () => {
      const answer = await call(
        "GET",
        `${at(scope, "roleDefinitions")}?$filter=roleName%20eq%20'Reader'`,
        version("2022-04-01"),
      );

      assert.equal(answer.at("value.0.name"), READER);
      assert.equal(answer.at("value.1"), undefined);
    });

    it("add up to permissions that a caller can ask for", async () => {
      const answer = await call("GET", at(scope, "permissions"), version("2022-04-01"));

      assert.deepEqual(answer.at("value.0.actions"), ["*"]);
    });
  });
});
