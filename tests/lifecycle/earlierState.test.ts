import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { type Customer, delmas, garance, horizon, mappingOf, marchal, paris, vasseur } from "../support/customers.ts";
import { type DynamicHost, startDynamicHost } from "../support/dynamicHost.ts";
import type { StackExport, StackResource } from "../support/pulumiCommand.ts";

const file = new URL("../fixtures/state/v1.json", import.meta.url);
const { deployment } = JSON.parse(readFileSync(file, "utf8")) as StackExport;

/** What stands in the state of version 1, in every form that it was ever written in. */
const forms: readonly (readonly [string, Customer])[] = [
  ["as it is written now", delmas],
  ["with the registration in three parts and a name", garance],
  ["with no more than the tenant", horizon],
  ["with ids in upper case", marchal],
  ["with a tenant that was resolved and not declared", vasseur],
];

describe("a state that an earlier build wrote", () => {
  let azure: Emulator;
  let host: DynamicHost;

  before(async () => {
    azure = await createEmulator();
    for (const [, customer] of forms) azure.facts.putCustomerSubscription(mappingOf(paris, customer));
    azure.facts.putCustomerSubscription({
      ...mappingOf(paris, marchal),
      customerSubscriptionId: marchal.customerSubscriptionId.toUpperCase(),
    });
  });

  after(() => azure.close());

  beforeEach(async () => {
    host = await startDynamicHost({ azure });
  });

  afterEach(() => host.stop());

  for (const [form, customer] of forms) {
    it(`is read, found unchanged and read again, ${form}`, async () => {
      const { id = "", inputs = {}, outputs = {} } = resourceOf(customer);

      const found = await host.read(id, outputs);
      const checked = await host.check(inputs);

      assert.deepEqual(checked.failures, []);
      assert.equal(found.id.toLowerCase(), id.toLowerCase());
      assert.equal(found.properties.__provider, outputs.__provider);
      assert.equal((await host.diff(id, outputs, checked.inputs)).changes, "none");
      assert.equal((await host.diff(found.id, found.properties, checked.inputs)).changes, "none");
      assert.deepEqual(await host.read(found.id, found.properties), found);
    });
  }

  for (const [form, customer] of forms) {
    it(`is removed, ${form}`, async () => {
      const { id = "", outputs = {} } = resourceOf(customer);

      await host.delete(id, outputs);

      const live = azure.facts.customerSubscriptions(paris).map(({ tenantId }) => tenantId);
      assert.ok(!live.includes(customer.tenantId));
    });
  }

  it("is refused where the id is not a customer subscription's, and nothing is sent", async () => {
    azure.resetJournal();

    await assert.rejects(host.read("5", {}), /CSP_STATE_UNREADABLE/);
    await assert.rejects(host.delete("5", {}), /CSP_STATE_UNREADABLE/);

    assert.deepEqual(azure.journal(), []);
  });
});

describe("a state that knows a customer subscription to be of another directory", () => {
  it("keeps it through reads and comparisons while it is so, and forgets it once it is right", async () => {
    const file = new URL("../fixtures/state/v1-directory.json", import.meta.url);
    const { resources = [] } = (JSON.parse(readFileSync(file, "utf8")) as StackExport).deployment;
    const {
      id = "",
      inputs = {},
      outputs = {},
    } = resources.find(({ type }) => type.endsWith("CustomerSubscription")) ?? {};
    const { customerSubscriptionId } = delmas;
    const azure = await createEmulator();
    azure.facts.putCustomerSubscription({ ...mappingOf(paris, horizon), customerSubscriptionId });
    let host = await startDynamicHost({ azure });
    try {
      const found = await host.read(id, outputs);
      assert.deepEqual(found.properties, outputs);
      const checked = await host.check(inputs);
      assert.equal((await host.diff(id, found.properties, checked.inputs)).changes, "none");

      azure.facts.setSubscription(customerSubscriptionId, { tenantId: horizon.tenantId });
      await host.stop();
      // A process asks for a directory once.
      host = await startDynamicHost({ azure });
      const { directory: _right, ...right } = outputs;
      assert.deepEqual((await host.read(id, outputs)).properties, right);
    } finally {
      await host.stop();
      await azure.close();
    }
  });
});

function resourceOf({ tenantId }: Customer): StackResource {
  const found = deployment.resources?.find(({ urn }) => urn.endsWith(`::paris/${tenantId}`));
  assert.ok(found);
  return found;
}
