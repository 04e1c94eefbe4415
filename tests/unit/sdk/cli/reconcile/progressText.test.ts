import assert from "node:assert/strict";
import { progressText } from "../../../../../sdk/nodejs/src/cli/reconcile/progressText.ts";
import type { Step } from "../../../../../sdk/nodejs/src/cli/reconcile/pulumi/stackEvents.ts";
import { createResourceNames } from "../../../../../sdk/nodejs/src/cli/reconcile/resourceNames.ts";
import { KINDS } from "../../../../../sdk/nodejs/src/resources/kinds.ts";
import { listOf, step } from "./customers.ts";

const told = (planned: readonly Step[], done: readonly Step[], failed: readonly Step[] = []) =>
  progressText({ planned, progress: { done, failed, durationInMs: 12_400 }, nameOf: () => "X on paris" });

describe("progressText", () => {
  it("counts what was done, what failed and what was not begun", () => {
    const planned = [step("create", 1), step("create", 2), step("delete", 3), step("create", 4), step("same", 5)];

    assert.equal(
      told(planned, [step("create", 1), step("delete", 3)], [step("create", 2)]),
      "After 12 s: 1 registered or adopted, 1 removed; 1 failed; 1 not begun: X on paris.",
    );
  });

  it("says that nothing was done", () => {
    assert.equal(
      told([step("create", 1)], []),
      "After 12 s: nothing was registered, changed or removed; 1 not begun: X on paris.",
    );
  });
});

describe("createResourceNames", () => {
  const names = createResourceNames(listOf(1));
  const urnOf = (type: string, name: string) =>
    `urn:pulumi:test::hub::azurestack-csp:index:TenantRegistrations$${type}::${name}`;

  it("names customer and Hub, and a row that the list has no longer by its resource", () => {
    assert.match(names(step("create", 1).urn), / on paris$/);
    assert.equal(names(urnOf(KINDS.CustomerSubscription, "paris/gone")), "paris/gone");
  });

  it("names nothing where an error is about the whole run", () => {
    assert.equal(names(urnOf(KINDS.TenantListGuard, "tenants")), "");
    assert.equal(names("urn:pulumi:test::hub::pulumi:pulumi:Stack::hub-test"), "");
    assert.equal(names(""), "");
  });
});
