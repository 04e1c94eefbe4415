import assert from "node:assert/strict";
import { UNKNOWN_VALUE } from "../../../../../provider/src/domain/unknown.ts";
import {
  accepted,
  createWorld,
  declaration,
  lyon,
  mapping,
  startRun,
  stored,
  subscription,
  tenant,
} from "./harness.ts";

const kept = stored(1);

function start() {
  return startRun(createWorld()).lifecycle;
}

describe("createCustomerSubscription: check", () => {
  it("sends nothing, and reports every problem by its property at once", () => {
    const client = createWorld();

    const { failures } = startRun(client).lifecycle.check({ tenantId: 5, overwrite: "all", retainUntil: "soon" });

    assert.deepEqual(client.calls, []);
    assert.deepEqual(failures.map(({ property }) => property).sort(), [
      "customerSubscriptionId",
      "overwrite",
      "registrationName",
      "registrationSubscriptionId",
      "resourceGroup",
      "retainUntil",
      "tenantId",
    ]);
  });

  it("accepts the same declaration any number of times", () => {
    const lifecycle = start();

    for (let times = 0; times < 3; times += 1) accepted(lifecycle, declaration(1, 1));
  });

  it("refuses a second subscription for a tenant of the registration, in any letter case, naming both", () => {
    const lifecycle = start();
    accepted(lifecycle, declaration(1, 1));

    const { failures } = lifecycle.check({ ...declaration(1, 2), tenantId: tenant(1).toUpperCase() });

    assert.equal(failures.length, 1);
    assert.match(failures[0]?.reason ?? "", new RegExp(`CSP_CLAIMED_TWICE.*${subscription(1)}.*${subscription(2)}`));
  });

  it("refuses a second tenant for a subscription of the registration, naming both", () => {
    const lifecycle = start();
    accepted(lifecycle, declaration(1, 1));

    const { failures } = lifecycle.check(declaration(2, 1));

    assert.match(failures[0]?.reason ?? "", new RegExp(`CSP_CLAIMED_TWICE.*${tenant(1)}.*${tenant(2)}`));
  });

  it("accepts the same tenant and the same subscription on another registration", () => {
    const lifecycle = start();
    accepted(lifecycle, declaration(1, 1));

    accepted(lifecycle, declaration(1, 2, { registration: lyon }));
    accepted(lifecycle, declaration(3, 1, { registration: { ...lyon, resourceGroup: "other" } }));
  });

  it("accepts a swap and a chain", () => {
    const lifecycle = start();

    for (const [t, s] of [
      [1, 2],
      [2, 3],
      [3, 1],
    ] as const) {
      accepted(lifecycle, declaration(t, s));
    }
  });

  it("does not hold what is not known yet against anybody", () => {
    const lifecycle = start();

    for (const property of ["tenantId", "customerSubscriptionId", "registrationId"]) {
      accepted(lifecycle, { ...declaration(1, 1), [property]: UNKNOWN_VALUE });
      accepted(lifecycle, { ...declaration(1, 2), [property]: UNKNOWN_VALUE });
    }
  });
});

