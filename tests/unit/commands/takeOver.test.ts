import assert from "node:assert/strict";
import { takeOver } from "../../../sdk/nodejs/src/commands/adopt/takeOver.ts";

const PARIS =
  "/subscriptions/d52111d9-8fe6-442a-b3f2-281f7629a58b/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations/paris";
const OURS = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";
const THEIRS = "azure-native:azurestack:CustomerSubscription";
const COMPONENT = "azurestack-csp:index:TenantRegistrations";

const root = {
  urn: "urn:pulumi:test::shop::pulumi:pulumi:Stack::shop-test",
  custom: false,
  type: "pulumi:pulumi:Stack",
};

function old(name: string, subscription: string) {
  const urn = `urn:pulumi:test::shop::${THEIRS}::${name}`;
  return { urn, custom: true, type: THEIRS, id: `${PARIS}/customerSubscriptions/${subscription}`, outputs: {} };
}

const file = {
  nameTable: {},
  resources: [
    { type: COMPONENT, name: "tenants", component: true },
    {
      type: OURS,
      name: "paris/a",
      parent: "tenants",
      id: `${PARIS}/customerSubscriptions/s1`,
      inputs: {},
      outputs: {},
    },
  ],
};

function taken(resources: readonly Readonly<Record<string, unknown>>[]) {
  const request = { stack: "organization/shop/test", project: "shop", file, newId: () => "an-id" };
  return takeOver({ version: 3, deployment: { resources } }, request).deployment.resources ?? [];
}

describe("takeOver", () => {
  it("puts ours in the place of the old resource, below its component and provider", () => {
    const resources = taken([root, old("one", "S1")]);

    const component = "urn:pulumi:test::shop::azurestack-csp:index:TenantRegistrations::tenants";
    assert.deepEqual(
      resources.map(({ urn }) => urn),
      [
        root.urn,
        "urn:pulumi:test::shop::pulumi:providers:pulumi-nodejs::default",
        component,
        `urn:pulumi:test::shop::${COMPONENT}$${OURS}::paris/a`,
      ],
    );
    assert.partialDeepStrictEqual(resources.at(-1), {
      parent: component,
      provider: "urn:pulumi:test::shop::pulumi:providers:pulumi-nodejs::default::an-id",
    });
  });

  it("leaves what the list does not declare", () => {
    const kept = old("two", "s2");

    assert.ok(taken([root, old("one", "s1"), kept]).some(({ urn }) => urn === kept.urn));
  });

  it("makes what referred to the old resource refer to ours", () => {
    const one = old("one", "s1");
    const role = { urn: "urn:pulumi:test::shop::x:y:Role::r", type: "x:y:Role", id: "r", dependencies: [one.urn] };
    const withProperty = { ...role, propertyDependencies: { scope: [one.urn], name: [] } };

    const found = taken([root, one, withProperty]).find(({ urn }) => urn === role.urn);

    const ours = `urn:pulumi:test::shop::${COMPONENT}$${OURS}::paris/a`;
    assert.partialDeepStrictEqual(found, { dependencies: [ours], propertyDependencies: { scope: [ours], name: [] } });
  });

  it("keeps a deletion that is still due beside its successor of the same name", () => {
    const bucket = { urn: "urn:pulumi:test::shop::x:y:Bucket::b", type: "x:y:Bucket", custom: true };
    const buckets = [
      { ...bucket, id: "new" },
      { ...bucket, id: "old", delete: true },
    ];

    const found = taken([root, ...buckets, old("one", "s1")]).filter(({ urn }) => urn === bucket.urn);

    assert.deepEqual(found, buckets);
  });

  it("changes nothing the second time", () => {
    const once = taken([root, old("one", "s1")]);

    assert.deepEqual(taken(once), once);
  });
});
