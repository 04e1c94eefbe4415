import assert from "node:assert/strict";
import type { TenantList } from "@azurestack-csp/provider";
import { splitList } from "../../../sdk/nodejs/src/reconcile/stacks/listPart.ts";
import { isPartOf } from "../../../sdk/nodejs/src/stacks/partName.ts";

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

describe("isPartOf", () => {
  it("knows the stack of a registration by the key in its mappings' names", () => {
    assert.equal(isPartOf("production", { stack: "production.paris", names: ["paris/tenant"] }), true);
  });

  for (const [title, names] of [
    ["holds mappings of other keys", ["paris/tenant", "eu/tenant"]],
    ["holds none", []],
  ] as const) {
    it(`leaves a stack alone that only begins alike and ${title}`, () => {
      assert.equal(isPartOf("production", { stack: "production.eu", names }), false);
    });
  }
});
