import assert from "node:assert/strict";
import { parseTenantList, type TenantList, toDeclarations } from "@azurestack-csp/provider";
import { splitList } from "../../../../../../sdk/nodejs/src/cli/reconcile/parts/listPart.ts";
import { isPartOf, markPart } from "../../../../../../sdk/nodejs/src/cli/stacks/partMark.ts";
import { mayBePart, partName } from "../../../../../../sdk/nodejs/src/cli/stacks/partName.ts";
import { guid, HUBS } from "../../../../provider/domain/tenantList/sample.ts";

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

  it("gives each registration the rows that use it, and no other's mappings", () => {
    const row = (tenant: number, ...registrations: readonly string[]) => ({
      name: `Customer ${tenant}`,
      tenantId: guid(tenant),
      customerSubscriptionId: guid(tenant + 10),
      registrations,
    });
    const { list } = parseTenantList([
      { file: "hubs.yaml", text: HUBS },
      { file: "t.json", text: JSON.stringify({ tenants: [row(1, "paris", "lyon"), row(2, "lyon")] }) },
    ]);

    const parts = splitList(list ?? assert.fail(), "production");

    assert.deepEqual(
      parts.map(({ list: part }) => toDeclarations(part).map(({ name }) => name)),
      [[`paris/${guid(1)}`], [`lyon/${guid(1)}`, `lyon/${guid(2)}`]],
    );
    assert.deepEqual(
      parts.map(({ list: part }) =>
        part.tenants.flatMap(({ mappings }) => mappings.map((each) => each.registrationKey)),
      ),
      [["paris"], ["lyon", "lyon"]],
    );
    assert.deepEqual(
      parts.map(({ list: part }) => part.registrations.map(({ key }) => key)),
      [["paris"], ["lyon"]],
    );
  });

  it("takes the mappings of its registration alone, in any letter case", () => {
    const { list } = parseTenantList([{ file: "hubs.yaml", text: `${HUBS}tenants: []\n` }]);
    const [paris, lyon] = splitList(list ?? assert.fail(), "production");
    const registration = list?.registrations[0]?.registration ?? assert.fail();
    const spelled = { ...registration, registrationName: registration.registrationName.toUpperCase() };
    const id = { registration: spelled, customerSubscriptionId: guid(11) };

    assert.deepEqual([paris?.takes(id), lyon?.takes(id)], [true, false]);
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

describe("mayBePart", () => {
  it("is so of what is named after a stack with a dot, and not of what only begins alike", () => {
    assert.equal(mayBePart("production", "production.paris"), true);
    assert.equal(mayBePart("organization/shop/production", "organization/shop/production.paris"), true);
    assert.equal(mayBePart("production", "production2"), false);
    assert.equal(mayBePart("production", "production"), false);
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
