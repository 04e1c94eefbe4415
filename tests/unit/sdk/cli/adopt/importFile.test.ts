import assert from "node:assert/strict";
import { type ManagedMapping, planTenantList } from "@azurestack-csp/provider";
import { findAdoptable, importFile } from "../../../../../sdk/nodejs/src/cli/adopt/importFile.ts";
import type { Inspected } from "../../../../../sdk/nodejs/src/cli/plan/inspect.ts";
import type { Held } from "../../../../../sdk/nodejs/src/cli/stacks/otherStacks.ts";
import { factsOf, idsOf, registrationId } from "../plan/plans.ts";

/** Customers 1 to 4, declared and live; the stack manages the first, and the second as a resource of azure-native. */
function inspected({ held = [] }: { readonly held?: readonly Held[] } = {}): Inspected {
  const facts = factsOf({ declared: [1, 2, 3, 4], live: [1, 2, 3, 4], managed: [1, 2] });
  const managed = facts.managed.map(
    (mapping, index): ManagedMapping => (index === 1 ? { ...mapping, provider: "azure-native" } : mapping),
  );
  const plan = planTenantList({ ...facts, managed, today: "2026-11-21" });
  const state = {
    stack: "test",
    managed,
    deployment: { resources: [] },
    missing: undefined,
    stacks: ["test"],
    others: [],
  };
  const origin = { stack: "test", stacks: ["test"], paths: [], today: "2026-11-21" };
  return { plan, live: facts.live, directories: new Map(), list: facts.list, origin, state, held };
}

const namesOf = (numbers: readonly number[]) => numbers.map((n) => `paris/${idsOf(n).tenantId}`);

/** What can be adopted, by the resources' names. */
function adoptable(fromState: boolean, given = inspected()) {
  const { changes, ofAzureNative } = findAdoptable(given, { fromState });
  return { names: changes.map(({ name }) => name), ofAzureNative: ofAzureNative.length };
}

describe("findAdoptable", () => {
  it("is what is declared and live, and held by nobody", () => {
    assert.deepEqual(adoptable(false), { names: namesOf([3, 4]), ofAzureNative: 1 });
  });

  it("is from the state what azure-native holds there, and nothing else", () => {
    assert.deepEqual(adoptable(true), { names: namesOf([2]), ofAzureNative: 1 });
  });

  it("leaves out what is mapped to a subscription of another directory, and names it", () => {
    const given = inspected();
    const { customerSubscriptionId } = idsOf(4);
    const directories = new Map([
      [customerSubscriptionId, idsOf(1).tenantId],
      [idsOf(3).customerSubscriptionId, idsOf(3).tenantId.toUpperCase()],
    ]);

    const { changes, wrong } = findAdoptable({ ...given, directories }, { fromState: false });

    assert.deepEqual(
      [changes, wrong].map((each) => each.map(({ name }) => name)),
      [namesOf([3]), namesOf([4])],
    );
  });

  it("leaves with another stack what that one manages", () => {
    const [facts] = inspected().live;
    const { customerSubscriptionId } = idsOf(4);
    const ids = [{ registration: facts?.registration ?? assert.fail(), customerSubscriptionId }];

    assert.deepEqual(adoptable(false, inspected({ held: [{ holder: "other", ids }] })).names, namesOf([3]));
  });
});

describe("importFile", () => {
  it("brings in what is to be adopted, as it is live, below the list's component", () => {
    const given = inspected();
    const { changes } = findAdoptable(given, { fromState: false });

    const { nameTable, resources } = importFile(given, changes.slice(0, 1));

    const { tenantId, customerSubscriptionId } = idsOf(3);
    assert.deepEqual(nameTable, {});
    assert.partialDeepStrictEqual(resources, [
      { type: "azurestack-csp:index:TenantRegistrations", name: "tenants", component: true },
      {
        type: "pulumi-nodejs:dynamic/azurestack:CustomerSubscription",
        name: `paris/${tenantId}`,
        parent: "tenants",
        id: `${registrationId}/customerSubscriptions/${customerSubscriptionId}`,
        inputs: { registrationId, tenantId, customerSubscriptionId },
        outputs: { tenantId },
      },
    ]);
    assert.equal(resources.length, 2);
  });

  it("puts it below the component that the stack has already, under whatever name", () => {
    const given = inspected();
    const urn = "urn:pulumi:test::shop::azurestack-csp:index:TenantRegistrations::mine";
    const component = { urn, type: "azurestack-csp:index:TenantRegistrations" };
    const state = { ...(given.state ?? assert.fail()), deployment: { resources: [component] } };

    const { nameTable, resources } = importFile(
      { ...given, state },
      findAdoptable(given, { fromState: false }).changes,
    );

    assert.deepEqual(nameTable, { tenants: urn });
    assert.equal(resources.length, 2);
  });
});
