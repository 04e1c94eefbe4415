import assert from "node:assert/strict";
import {
  armIdOf,
  beaumont,
  type Customer,
  delmas,
  garance,
  grenoble,
  grenobleSecond,
  inputsOf,
  mappingOf,
  outputsOf,
  paris,
  registrationIdOf,
} from "../support/customers.ts";
import { type DynamicHost, PROVIDER, partialFailureOf, startDynamicHost } from "../support/dynamicHost.ts";

describe("update and delete, in the dynamic host", () => {
  let host: DynamicHost;

  beforeEach(async () => {
    host = await startDynamicHost();
  });

  afterEach(() => host.stop());

  const tenantOf = ({ customerSubscriptionId }: Customer) =>
    host.azure.facts.customerSubscriptions(paris).find((live) => live.customerSubscriptionId === customerSubscriptionId)
      ?.tenantId;
  const writes = () => host.azure.journal().filter(({ method }) => method === "PUT" || method === "DELETE");

  it("writes the declared tenant back over one that was changed out of band", async () => {
    host.azure.facts.putCustomerSubscription({ ...mappingOf(paris, delmas), tenantId: garance.tenantId });
    const drifted = { ...outputsOf(delmas), tenantId: garance.tenantId };

    const properties = await host.update(armIdOf(paris, delmas), drifted, inputsOf(paris, delmas));

    assert.deepEqual(properties, { __provider: PROVIDER, ...outputsOf(delmas) });
    assert.equal(tenantOf(delmas), delmas.tenantId);
  });

  it("keeps a new date without sending anything", async () => {
    const dated = { ...inputsOf(paris, beaumont), retainUntil: "2030-01-31" };

    const properties = await host.update(armIdOf(paris, beaumont), outputsOf(beaumont), dated);

    assert.equal(properties.retainUntil, "2030-01-31");
    assert.deepEqual(host.azure.journal(), []);
  });

  it("does not move a tenant whose mapping is retained, whatever the new declaration says", async () => {
    host.azure.facts.putCustomerSubscription(mappingOf(paris, grenoble));
    const state = { ...outputsOf(grenoble), retainUntil: "9999-12-30" };
    const moved = { ...inputsOf(paris, grenobleSecond), overwrite: [grenoble.customerSubscriptionId] };
    await host.check(moved);
    await host.diff(armIdOf(paris, grenoble), state, moved);

    await assert.rejects(host.create(moved), /\[CSP_RETAINED\].*9999-12-30/);

    assert.deepEqual(writes(), []);
    assert.equal(tenantOf(grenoble), grenoble.tenantId);
  });

  it("moves a tenant to its other subscription, and takes the removal of the old one for done", async () => {
    host.azure.facts.putCustomerSubscription(mappingOf(paris, grenoble));
    const old = armIdOf(paris, grenoble);
    await host.check(inputsOf(paris, grenobleSecond));
    await host.diff(old, outputsOf(grenoble), inputsOf(paris, grenobleSecond));

    await host.create(inputsOf(paris, grenobleSecond));
    await host.delete(old, outputsOf(grenoble));

    assert.equal(tenantOf(grenobleSecond), grenoble.tenantId);
    assert.equal(tenantOf(grenoble), undefined);
  });

  it("removes a mapping", async () => {
    await host.delete(armIdOf(paris, beaumont), outputsOf(beaumont));

    assert.equal(tenantOf(beaumont), undefined);
  });

  it("accepts that a mapping is gone already", async () => {
    await host.delete(armIdOf(paris, delmas), outputsOf(delmas));

    assert.deepEqual(writes(), []);
  });

  it("sends nothing for a mapping that another resource of this run holds, and says so", async () => {
    const { inputs } = await host.check(inputsOf(paris, beaumont), inputsOf(paris, beaumont));
    await host.diff(armIdOf(paris, beaumont), outputsOf(beaumont), inputs);

    await host.delete(armIdOf(paris, beaumont), outputsOf(beaumont));

    assert.equal(tenantOf(beaumont), beaumont.tenantId);
    assert.deepEqual(writes(), []);
    assert.match(host.output(), /declared by another resource of this run/);
  });

  it("keeps a mapping whose subscription another resource was to take and was refused", async () => {
    const taken = { ...inputsOf(paris, beaumont), tenantId: delmas.tenantId };
    const { inputs } = await host.check(taken);
    await assert.rejects(host.create(inputs), /\[CSP_DIRECTORY_MISMATCH\]/);

    const removed = host.delete(armIdOf(paris, beaumont), outputsOf(beaumont));

    await assert.rejects(removed, /\[CSP_SUCCESSOR_NOT_MADE\].* has failed \(CSP_DIRECTORY_MISMATCH\)/);
    assert.equal(tenantOf(beaumont), beaumont.tenantId);
  });

  it("hands a resource that was deleted to be replaced back to the state where its create fails", async () => {
    const { inputs } = await host.check({ ...inputsOf(paris, beaumont), __deleteBeforeReplace: true });
    await host.delete(armIdOf(paris, beaumont), outputsOf(beaumont));
    host.azure.addFault({ match: { operation: "CustomerSubscriptions_List" }, what: { status: 403 } });

    const error = await host.create(inputs).catch((reason: unknown) => reason);

    const { id, properties } = partialFailureOf(error) ?? {};
    assert.equal(id, armIdOf(paris, beaumont));
    assert.deepEqual(properties, { __provider: PROVIDER, ...outputsOf(beaumont) });
    assert.deepEqual(writes(), []);
  });

  it("removes it in a run that does not declare it", async () => {
    await host.check(inputsOf(paris, delmas));

    await host.delete(armIdOf(paris, beaumont), outputsOf(beaumont));

    assert.equal(tenantOf(beaumont), undefined);
  });

  it("leaves a mapping that another tenant has by now, and says so", async () => {
    host.azure.facts.putCustomerSubscription({ ...mappingOf(paris, beaumont), tenantId: garance.tenantId });

    await host.delete(armIdOf(paris, beaumont), outputsOf(beaumont));

    assert.equal(tenantOf(beaumont), garance.tenantId);
    assert.match(host.output(), /not ours/);
  });

  it("refuses to remove a mapping before its date", async () => {
    const retained = { ...outputsOf(beaumont), retainUntil: "9999-12-30" };

    await assert.rejects(host.delete(armIdOf(paris, beaumont), retained), /CSP_RETAINED.*9999-12-30/);

    assert.equal(tenantOf(beaumont), beaumont.tenantId);
  });

  it("names the lock that holds a mapping", async () => {
    host.azure.facts.putLock({ name: "keep", level: "CanNotDelete", scope: registrationIdOf(paris) });

    await assert.rejects(host.delete(armIdOf(paris, beaumont), outputsOf(beaumont)), (error: Error) => {
      assert.match(error.message, /\[CSP_SCOPE_LOCKED\]/);
      assert.match(error.message, /az lock delete/);
      return true;
    });
  });

  it("refuses a type of resource that this release does not know", async () => {
    const __provider = 'exports.handler=()=>require("azurestack-csp/dynamic").v1("Hub");';

    await assert.rejects(host.delete("an-id", { __provider }), /"Hub".*newer release/);
  });
});
