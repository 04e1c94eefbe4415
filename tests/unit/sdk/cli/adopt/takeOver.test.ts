import assert from "node:assert/strict";
import { takeOver } from "../../../../../sdk/nodejs/src/cli/adopt/takeOver.ts";
import type { StateResource } from "../../../../../sdk/nodejs/src/cli/stacks/state/deployment.ts";

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

function taken(resources: readonly StateResource[], { fromState = true } = {}) {
  const request = {
    stack: "test",
    project: "shop",
    file,
    fromState,
    newId: () => "an-id",
    created: "2026-06-15T00:00:00Z",
  };
  return takeOver({ resources }, request).resources;
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

  it("leaves the old resource where only what nobody manages is brought in, and puts a root into a new stack", () => {
    const theirs = old("one", "s1");

    assert.ok(taken([root, theirs], { fromState: false }).includes(theirs));
    assert.deepEqual(
      taken([], { fromState: false }).map(({ type }) => type),
      [root.type, "pulumi:providers:pulumi-nodejs", COMPONENT, OURS],
    );
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

  it("forgets no operation of a run that did not come to its end", () => {
    const deployment = { resources: [root], pending_operations: [{ type: "creating", resource: old("one", "s1") }] };
    const request = {
      stack: "test",
      project: "shop",
      file,
      fromState: false,
      newId: () => "an-id",
      created: "2026-06-15T00:00:00Z",
    };

    assert.throws(() => takeOver(deployment, request), { code: "CSP_ADOPT_UNFINISHED", message: /"test".* 1 / });
  });

  it("leaves ours as it is where the state has it already", () => {
    const ours = taken([root]).at(-1) ?? assert.fail();
    const known = { ...ours, outputs: { tenantId: "t", retainUntil: "2027-01-31" }, protect: true };

    assert.deepEqual(taken([...taken([root]).slice(0, -1), known]).at(-1), known);
  });

  it("changes nothing the second time", () => {
    const once = taken([root, old("one", "s1")]);

    assert.deepEqual(taken(once), once);
  });
});
