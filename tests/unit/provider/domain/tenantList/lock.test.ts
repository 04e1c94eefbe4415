import assert from "node:assert/strict";
import { type DeclaredLock, parseTenantList, writeTenantList } from "@azurestack-csp/provider";
import { guid } from "./sample.ts";

const registrationId = `/subscriptions/${guid(1)}/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/hub`;

function parsed(lock: unknown) {
  const text = JSON.stringify({ registrations: { paris: { registrationId, lock } }, tenants: [] });
  return parseTenantList([{ file: "tenants.json", text }]);
}

describe("the lock of a registration", () => {
  for (const lock of [
    { name: "RegistrationResourceLock", level: "CanNotDelete", notes: "Registration Resource Lock" },
    { name: "frozen", level: "ReadOnly" },
  ] satisfies readonly DeclaredLock[]) {
    it(`is read and written again: ${lock.level}`, () => {
      const { list, issues } = parsed(lock);

      assert.deepEqual(issues, []);
      assert.ok(list);
      assert.deepEqual(list.registrations[0]?.lock, lock);
      for (const format of ["yaml", "json"] as const) {
        const again = parseTenantList([{ file: `again.${format}`, text: writeTenantList(list, { format }) }]);
        assert.deepEqual(again.list?.registrations[0]?.lock, lock);
      }
    });
  }

  for (const [what, lock, code] of [
    ["another level", { name: "a", level: "cannotdelete" }, "CSP_LOCK_LEVEL"],
    ["no level", { name: "a" }, "CSP_INPUT_REQUIRED"],
    ["no name", { level: "ReadOnly" }, "CSP_INPUT_REQUIRED"],
    ["a misspelled key", { name: "a", level: "ReadOnly", note: "b" }, "CSP_LIST_UNKNOWN_KEY"],
    ["something that is no map", "ReadOnly", "CSP_INPUT_TYPE"],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.deepEqual(
        parsed(lock).issues.map((issue) => issue.code),
        [code],
      );
    });
  }
});
