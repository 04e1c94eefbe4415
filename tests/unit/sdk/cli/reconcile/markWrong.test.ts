import assert from "node:assert/strict";
import { customerSubscriptionKey } from "@azurestack-csp/provider";
import { withMarks } from "../../../../../sdk/nodejs/src/cli/reconcile/markWrong.ts";
import { idOf, tenant } from "../../../provider/lifecycle/customerSubscription/harness.ts";
import { resource } from "./customers.ts";

const created = "2026-01-01T12:00:00Z";
const marks = { wrong: new Map([[customerSubscriptionKey(idOf(1)), tenant(9)]]), asked: "2026-06-15T00:00:00Z" };
const marked = resource(1, { created, outputs: { tenantId: tenant(1), directory: tenant(9) } });

describe("withMarks", () => {
  it("puts the directory among the outputs of what is wrong, and takes it from what is right by now", () => {
    const right = resource(2, { created, outputs: { tenantId: tenant(2), directory: tenant(8) } });

    const { resources } = withMarks({ resources: [resource(1, { created }), right] }, marks);

    assert.deepEqual(resources, [marked, resource(2, { created })]);
  });

  it("notes of what no run has made that it was asked for", () => {
    const { resources } = withMarks({ resources: [resource(2), marked] }, marks);

    assert.deepEqual(resources, [resource(2, { created: marks.asked }), marked]);
  });

  it("gives the same state back where it is so, and leaves what is only to be deleted alone", () => {
    const deployment = { resources: [marked, resource(1, { delete: true }), { urn: "urn:vault", type: "a:b:Vault" }] };

    assert.equal(withMarks(deployment, marks), deployment);
  });
});
