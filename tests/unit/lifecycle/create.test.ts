import assert from "node:assert/strict";
import type { RegistrationsClient } from "../../../provider/src/clients/registrationsClient.ts";
import { ProviderError } from "../../../provider/src/domain/errors/providerError.ts";
import { UNKNOWN_VALUE } from "../../../provider/src/domain/unknown.ts";
import {
  armIdOf,
  count,
  create,
  createWorld,
  declaration,
  lyon,
  mapping,
  notAuthorized,
  paris,
  partialFailure,
  refusal,
  rejection,
  serviceFailed,
  startRun,
  subscription,
  tenant,
  writes,
} from "./harness.ts";

describe("createCustomerSubscription: create", () => {
  it("writes a mapping that is not there, with one list and one write", async () => {
    const client = createWorld();
    const run = startRun(client);

    const created = await create(run, declaration(1, 1));

    assert.equal(created.id, armIdOf(1));
    assert.deepEqual(created.outputs, { tenantId: tenant(1) });
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    assert.equal(count(client, "listCustomerSubscriptions"), 1);
    assert.equal(count(client, "getCustomerSubscription"), 0);
    assert.equal(run.changes.length, 1);
    assert.equal(run.changes[0]?.outcome, "done");
  });

  it("makes sure by an item GET where the answer has no body", async () => {
    const client = createWorld([], { putAnswer: "empty" });

    const created = await create(startRun(client), declaration(1, 1));

    assert.equal(created.id, armIdOf(1));
    assert.equal(count(client, "getCustomerSubscription"), 1);
  });

  it("adopts the same mapping without a write, and says so", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun(client);

    const created = await create(run, declaration(1, 1));

    assert.equal(created.id, armIdOf(1));
    assert.deepEqual(writes(client), []);
    assert.match(run.said.join(), new RegExp(`${tenant(1)}.*${subscription(1)}.*adopted`));
    assert.deepEqual(run.changes, []);
  });

  it("writes what a lagging list still shows but an item GET does not", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.freezeLists();
    await client.deleteCustomerSubscription({ registration: paris, customerSubscriptionId: subscription(1) });

    await create(startRun(client), declaration(1, 1));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("takes the spelling of the service into the id", async () => {
    const upper = { tenantId: tenant(1).toUpperCase(), customerSubscriptionId: subscription(1).toUpperCase() };
    const client = createWorld([upper]);

    const created = await create(startRun(client), declaration(1, 1));

    assert.equal(created.id, armIdOf(1).replace(subscription(1), subscription(1).toUpperCase()));
    assert.equal(created.outputs.tenantId, tenant(1));
    assert.deepEqual(writes(client), []);
  });

  it("sends ids in lower case however they are declared", async () => {
    const client = createWorld();
    const { tenantId, customerSubscriptionId, ...rest } = declaration(1, 1);

    await create(startRun(client), {
      ...rest,
      tenantId: tenantId?.toUpperCase(),
      customerSubscriptionId: customerSubscriptionId.toUpperCase(),
    });

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("leaves another registration's mapping of the tenant alone", async () => {
    const client = createWorld([mapping(1, 1)]);

    await create(startRun(client), declaration(1, 2, { registration: lyon }));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
    assert.deepEqual(client.mappings(lyon), [mapping(1, 2)]);
  });

  it("refuses a value that is not known yet", async () => {
    for (const property of ["registrationId", "customerSubscriptionId", "tenantId", "retainUntil"]) {
      const client = createWorld();
      const { lifecycle } = startRun(client);
      const properties = { ...declaration(1, 1), [property]: UNKNOWN_VALUE };

      const error = await refusal(lifecycle.create(properties), "CSP_INPUT_TYPE");

      assert.match(error.message, new RegExp(property));
      assert.deepEqual(client.calls, []);
    }
  });

  it("judges inputs that skipped check", async () => {
    const client = createWorld();

    const error = await rejection(startRun(client).lifecycle.create({ ...declaration(1, 1), tenantId: "contoso" }));

    assert.match(error.message, /CSP_GUID_MALFORMED.*contoso/);
    assert.deepEqual(client.calls, []);
  });
});

describe("createCustomerSubscription: the directory of the subscription", () => {
  const directories = { subscriptions: [{ subscriptionId: subscription(1), tenantId: tenant(1).toUpperCase() }] };

  it("is taken for a tenant that is left out, in lower case", async () => {
    const client = createWorld([], directories);

    const created = await create(startRun(client), declaration(undefined, 1));

    assert.equal(created.outputs.tenantId, tenant(1));
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("has to be known where the tenant is left out", async () => {
    const client = createWorld();

    const error = await refusal(create(startRun(client), declaration(undefined, 1)), "CSP_DIRECTORY_UNRESOLVED");

    assert.match(error.message, /Set `tenantId`/);
    assert.deepEqual(writes(client), []);
  });

  it("refuses another tenant before anything is written, naming both", async () => {
    const client = createWorld([], directories);

    const error = await refusal(create(startRun(client), declaration(2, 1)), "CSP_DIRECTORY_MISMATCH");

    assert.match(error.message, new RegExp(`${tenant(1)}.*${tenant(2)}`, "i"));
    assert.deepEqual(writes(client), []);
  });

  it("refuses another tenant also where that mapping is live already", async () => {
    const client = createWorld([mapping(2, 1)], directories);

    await refusal(create(startRun(client), declaration(2, 1)), "CSP_DIRECTORY_MISMATCH");
  });

  it("is warned about, and not guessed, where Azure does not say it", async () => {
    const client = createWorld();
    const run = startRun(client);

    await create(run, declaration(1, 1));

    assert.match(run.said.join(), /did not say which directory/);
  });

  it("stops every row of a column that has slipped by one", async () => {
    const subscriptions = [1, 2, 3].map((n) => ({ subscriptionId: subscription(n), tenantId: tenant(n) }));
    const client = createWorld([], { subscriptions });
    const run = startRun(client);

    await Promise.all([1, 2].map((n) => refusal(create(run, declaration(n, n + 1)), "CSP_DIRECTORY_MISMATCH")));

    assert.deepEqual(client.mappings(paris), []);
  });
});

describe("createCustomerSubscription: conflicts of a create", () => {
  it("refuses a tenant that is mapped to another subscription, with both ids", async () => {
    const client = createWorld([mapping(1, 1)]);

    const error = await refusal(create(startRun(client), declaration(1, 2)), "CSP_TENANT_MAPPED_ELSEWHERE");

    assert.match(error.message, new RegExp(subscription(1)));
    assert.match(error.message, new RegExp(subscription(2)));
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("refuses a subscription that is mapped to another tenant, with both ids", async () => {
    const client = createWorld([mapping(1, 1)]);

    const error = await refusal(create(startRun(client), declaration(2, 1)), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE");

    assert.match(error.message, new RegExp(tenant(1)));
    assert.match(error.message, new RegExp(tenant(2)));
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("reports both conflicts at once", async () => {
    const client = createWorld([mapping(1, 1), mapping(2, 2)]);

    const error = await rejection(create(startRun(client), declaration(1, 2)));

    assert.match(error.message, /CSP_TENANT_MAPPED_ELSEWHERE/);
    assert.match(error.message, /CSP_SUBSCRIPTION_MAPPED_ELSEWHERE/);
  });

  it("finds a conflict in whatever letter case the service spells it", async () => {
    const upper = { tenantId: tenant(1).toUpperCase(), customerSubscriptionId: subscription(1).toUpperCase() };
    const client = createWorld([upper]);

    await refusal(create(startRun(client), declaration(1, 2)), "CSP_TENANT_MAPPED_ELSEWHERE");
    await refusal(create(startRun(client), declaration(2, 1)), "CSP_SUBSCRIPTION_MAPPED_ELSEWHERE");
  });

  it("writes where `overwrite` names what stands in the way, in any letter case", async () => {
    const client = createWorld([mapping(1, 1)]);
    const named = { ...declaration(1, 2), overwrite: [subscription(1).toUpperCase()] };

    await create(startRun(client), named);

    assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
  });

  it("refuses where `overwrite` names another mapping than the live one", async () => {
    const client = createWorld([mapping(1, 3)]);

    await refusal(create(startRun(client), declaration(1, 2, { overwrite: [1, 2] })), "CSP_TENANT_MAPPED_ELSEWHERE");

    assert.deepEqual(client.mappings(paris), [mapping(1, 3)]);
  });

  it("is not stopped by a conflict that only a lagging list shows", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.freezeLists();
    await client.deleteCustomerSubscription({ registration: paris, customerSubscriptionId: subscription(1) });

    await create(startRun(client), declaration(1, 2));

    assert.deepEqual(client.mappings(paris), [mapping(1, 2)]);
  });

  it("records whose mapping the write displaced", async () => {
    const client = createWorld([mapping(1, 1)]);
    const run = startRun(client);

    await create(run, declaration(1, 2, { overwrite: [1] }));

    assert.equal(run.changes[0]?.oldCustomerSubscriptionId, subscription(1));
    assert.equal(run.changes[0]?.newTenantId, tenant(1));
  });
});

describe("createCustomerSubscription: doubts after a create", () => {
  it("finds the mapping by itself where the answer was lost", async () => {
    const client = createWorld();
    client.fail({ operation: "putCustomerSubscription", when: "after", error: serviceFailed() });

    const created = await create(startRun(client), declaration(1, 1));

    assert.equal(created.id, armIdOf(1));
    assert.equal("unconfirmed" in created.outputs, false);
  });

  it("re-reads a mapping that does not show at once", async () => {
    const client = createWorld([], { putAnswer: "empty" });
    const hidden = startRun(client);
    const notFound = await rejection(
      client.getCustomerSubscription({ registration: paris, customerSubscriptionId: subscription(1) }),
    );
    client.fail({ operation: "getCustomerSubscription", when: "before", times: 2, error: notFound });

    await create(hidden, declaration(1, 1));

    assert.deepEqual(hidden.pauses, [500, 1_000]);
  });

  it("keeps what nobody can confirm, with id and properties", async () => {
    const client = createWorld();
    const run = startRun(client);
    client.fail({ operation: "putCustomerSubscription", when: "before", error: serviceFailed() });

    const failure = await partialFailure(create(run, declaration(1, 1, { retainUntil: "2027-01-31" })));

    assert.equal(failure.id, armIdOf(1));
    assert.equal(failure.outputs.tenantId, tenant(1));
    assert.equal(failure.outputs.retainUntil, "2027-01-31");
    assert.equal(failure.outputs.unconfirmed, true);
    assert.match(failure.reasons.join(), /CSP_OUTCOME_UNKNOWN.*CSP_SERVICE_FAILED/s);
    assert.deepEqual(JSON.parse(JSON.stringify(failure.outputs)), failure.outputs);
    assert.equal(run.changes[0]?.outcome, "unknown");
  });

  it("keeps a write whose look-up is refused", async () => {
    const client = createWorld([], { putAnswer: "empty" });
    client.fail({ operation: "getCustomerSubscription", when: "before", error: notAuthorized() });

    await partialFailure(create(startRun(client), declaration(1, 1)));
  });

  it("reports a tenant that the service keeps in place of the one that was sent, with both", async () => {
    const client = keepingTenant(createWorld(), tenant(9));

    const failure = await partialFailure(create(startRun(client), declaration(1, 1)));

    assert.match(failure.message, new RegExp(`CSP_TENANT_DIFFERS.*${tenant(1)}.*${tenant(9)}`, "s"));
    assert.equal(failure.outputs.unconfirmed, true);
  });

  it("never takes a foreign tenant's mapping for its own after a write that was lost", async () => {
    const client = createWorld([mapping(9, 1)]);
    client.fail({ operation: "putCustomerSubscription", when: "before", error: serviceFailed() });
    const { id, outputs } = await partialFailure(create(startRun(client), declaration(1, 1, { overwrite: [1] })));

    const later = startRun(client);
    await later.lifecycle.delete({ id, outputs });

    assert.deepEqual(client.mappings(paris), [mapping(9, 1)]);
    assert.match(later.said.join(), new RegExp(tenant(9)));
  });

  it("keeps a mapping whose change log entry could not be written, and the next run adopts it", async () => {
    const client = createWorld();
    const run = startRun(client);
    const unwritable = new ProviderError("CSP_CHANGE_LOG_UNWRITABLE", { path: "log", reason: "ENOSPC" });
    run.deps.record = () => Promise.reject(unwritable);

    const { id, message } = await partialFailure(create(run, declaration(1, 1)));

    assert.equal(id, armIdOf(1));
    assert.match(message, /ENOSPC/);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("leaves nothing in the state where the service refused", async () => {
    const client = createWorld([], {
      subscriptions: [{ subscriptionId: subscription(1), refusedAs: "InvalidCSPSubscription" }],
    });
    const run = startRun(client);

    await refusal(create(run, declaration(1, 1)), "CSP_INVALID_CSP_SUBSCRIPTION");

    assert.deepEqual(run.changes, []);
  });
});

function keepingTenant(client: RegistrationsClient, tenantId: string): RegistrationsClient {
  return { ...client, putCustomerSubscription: (id) => client.putCustomerSubscription(id, tenantId) };
}
