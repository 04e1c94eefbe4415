import assert from "node:assert/strict";
import { createRun } from "../../../../../../provider/src/lifecycle/customerSubscription/run/run.ts";
import {
  create,
  createWorld,
  declaration,
  idOf,
  lyon,
  mapping,
  notAuthorized,
  paris,
  refusal,
  startRun,
  stored,
  subscription,
  tenant,
} from "../harness.ts";

const claimed = (t: number, s: number, registration = paris) => ({ id: idOf(s, registration), tenantId: tenant(t) });

describe("createRun", () => {
  it("lets one resource claim a mapping, and no second one", async () => {
    const run = createRun();
    run.claims.reserve(claimed(1, 1));

    await refusal((async () => run.claims.reserve(claimed(1, 1)))(), "CSP_CLAIMED_TWICE");
  });

  it("refuses a claim that contradicts one before it, or what was declared before it", async () => {
    for (const note of ["claim", "declare"] as const) {
      for (const [t, s] of [
        [1, 2],
        [2, 1],
      ] as const) {
        const run = createRun();
        if (note === "claim") run.claims.reserve(claimed(1, 1));
        else run.claims.declare(idOf(1), tenant(1));

        await refusal((async () => run.claims.reserve(claimed(t, s)))(), "CSP_CLAIMED_TWICE");
      }
    }
  });

  it("keeps what was declared first, so that only the second is refused", () => {
    const run = createRun();
    run.claims.declare(idOf(1), tenant(1));

    assert.equal(run.claims.declare(idOf(2), tenant(1))?.code, "CSP_CLAIMED_TWICE");
    assert.equal(run.claims.declare(idOf(1), tenant(1)), undefined);
    run.claims.reserve(claimed(1, 1));
  });

  it("counts a refused declaration as declared all the same", () => {
    const run = createRun();
    run.claims.declare(idOf(1), tenant(1));
    run.claims.declare(idOf(2), tenant(1));

    assert.equal(run.claims.of(idOf(2))?.stage, "declared");
  });

  it("keeps registrations apart", () => {
    const run = createRun();
    run.claims.reserve(claimed(1, 1));

    run.claims.reserve(claimed(1, 2, lyon));
    run.claims.reserve(claimed(2, 1, lyon));
  });

  it("keeps a claim that one of two equal resources holds, whatever becomes of the other", async () => {
    const { claims } = createRun();
    await claims.carryOut(idOf(1), async () => undefined);

    const refused = async () => await claims.carryOut(idOf(1), () => Promise.reject(notAuthorized()));
    await refusal(refused(), "CSP_NOT_AUTHORIZED");

    assert.equal(claims.of(idOf(1))?.stage, "made");
  });

  it("gives nothing back of what was entrusted, once its heir was made", async () => {
    const { claims } = createRun();
    claims.entrust(idOf(1), stored(1));
    await claims.carryOut(idOf(1), async () => undefined);

    assert.equal(claims.takeBack(idOf(1)), undefined);
  });

  it("knows a move by its registration, its tenant, its subscription before and its subscription after", () => {
    const run = createRun();
    run.move({ id: idOf(1), tenantId: tenant(1).toUpperCase() }, subscription(2).toUpperCase());

    assert.equal(run.isMove(subscription(1).toUpperCase(), claimed(1, 2)), true);
    assert.equal(run.isMove(subscription(2), claimed(1, 1)), false);
    assert.equal(run.isMove(subscription(1), claimed(1, 3)), false);
    assert.equal(run.isMove(subscription(1), claimed(2, 2)), false);
    assert.equal(run.isMove(subscription(1), claimed(1, 2, lyon)), false);
  });
});

describe("claims of creates in flight", () => {
  it("let one of two subscriptions for a tenant through, where the tenants are left out", async () => {
    const subscriptions = [1, 2].map((n) => ({ subscriptionId: subscription(n), tenantId: tenant(1) }));
    const client = createWorld([], { subscriptions });
    const run = startRun(client);

    const results = await Promise.allSettled([1, 2].map((n) => create(run, declaration(undefined, n))));

    assert.equal(results.filter(({ status }) => status === "rejected").length, 1);
    assert.equal(client.mappings(paris).length, 1);
  });

  it("let one of two equal creates through", async () => {
    const client = createWorld();
    const run = startRun(client);

    const results = await Promise.allSettled([1, 1].map((n) => create(run, declaration(n, n))));

    assert.equal(results.filter(({ status }) => status === "rejected").length, 1);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("hold after the first create is done, so that a second one does not take its mapping for adopted", async () => {
    const client = createWorld();
    const run = startRun(client);
    await create(run, declaration(1, 1));

    await refusal(create(run, declaration(1, 1)), "CSP_CLAIMED_TWICE");
  });

  it("protect a resource that is declared and unchanged, even from one that may overwrite", async () => {
    for (const [t, s] of [
      [1, 2],
      [2, 1],
    ] as const) {
      const client = createWorld([mapping(1, 1)]);
      const run = startRun(client);
      run.lifecycle.check(declaration(1, 1));
      run.lifecycle.check(declaration(t, s, { overwrite: [1, 2] }));

      await refusal(run.lifecycle.create(declaration(t, s, { overwrite: [1, 2] })), "CSP_CLAIMED_TWICE");

      assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    }
  });
});
