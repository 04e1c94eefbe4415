import assert from "node:assert/strict";
import {
  formatCustomerSubscriptionId,
  readManagedMappings,
  toMappingTable,
  writeMappings,
} from "@azurestack-csp/provider";
import { guid } from "../tenantList/sample.ts";
import { managedOf, PARIS } from "./scenario.ts";

const OURS = "pulumi-nodejs:dynamic/azurestack:CustomerSubscription";

function resource(more: object = {}) {
  return {
    urn: `urn:pulumi:dev::hub::azurestack-csp:index:TenantRegistrations$${OURS}::paris/${guid(1)}`,
    custom: true,
    created: "2026-06-15T12:00:00Z",
    id: formatCustomerSubscriptionId({ registration: PARIS, customerSubscriptionId: guid(11) }),
    type: OURS,
    outputs: { tenantId: guid(1) },
    ...more,
  };
}

function read(...resources: readonly object[]) {
  return readManagedMappings({ version: 3, deployment: { manifest: {}, resources } });
}

describe("readManagedMappings", () => {
  it("reads name, ids, tenant and retention", () => {
    const [mapping] = read(resource({ outputs: { tenantId: guid(1), retainUntil: "2026-12-31" }, protect: true }));

    assert.deepEqual(mapping, {
      ...managedOf(11, 1),
      urn: resource().urn,
      retainUntil: "2026-12-31",
      isProtected: true,
    });
  });

  it("tells what came in beside a run: what the stack's guards do not remember, or an edit of the state has put there", () => {
    const type = "pulumi-nodejs:dynamic/azurestack:TenantListGuard";
    const id = { registration: PARIS, customerSubscriptionId: guid(11) };
    const guard = (tenantId: string) => {
      const mappings = writeMappings(toMappingTable([{ id, tenantId }]));
      return { urn: "urn:guard", type, custom: true, id: "guard", inputs: { mappings } };
    };
    const edited = resource({ created: undefined });
    const isNew = (...resources: readonly object[]) => read(...resources).map((mapping) => mapping.isNew === true);

    const component = { urn: "urn:tenants", type: "azurestack-csp:index:TenantRegistrations" };

    assert.deepEqual(isNew(resource(), edited), [false, true]);
    assert.deepEqual(isNew(component, resource()), [true]);
    assert.deepEqual(isNew(guard(guid(1)), resource(), edited), [false, false]);
    assert.deepEqual(isNew(guard(guid(2)), resource()), [true]);
    assert.deepEqual(
      read(guard(guid(1)), resource(), edited).map(({ isUnasked }) => isUnasked === true),
      [false, true],
    );
  });

  it("reads which directory a mapping is known to be wrong for", () => {
    const [mapping] = read(resource({ outputs: { tenantId: guid(1), directory: guid(2) } }));

    assert.equal(mapping?.directory, guid(2));
  });

  it("takes the declared tenant where a refresh found another one", () => {
    const [mapping] = read(resource({ outputs: { tenantId: guid(9), expectedTenantId: guid(1) } }));

    assert.equal(mapping?.tenantId, guid(1));
  });

  it("tells what the next run deletes", () => {
    assert.equal(read(resource({ delete: true }))[0]?.isPendingDelete, true);
    assert.equal(read(resource({ outputs: { unconfirmed: true } }))[0]?.isUnconfirmed, true);
  });

  it("recognises azure-native's resources of every version", () => {
    const types = [
      "azure-native:azurestack:CustomerSubscription",
      "azure-native:azurestack/v20220601:CustomerSubscription",
    ];

    assert.deepEqual(
      read(...types.map((type) => resource({ type }))).map(({ provider }) => provider),
      ["azure-native", "azure-native"],
    );
  });

  it("leaves out other resources, and what a program only reads", () => {
    assert.deepEqual(read(resource({ type: "pulumi:pulumi:Stack" }), resource({ external: true })), []);
  });

  it("reads a deployment without its wrapping, and a stack that was never updated", () => {
    assert.equal(readManagedMappings({ manifest: {}, resources: [resource()] }).length, 1);
    assert.deepEqual(readManagedMappings({ version: 3, deployment: { manifest: {} } }), []);
  });

  for (const [what, value] of [
    ["no object", "text"],
    ["resources that are no list", { resources: {} }],
    ["a resource that is none", { resources: [1] }],
    ["an id that is no customer subscription's", { resources: [resource({ id: "x" })] }],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => readManagedMappings(value), { code: "CSP_STATE_UNREADABLE" });
    });
  }
});
