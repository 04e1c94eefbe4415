import assert from "node:assert/strict";
import { settledResource } from "../../../../../../sdk/nodejs/src/cli/reconcile/interrupted/settledState.ts";
import { armIdOf, tenant } from "../../../../provider/lifecycle/customerSubscription/harness.ts";
import { resource, write } from "../customers.ts";

describe("settledResource", () => {
  it("is what the run would have left in the state, with what a removal is checked by", () => {
    const { inputs, ...more } = write(1, { cloud: "china", credentialPrefix: "PARIS" });
    const intended = { ...inputs, retainUntil: "2027-01-31", overwrite: ["x"], __provider: "text" };

    const settled = settledResource({ ...more, inputs: intended, options: { protect: true, retainOnDelete: true } });

    assert.deepEqual(settled, {
      urn: resource(1).urn,
      type: resource(1).type,
      custom: true,
      id: armIdOf(1),
      parent: resource(1).parent,
      inputs: intended,
      outputs: {
        __provider: "text",
        tenantId: tenant(1),
        retainUntil: "2027-01-31",
        cloud: "china",
        credentialPrefix: "PARIS",
      },
      protect: true,
      retainOnDelete: true,
    });
  });
});
