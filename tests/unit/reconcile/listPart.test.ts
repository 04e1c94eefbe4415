import assert from "node:assert/strict";
import type { TenantList } from "@azurestack-csp/provider";
import { splitList } from "../../../sdk/nodejs/src/reconcile/stacks/listPart.ts";
import { isPartOf, markPart } from "../../../sdk/nodejs/src/stacks/partMark.ts";
import { partName } from "../../../sdk/nodejs/src/stacks/partName.ts";

const place = { file: "tenants.yaml", line: 1, column: 1, path: "" };

function stacksOf(...keys: readonly string[]): readonly string[] {
  const registrations = keys.map((key, index) => ({
    key,
    registration: {
      registrationSubscriptionId: `a0000000-0000-4000-8000-00000000000${index}`,
      resourceGroup: "azurestack",
      registrationName: key,
    },
    place,
  }));
  const list: TenantList = { registrations, tenants: [] };
  return splitList(list, "production").map(({ stack }) => stack);
}

describe("splitList", () => {
  it("names a stack by the registration's key", () => {
    assert.deepEqual(stacksOf("paris", "lyon-2"), ["production.paris", "production.lyon-2"]);
  });

  it("gives no two keys one stack, whatever a stack's name can hold and a disk tells apart", () => {
    const stacks = stacksOf("北京", "上海", "Évry", "Ivry", "ivry", "IVRY");

    assert.equal(new Set(stacks.map((stack) => stack.toLowerCase())).size, 6);
    for (const stack of stacks) assert.match(stack, /^production\.[a-z0-9._-]+$/);
  });
});

describe("partName", () => {
  it("gives no two stacks one name, with whatever keys", () => {
    assert.notEqual(partName("production", "eu.paris"), partName("production.eu", "paris"));
  });
});

describe("isPartOf", () => {
  const request = { stack: "production.paris", project: "azurestack-csp", newId: () => "an-id" };

  it("knows the stack of a registration by its mark, in whatever spelling of the whole", () => {
    const deployment = markPart({ resources: [] }, "production", request);

    assert.equal(isPartOf("production", { deployment }), true);
    assert.equal(isPartOf("organization/azurestack-csp/production", { deployment }), true);
    assert.equal(isPartOf("test", { deployment }), false);
  });

  it("leaves a stack alone that is only named alike", () => {
    assert.equal(isPartOf("production", { deployment: { resources: [] } }), false);
  });
});