describe("createCustomerSubscription: diff", () => {
  it("finds no change between what was created and the same declaration", async () => {
    const run = startRun(createWorld());
    const inputs = accepted(run.lifecycle, declaration(1, 1, { retainUntil: "2027-01-31" }));
    const created = await run.lifecycle.create(inputs);

    assert.deepEqual(await run.lifecycle.diff({ ...created, inputs }), { changes: false, replaces: [] });
  });

  it("ignores letter case in every id", async () => {
    const { registrationId, ...rest } = declaration(1, 1);
    const inputs = {
      ...rest,
      registrationId: registrationId.toUpperCase(),
      customerSubscriptionId: subscription(1).toUpperCase(),
      tenantId: tenant(1).toUpperCase(),
    };

    assert.deepEqual(await start().diff({ ...kept, inputs }), { changes: false, replaces: [] });
    assert.equal((await start().diff({ ...kept, id: kept.id.toUpperCase(), inputs })).changes, false);
  });

  it("replaces for another subscription or registration, and changes a tenant in place", async () => {
    const replaces = (inputs: ReturnType<typeof declaration>) => start().diff({ ...kept, inputs });

    assert.deepEqual(await replaces(declaration(1, 2)), { changes: true, replaces: ["customerSubscriptionId"] });
    assert.deepEqual(await replaces(declaration(1, 1, { registration: lyon })), {
      changes: true,
      replaces: ["registrationId"],
    });
    assert.deepEqual(await replaces(declaration(2, 1)), { changes: true, replaces: [] });
  });

  it("finds no change in `overwrite` alone", async () => {
    const inputs = declaration(1, 1, { overwrite: [4] });

    assert.equal((await start().diff({ ...kept, inputs })).changes, false);
  });

  it("takes a tenant that is left out for the one that was resolved", async () => {
    assert.equal((await start().diff({ ...kept, inputs: declaration(undefined, 1) })).changes, false);
  });

  it("shows a drift, also where the tenant is left out", async () => {
    const outputs = { tenantId: tenant(9), expectedTenantId: tenant(1) };

    for (const t of [1, undefined]) {
      assert.equal((await start().diff({ ...kept, outputs, inputs: declaration(t, 1) })).changes, true);
    }
  });

  it("settles a drift that the program declares by now", async () => {
    const outputs = { tenantId: tenant(9), expectedTenantId: tenant(1) };

    assert.equal((await start().diff({ ...kept, outputs, inputs: declaration(9, 1) })).changes, true);
  });

  it("asks for another look at what nobody could confirm", async () => {
    const outputs = { ...kept.outputs, expectedTenantId: tenant(1), unconfirmed: true };

    assert.equal((await start().diff({ ...kept, outputs, inputs: declaration(1, 1) })).changes, true);
  });

  it("expects a change of what is not known yet", async () => {
    const inputs = { ...declaration(1, 1), tenantId: UNKNOWN_VALUE };

    assert.deepEqual(await start().diff({ ...kept, inputs }), { changes: true, replaces: [] });
  });

  it("holds a tenant that is left out and known from the state against a later row", async () => {
    const lifecycle = start();
    const inputs = accepted(lifecycle, declaration(undefined, 1));
    await lifecycle.diff({ ...kept, inputs });

    assert.match(lifecycle.check(declaration(1, 2)).failures[0]?.reason ?? "", /CSP_CLAIMED_TWICE/);
  });

  it("holds it against an earlier row as well", async () => {
    const lifecycle = start();
    accepted(lifecycle, declaration(1, 2));
    const inputs = accepted(lifecycle, declaration(undefined, 1));

    await assert.rejects(lifecycle.diff({ ...kept, inputs }), /CSP_CLAIMED_TWICE/);
  });

  it("holds nothing against a row that takes over what another one is moved away from", async () => {
    const lifecycle = start();
    accepted(lifecycle, declaration(2, 1));
    const inputs = accepted(lifecycle, declaration(undefined, 3));

    assert.deepEqual((await lifecycle.diff({ ...kept, inputs })).replaces, ["customerSubscriptionId"]);
  });

  it("holds nothing against a row that takes the place of one the program has dropped", async () => {
    const lifecycle = start();
    await lifecycle.diff({ ...kept, inputs: declaration(undefined, 1) });

    accepted(lifecycle, declaration(1, 2, { overwrite: [1] }));
  });

  it("does not declare anything: a refresh diffs resources that the program has dropped", async () => {
    const client = createWorld([mapping(1, 1)]);
    const { lifecycle } = startRun(client);
    await lifecycle.diff({ ...kept, inputs: declaration(undefined, 1) });

    await lifecycle.delete(kept);

    assert.equal(client.calls.at(-1)?.operation, "deleteCustomerSubscription");
  });
});
