import assert from "node:assert/strict";
import { ProviderError } from "@azurestack-csp/provider";
import { UNKNOWN_VALUE } from "../../../../../../provider/src/domain/unknown.ts";
import {
  armIdOf,
  count,
  create,
  createWorld,
  declaration,
  idOf,
  lyon,
  mapping,
  paris,
  refusal,
  rejection,
  startRun,
  startRunOn,
  subscription,
  tenant,
  upperCaseMapping,
  writes,
} from "../harness.ts";

describe("createCustomerSubscription: create", () => {
  it("writes a mapping that is not there, with one list and one write", async () => {
    const { client, run } = startRunOn();

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
    const { client, run } = startRunOn([mapping(1, 1)]);

    const created = await create(run, declaration(1, 1));

    assert.equal(created.id, armIdOf(1));
    assert.deepEqual(writes(client), []);
    assert.match(run.said.join(), new RegExp(`${tenant(1)}.*${subscription(1)}.*adopted`));
    assert.deepEqual(run.changes, []);
  });

  it("writes what a lagging list still shows but an item GET does not", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.freezeLists();
    await client.deleteCustomerSubscription(idOf(1));

    await create(startRun(client), declaration(1, 1));

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("takes the spelling of the service into the id", async () => {
    const client = createWorld([upperCaseMapping(1, 1)]);

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

      const error = await refusal(lifecycle.create(properties), "CSP_VALUE_UNKNOWN");

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
    const { run } = startRunOn();

    await create(run, declaration(1, 1));

    assert.match(run.said.join(), /did not say which directory/);
  });

  it("is warned about, and not guessed, where Azure cannot be asked for it, and has to be known for a tenant left out", async () => {
    const { client, run } = startRunOn();
    const error = new ProviderError("CSP_CERTIFICATE_REFUSED", { host: "management.azure.com", reason: "expired" });
    client.fail({ operation: "getDirectory", when: "before", times: 2, error });

    await create(run, declaration(1, 1));
    await refusal(create(run, declaration(undefined, 2)), "CSP_CERTIFICATE_REFUSED");

    assert.match(run.said.join(), /did not say which directory .*CSP_CERTIFICATE_REFUSED/s);
    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("stops every row of a column that has slipped by one", async () => {
    const subscriptions = [1, 2, 3].map((n) => ({ subscriptionId: subscription(n), tenantId: tenant(n) }));
    const { client, run } = startRunOn([], { subscriptions });

    await Promise.all([1, 2].map((n) => refusal(create(run, declaration(n, n + 1)), "CSP_DIRECTORY_MISMATCH")));

    assert.deepEqual(client.mappings(paris), []);
  });
});
