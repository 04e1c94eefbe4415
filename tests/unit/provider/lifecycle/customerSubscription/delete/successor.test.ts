import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import {
  accepted,
  armIdOf,
  count,
  createWorld,
  declaration,
  declareUnchanged,
  mapping,
  paris,
  partialFailure,
  refusal,
  serviceFailed,
  startRun,
  startRunOn,
  stored,
  subscription,
  tenant,
  writes,
} from "../harness.ts";

const giver = stored(1);

/** The first subscription, declared for the second tenant. */
const taker = declaration(2, 1);
const namedTaker = declaration(2, 1, { overwrite: [1] });

describe("createCustomerSubscription: delete of a subscription that another resource of the run declares", () => {
  it("sends nothing where that one was made, nor asks", async () => {
    const { client, run } = startRunOn([mapping(1, 1)]);
    await run.lifecycle.create(accepted(run.lifecycle, namedTaker));
    const before = client.calls.length;

    await run.lifecycle.delete(giver);

    assert.equal(client.calls.length, before);
    assert.deepEqual(client.mappings(paris), [mapping(2, 1)]);
  });

  it("waits for that one while it is under way", async () => {
    const { client, run } = startRunOn([mapping(1, 1)]);
    const inputs = accepted(run.lifecycle, namedTaker);

    await Promise.all([run.lifecycle.create(inputs), run.lifecycle.delete(giver)]);

    assert.deepEqual(client.mappings(paris), [mapping(2, 1)]);
    assert.equal(count(client, "deleteCustomerSubscription"), 0);
  });

  it("sends nothing where that one was refused first and then made", async () => {
    const { client, run } = startRunOn([mapping(1, 1)]);
    const inputs = accepted(run.lifecycle, declaration(1, 1));
    client.fail({ operation: "listCustomerSubscriptions", when: "before", error: serviceFailed() });
    await refusal(run.lifecycle.create(inputs), "CSP_SERVICE_FAILED");
    await run.lifecycle.create(inputs);

    await run.lifecycle.delete(giver);

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("is refused where that one was refused, naming it, its error and what to do", async () => {
    const { client, run } = startRunOn([mapping(1, 1)]);
    await refusal(run.lifecycle.create(accepted(run.lifecycle, taker)), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE");

    const { message } = await refusal(run.lifecycle.delete(giver), "CSP_SUCCESSOR_NOT_MADE");

    assert.match(message, new RegExp(`Tenant ${tenant(1)} stays mapped to customer subscription ${subscription(1)}`));
    assert.match(message, new RegExp(`${subscription(1)} for tenant ${tenant(2)}, has failed`));
    assert.match(message, /\(CSP_SUBSCRIPTION_MAPPED_ELSEWHERE\).* in Azure and in the state\..* run again/);
    assert.deepEqual(writes(client), []);
  });

  it("is refused where that one's other inputs are wrong, or were never so much as sent", async () => {
    for (const tenantId of ["nobody", tenant(1)]) {
      const { client, run } = startRunOn([mapping(1, 1)]);
      run.lifecycle.check({ ...declaration(1, 1), tenantId });

      await refusal(run.lifecycle.delete(giver), "CSP_SUCCESSOR_NOT_MADE");

      assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    }
  });

  it("goes by what is live where nobody knows what became of that one", async () => {
    for (const when of ["before", "after"] as const) {
      const { client, run } = startRunOn([mapping(1, 1)]);
      client.fail({ operation: "putCustomerSubscription", when, error: serviceFailed() });
      client.fail({ operation: "getCustomerSubscription", when: "before", error: serviceFailed() });
      await partialFailure(run.lifecycle.create(accepted(run.lifecycle, namedTaker)));

      const removed = run.lifecycle.delete(giver);

      await (when === "after" ? removed : refusal(removed, "CSP_SUCCESSOR_NOT_MADE"));
      assert.deepEqual(client.mappings(paris), [when === "after" ? mapping(2, 1) : mapping(1, 1)]);
    }
  });

  it("lets go of what is gone, or another's, whatever became of that one", async () => {
    for (const live of [[], [mapping(9, 1)]]) {
      const { client, run } = startRunOn(live);
      client.fail({ operation: "listCustomerSubscriptions", when: "before", error: serviceFailed() });
      await refusal(run.lifecycle.create(accepted(run.lifecycle, taker)), "CSP_SERVICE_FAILED");

      await run.lifecycle.delete(giver);

      assert.deepEqual(client.mappings(paris), live);
    }
  });

  it("is refused where the state says that one is unchanged, and it is not live", async () => {
    const { client, run } = startRunOn([mapping(1, 2)]);
    await declareUnchanged(run, 2);
    const displacing = { id: armIdOf(2), outputs: { tenantId: tenant(1) } };

    const { message } = await refusal(run.lifecycle.delete(displacing), "CSP_SUCCESSOR_NOT_MADE");

    assert.match(message, /is unchanged by the state, and not live.*pulumi up --refresh/);
    assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
  });

  it("does not take a refresh for a resource that the program declares", async () => {
    const { client, run } = startRunOn([mapping(1, 1)]);
    client.fail({ operation: "listCustomerSubscriptions", when: "before", error: serviceFailed() });
    const inputs = accepted(run.lifecycle, declaration(1, 1));
    await refusal(run.lifecycle.create(inputs), "CSP_SERVICE_FAILED");
    await run.lifecycle.diff({ ...giver, inputs: declaration(1, 1) });

    await refusal(run.lifecycle.delete(giver), "CSP_SUCCESSOR_NOT_MADE");
  });

  it("is finished before that one writes", async () => {
    const memory = createWorld([mapping(1, 1)]);
    const answer = Promise.withResolvers<void>();
    const deleteCustomerSubscription: typeof memory.deleteCustomerSubscription = async (id) => {
      await answer.promise;
      return await memory.deleteCustomerSubscription(id);
    };
    const run = startRun({ ...memory, deleteCustomerSubscription });
    // The first write of a run goes alone in any case.
    await run.lifecycle.create(accepted(run.lifecycle, declaration(5, 5)));
    await run.lifecycle.diff({ ...giver, inputs: accepted(run.lifecycle, declaration(1, 3), declaration(1, 1)) });
    const removed = run.lifecycle.delete(giver);
    const created = run.lifecycle.create(accepted(run.lifecycle, namedTaker));
    await setImmediate();
    answer.resolve();

    await Promise.all([removed, created]);

    assert.deepEqual(writes(memory).slice(1), [`DELETE ${subscription(1)}`, `PUT ${subscription(1)}`]);
  });
});

describe("createCustomerSubscription: delete of a tenant that another resource of the run declares", () => {
  const elsewhere = declaration(1, 2);

  it("is carried out where that one was made", async () => {
    const client = createWorld([mapping(1, 1)], { keepDisplaced: true });
    const run = startRun(client);
    await run.lifecycle.create(accepted(run.lifecycle, declaration(1, 2, { overwrite: [1] })));

    await run.lifecycle.delete(giver);

    assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
  });

  it("is refused where that one was refused", async () => {
    const { client, run } = startRunOn([mapping(1, 1)]);
    await refusal(run.lifecycle.create(accepted(run.lifecycle, elsewhere)), "CSP_TENANT_MAPPED_ELSEWHERE");

    const { message } = await refusal(run.lifecycle.delete(giver), "CSP_SUCCESSOR_NOT_MADE");

    assert.match(message, new RegExp(`${subscription(2)} for tenant ${tenant(1)}, has failed`));
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("is refused where the state says that one is unchanged, and it is not live", async () => {
    for (const [live, isRefused] of [
      [[mapping(2, 1)], true],
      [[mapping(2, 1), mapping(2, 2)], false],
    ] as const) {
      const { client, run } = startRunOn(live);
      await declareUnchanged(run, 2);

      const removed = run.lifecycle.delete({ id: armIdOf(1), outputs: { tenantId: tenant(2) } });

      await (isRefused ? refusal(removed, "CSP_SUCCESSOR_NOT_MADE") : removed);
      assert.equal(count(client, "deleteCustomerSubscription"), isRefused ? 0 : 1);
    }
  });
});
