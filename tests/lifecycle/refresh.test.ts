import assert from "node:assert/strict";
import {
  armIdOf,
  beaumont,
  type Customer,
  delmas,
  garance,
  inputsOf,
  madeUpCustomers,
  mappingOf,
  outputsOf,
  paris,
  worldWith,
} from "../support/customers.ts";
import { type DynamicHost, PROVIDER, startDynamicHost } from "../support/dynamicHost.ts";

describe("read, in the dynamic host", () => {
  const many = madeUpCustomers(50);
  let host: DynamicHost;

  beforeEach(async () => {
    host = await startDynamicHost({ world: worldWith(many) });
    for (const customer of [...many, delmas]) host.azure.facts.putCustomerSubscription(mappingOf(paris, customer));
  });

  afterEach(() => host.stop());

  const read = (customer: Customer) => host.read(armIdOf(paris, customer), outputsOf(customer));
  const requests = () => host.azure.journal().filter(({ kind }) => kind === "request");

  it("finds what is live unchanged, and keeps the provider's text", async () => {
    const { id, properties, inputs } = await read(delmas);

    assert.equal(id, armIdOf(paris, delmas));
    assert.deepEqual(properties, { __provider: PROVIDER, ...outputsOf(delmas) });
    assert.deepEqual(inputs, {});
  });

  it("reads one list for fifty resources at once, and no single item", async () => {
    const found = await Promise.all(many.map(read));

    assert.ok(found.every(({ id }) => id !== ""));
    assert.deepEqual([...new Set(requests().map(({ operation }) => operation))], ["CustomerSubscriptions_List"]);
    assert.equal(requests().length, 1);
  });

  it("answers with an empty id what is gone, after a look at the item itself", async () => {
    const { id } = await read(garance);

    assert.equal(id, "");
    assert.equal(requests().at(-1)?.operation, "CustomerSubscriptions_Get");
  });

  it("corrects the inputs where another tenant is live", async () => {
    host.azure.facts.putCustomerSubscription({ ...mappingOf(paris, delmas), tenantId: garance.tenantId });

    const { id, properties, inputs } = await read(delmas);

    assert.equal(id, armIdOf(paris, delmas));
    assert.equal(properties.tenantId, garance.tenantId);
    assert.equal(inputs.tenantId, garance.tenantId);
    assert.equal(inputs.__provider, PROVIDER);
    const { changes, replaces } = await host.diff(id, properties, inputsOf(paris, delmas));
    assert.deepEqual([changes, replaces], ["some", []]);
  });

  it("believes an item and not a list that lags behind", async () => {
    host.azure.addFault({ match: { operation: "CustomerSubscriptions_List" }, what: { staleList: "empty" } });

    const { id } = await read(beaumont);

    assert.equal(id, armIdOf(paris, beaumont));
  });

  it("takes neither a refusal nor a failed sign-in for gone", async () => {
    host.azure.facts.clearRoleAssignments();

    await assert.rejects(read(garance), /CSP_NOT_AUTHORIZED/);
  });

  it("takes a registration's 404 for an error while its subscription still lists it", async () => {
    host.azure.addFault({
      match: { operation: "CustomerSubscriptions_List" },
      what: { status: 404, code: "RegistrationNotFound" },
    });

    await assert.rejects(read(delmas), /CSP_REGISTRATION_NOT_FOUND/);
  });

  it("takes a registration that is gone for certain for gone", async () => {
    host.azure.facts.deleteRegistration(paris);

    const { id } = await read(delmas);

    assert.equal(id, "");
  });
});
