import assert from "node:assert/strict";
import { ProviderError } from "../../../../../../provider/src/domain/errors/providerError.ts";
import { createTenantListGuard } from "../../../../../../provider/src/lifecycle/tenantListGuard/lifecycle.ts";
import {
  accepted,
  armIdOf,
  createWorld,
  declaration,
  declareUnchanged,
  mapping,
  paris,
  refusal,
  serviceFailed,
  startRun,
  stored,
  type TestRun,
  tenant,
  writes,
} from "../harness.ts";

/** Checks a guard that remembers nothing, as it is after an adoption, with these limits. */
function guardWith({ deps }: TestRun, limits: Readonly<Record<string, unknown>>): void {
  const { failures } = createTenantListGuard(deps.run.allowance, deps.run.findings).check({
    mappings: {},
    maxRemovals: "10,25%",
    maxMoves: "10,25%",
    ...limits,
  });
  assert.deepEqual(failures, []);
}

const numbers = [1, 2, 3, 4, 5];

describe("createCustomerSubscription: removals that no guard has counted beforehand", () => {
  it("are sent up to the limit, however many come at once", async () => {
    const client = createWorld(numbers.map((n) => mapping(n, n)));
    const run = startRun(client);
    guardWith(run, { maxRemovals: 2 });

    const results = await Promise.allSettled(numbers.map((n) => run.lifecycle.delete(stored(n))));

    const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason.message] : []));
    assert.equal(errors.length, 3);
    for (const error of errors) assert.match(error, /^\[CSP_GUARD_REMOVAL_STOPPED\].* removed 2 already, and 2 of /);
    assert.equal(writes(client).length, 2);
    assert.equal(client.mappings(paris).length, 3);
  });

  it("are all sent where the number is confirmed", async () => {
    const client = createWorld(numbers.map((n) => mapping(n, n)));
    const run = startRun(client);
    guardWith(run, { maxRemovals: 0, confirmedRemovals: "5" });

    await Promise.all(numbers.map((n) => run.lifecycle.delete(stored(n))));

    assert.deepEqual(client.mappings(paris), []);
  });

  it("do not count where nothing is sent: gone, another's by now, or held by another resource", async () => {
    const client = createWorld([mapping(9, 2), mapping(3, 3), mapping(4, 4)]);
    const run = startRun(client);
    guardWith(run, { maxRemovals: 1 });
    await declareUnchanged(run, 3);

    for (const n of [1, 2, 3, 4]) await run.lifecycle.delete(stored(n));

    assert.deepEqual(client.mappings(paris), [mapping(9, 2), mapping(3, 3)]);
  });

  it("give their place back where the service refused them", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);
    const locked = new ProviderError("CSP_SCOPE_LOCKED", { id: armIdOf(1), locks: "a lock", commands: "none" });
    client.fail({ operation: "deleteCustomerSubscription", when: "before", error: locked });
    const run = startRun(client);
    guardWith(run, { maxRemovals: 1 });
    await refusal(run.lifecycle.delete(stored(1)), "CSP_SCOPE_LOCKED");

    await run.lifecycle.delete(stored(2));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("keep their place where nobody knows what became of them", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);
    client.fail({ operation: "deleteCustomerSubscription", when: "before", error: serviceFailed() });
    const run = startRun(client);
    guardWith(run, { maxRemovals: 1 });
    await refusal(run.lifecycle.delete(stored(1)), "CSP_SERVICE_FAILED");

    await refusal(run.lifecycle.delete(stored(2)), "CSP_GUARD_REMOVAL_STOPPED");
  });

  it("take shares of all that the run has seen the stack manage", async () => {
    const client = createWorld(numbers.map((n) => mapping(n, n)));
    const run = startRun(client);
    guardWith(run, { maxRemovals: "40%" });
    for (const n of [1, 2, 3]) {
      await run.lifecycle.diff({ ...stored(n), inputs: accepted(run.lifecycle, declaration(n, n)) });
    }

    await Promise.all([4, 5].map((n) => run.lifecycle.delete(stored(n))));

    assert.deepEqual(
      client.mappings(paris),
      [1, 2, 3].map((n) => mapping(n, n)),
    );
  });
});

describe("createCustomerSubscription: moves that no guard has counted beforehand", () => {
  /** Declares that the n-th tenant goes from the n-th subscription to one with a number greater by ten. */
  const declareMove = async (run: TestRun, n: number) => {
    const inputs = accepted(run.lifecycle, declaration(n, n + 10));
    await run.lifecycle.diff({ ...stored(n), inputs });
    return inputs;
  };

  it("are written up to the limit", async () => {
    const client = createWorld([1, 2].map((n) => mapping(n, n)));
    const run = startRun(client);
    guardWith(run, { maxMoves: 1 });
    const inputs = [await declareMove(run, 1), await declareMove(run, 2)];

    await run.lifecycle.create(inputs[0] ?? {});
    const error = await refusal(run.lifecycle.create(inputs[1] ?? {}), "CSP_GUARD_MOVE_STOPPED");

    assert.match(error.message, new RegExp(`${tenant(2)}.* moved 1 already, and 1 of 2 may be \\(1\\)`));
    assert.deepEqual(client.mappings(paris), [mapping(2, 2), mapping(1, 11)]);
  });

  it("count with what they leave behind as one, and not as a removal", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)], { keepDisplaced: true });
    const run = startRun(client);
    guardWith(run, { maxMoves: 1, maxRemovals: 0 });

    await run.lifecycle.create(await declareMove(run, 1));
    await run.lifecycle.delete(stored(1));

    assert.deepEqual(client.mappings(paris), [mapping(2, 2), mapping(1, 11)]);
  });

  it("give their place back where the write was refused", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);
    const locked = new ProviderError("CSP_SCOPE_LOCKED", { id: armIdOf(11), locks: "a lock", commands: "none" });
    client.fail({ operation: "putCustomerSubscription", when: "before", error: locked });
    const run = startRun(client);
    guardWith(run, { maxMoves: 1 });
    const inputs = [await declareMove(run, 1), await declareMove(run, 2)];
    await refusal(run.lifecycle.create(inputs[0] ?? {}), "CSP_SCOPE_LOCKED");

    await run.lifecycle.create(inputs[1] ?? {});

    assert.deepEqual(client.mappings(paris), [mapping(1, 1), mapping(2, 12)]);
  });

  it("do not count where nothing is written, because an earlier run has moved the tenant", async () => {
    const client = createWorld([mapping(1, 11), mapping(2, 2)]);
    const run = startRun(client);
    guardWith(run, { maxMoves: 0 });

    await run.lifecycle.create(await declareMove(run, 1));

    assert.deepEqual(writes(client), []);
  });
});
