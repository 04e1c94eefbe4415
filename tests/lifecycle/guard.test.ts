import assert from "node:assert/strict";
import {
  armIdOf,
  type Customer,
  delmas,
  garance,
  grenoble,
  grenobleSecond,
  horizon,
  inputsOf,
  mappingOf,
  marchal,
  outputsOf,
  paris,
  registrationIdOf,
} from "../support/customers.ts";
import { type DynamicHost, GUARD_PROVIDER, startDynamicHost, UNKNOWN } from "../support/dynamicHost.ts";

const everybody = [delmas, garance, horizon, marchal];

describe("what the guard permits, in the dynamic host", () => {
  let host: DynamicHost;

  beforeEach(async () => {
    host = await startDynamicHost();
    for (const customer of everybody) host.azure.facts.putCustomerSubscription(mappingOf(paris, customer));
    host.azure.resetJournal();
  });

  afterEach(() => host.stop());

  /** A guard that remembers nothing, as after an adoption or under a renamed component. */
  const checkGuard = (limits: Readonly<Record<string, unknown>>) =>
    host.check({
      ...{ __provider: GUARD_PROVIDER, mappings: {}, maxRemovals: "10,25%", maxMoves: "10,25%" },
      ...limits,
    });
  const writes = () => host.azure.journal().filter(({ method }) => method === "PUT" || method === "DELETE").length;
  const remove = (customer: Customer) => host.delete(armIdOf(paris, customer), outputsOf(customer));
  /** The reasons of the removals that were refused, all sent at once. */
  const refusals = async (customers: readonly Customer[]) => {
    const results = await Promise.allSettled(customers.map(remove));
    return results.flatMap((result) => (result.status === "rejected" ? [String(result.reason.message)] : []));
  };

  it("bounds the removals that are really sent", async () => {
    await checkGuard({ maxRemovals: 1 });

    const refused = await refusals(everybody);

    assert.equal(writes(), 1);
    assert.equal(refused.length, 3);
    for (const reason of refused) assert.match(reason, /\[CSP_GUARD_REMOVAL_STOPPED\].* removed 1 already/);
  });

  it("grows with the number that is confirmed", async () => {
    await checkGuard({ maxRemovals: 1, confirmedRemovals: "3" });

    assert.equal((await refusals(everybody)).length, 1);
  });

  it("adds up where a program has two guards, each of which counts once", async () => {
    await checkGuard({ maxRemovals: 1 });
    await checkGuard({ maxRemovals: 2 });
    await checkGuard({ maxRemovals: 2 });

    assert.equal((await refusals(everybody)).length, 1);
  });

  it("does not hold for a destroy, or an up that leaves the guard out: no guard is checked there", async () => {
    assert.deepEqual(await refusals(everybody), []);

    assert.equal(writes(), everybody.length);
  });

  it("leaves a refresh and a preview alone, what is not known yet included", async () => {
    const { failures } = await checkGuard({ maxRemovals: UNKNOWN, mappings: UNKNOWN });

    assert.deepEqual(failures, []);
    for (const customer of everybody) await host.read(armIdOf(paris, customer), outputsOf(customer));
    assert.equal(writes(), 0);
  });

  it("tells the customers of its run what was not seen live, and keeps it out of the inputs", async () => {
    const [gone, kept] = [delmas, garance];
    host.azure.facts.deleteCustomerSubscription(mappingOf(paris, gone));
    const diff = async (customer: Customer) => {
      const { inputs } = await host.check(inputsOf(paris, customer), inputsOf(paris, customer));
      return (await host.diff(armIdOf(paris, customer), outputsOf(customer), inputs)).changes;
    };
    assert.equal(await diff(gone), "none");

    const { inputs } = await checkGuard({ live: { [registrationIdOf(paris).toLowerCase()]: "" } });

    assert.ok(!("live" in inputs));
    assert.deepEqual([await diff(gone), await diff(kept)], ["some", "none"]);
    assert.match(host.output(), new RegExp(`Tenant ${gone.tenantId} is not mapped to`));
  });

  it("bounds the moves that are really written", async () => {
    host.azure.facts.putCustomerSubscription(mappingOf(paris, grenoble));
    await checkGuard({ maxMoves: 0 });
    const { inputs } = await host.check(inputsOf(paris, grenobleSecond));
    await host.diff(armIdOf(paris, grenoble), outputsOf(grenoble), inputs);

    await assert.rejects(host.create(inputs), /\[CSP_GUARD_MOVE_STOPPED\].* moved 0 already/);

    assert.equal(writes(), 0);
  });
});
