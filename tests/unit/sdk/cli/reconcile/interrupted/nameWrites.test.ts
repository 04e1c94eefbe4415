import assert from "node:assert/strict";
import { nameWrites } from "../../../../../../sdk/nodejs/src/cli/reconcile/interrupted/nameWrites.ts";
import { armIdOf, subscription, tenant } from "../../../../provider/lifecycle/customerSubscription/harness.ts";
import { resource, write } from "../customers.ts";

const place = { stack: "test", project: "shop" };

/** What a host notes: a customer's tenant, with the subscription of another one where a second number is given. */
function noted(n: number, subscriptionOf = n) {
  const { inputs } = write(n);
  const customerSubscriptionId = subscription(subscriptionOf);
  return { id: armIdOf(subscriptionOf), urn: "", parent: "", inputs: { ...inputs, customerSubscriptionId } };
}

const urns = (writes: Parameters<typeof nameWrites>[0], resources: ReturnType<typeof resource>[]) =>
  nameWrites(writes, { resources }, place).map(({ urn }) => urn);

describe("nameWrites", () => {
  it("keeps the URN that a journal knows", () => {
    assert.deepEqual(urns([write(1)], [resource(2)]), [write(1).urn]);
  });

  it("continues the resource of the same subscription, and the one that a tenant was to move from", () => {
    const { urn, parent } = resource(1);

    assert.deepEqual(nameWrites([noted(2, 1)], { resources: [resource(1), resource(2)] }, place)[0], {
      ...noted(2, 1),
      urn,
      parent,
    });
    assert.deepEqual(urns([noted(1, 3)], [resource(1), resource(2)]), [urn]);
  });

  it("continues one resource once, and none that is left to be deleted or has the URN of another write", () => {
    const [first, second] = urns([noted(1, 3), noted(1, 4)], [resource(1)]);

    assert.equal(first, resource(1).urn);
    assert.match(String(second), new RegExp(`::left/.*${tenant(1)}$`));
    assert.notEqual(urns([noted(1, 3)], [resource(1, { delete: true })])[0], resource(1).urn);
    assert.notEqual(urns([write(1), noted(1, 3)], [resource(1)])[1], resource(1).urn);
  });

  it("gives any other a URN of its own, by all that it names", () => {
    const names = urns([noted(1), noted(2), noted(1, 2)], []);

    assert.equal(new Set(names).size, 3);
    for (const name of names) assert.match(name, /^urn:pulumi:test::shop::pulumi-nodejs:dynamic\/azurestack:Cust/);
  });
});
