import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import {
  type Details,
  type ErrorCode,
  errorCatalogue,
} from "../../../../../../provider/src/domain/errors/catalogue.ts";
import { hasCode, ProviderError } from "../../../../../../provider/src/domain/errors/providerError.ts";
import { createRefusals } from "../../../../../../provider/src/lifecycle/customerSubscription/run/refusals.ts";
import { createMemoryRegistrationsClient } from "../../../../../support/memory/memoryRegistrationsClient.ts";
import {
  armIdOf,
  count,
  create,
  createWorld,
  declaration,
  idOf,
  lyon,
  mapping,
  notAuthorized,
  paris,
  refusal,
  rejection,
  serviceFailed,
  startRun,
  tenant,
  writes,
} from "../harness.ts";

const SIXTEEN = Array.from({ length: 16 }, (_, n) => n + 1);

const FINAL: readonly ErrorCode[] = [
  "CSP_REGISTRATION_NOT_FOUND",
  "CSP_UNAUTHORIZED_CSP_REGISTRATION",
  "CSP_CUSTOMER_SUBSCRIPTIONS_NOT_ALLOWED",
  "CSP_NOT_AUTHENTICATED",
  "CSP_NOT_AUTHORIZED",
];

/** An error of any code, with every placeholder of its texts filled. */
function errorOf(code: ErrorCode): ProviderError {
  const { fact, leadsTo, remedy } = errorCatalogue[code];
  const names = [...`${fact}${leadsTo}${remedy}`.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [name, `the ${name}`]);
  return new ProviderError(code, Object.fromEntries(names) as Details<ErrorCode>);
}

async function reject(code: ErrorCode): Promise<never> {
  throw errorOf(code);
}

describe("createRefusals", () => {
  it("reports the first refusal in full, and the others in a line that names it", async () => {
    const refusals = createRefusals();

    await refusal(
      refusals.guard(idOf(1), () => reject("CSP_NOT_AUTHORIZED")),
      "CSP_NOT_AUTHORIZED",
    );
    const later = await refusal(
      refusals.guard(idOf(2), async () => assert.fail("it was sent")),
      "CSP_REGISTRATION_STOPPED",
    );

    assert.match(later.message, /CSP_NOT_AUTHORIZED/);
    assert.match(later.message, /azurestack-Paris/);
  });

  it("keeps the first one's error full through nested guards", async () => {
    const refusals = createRefusals();

    const nested = refusals.guard(idOf(1), () =>
      refusals.guard(idOf(1), () => refusals.guardWrite(idOf(1), () => reject("CSP_NOT_AUTHORIZED"))),
    );

    await refusal(nested, "CSP_NOT_AUTHORIZED");
  });

  it("sends nothing more for the first one either", async () => {
    const refusals = createRefusals();
    await rejection(refusals.guard(idOf(1), () => reject("CSP_NOT_AUTHORIZED")));

    const again = refusals.guardWrite(idOf(1), async () => assert.fail("it was sent"));

    await refusal(again, "CSP_REGISTRATION_STOPPED");
  });

  it("stops one registration, in any letter case, and no other", async () => {
    const refusals = createRefusals();
    await rejection(refusals.guard(idOf(1), () => reject("CSP_NOT_AUTHORIZED")));

    assert.equal(await refusals.guard(idOf(2, lyon), async () => "sent"), "sent");
    const spelled = { ...paris, registrationName: paris.registrationName.toUpperCase() };
    await refusal(
      refusals.guard(idOf(2, spelled), async () => "sent"),
      "CSP_REGISTRATION_STOPPED",
    );
  });

  it("is not closed by errors that concern one customer, or pass", async () => {
    for (const code of ["CSP_BAD_CUSTOMER_SUBSCRIPTION_ID", "CSP_THROTTLED", "CSP_SCOPE_LOCKED"] as const) {
      const refusals = createRefusals();
      await rejection(refusals.guardWrite(idOf(1), () => reject(code)));

      assert.equal(await refusals.guardWrite(idOf(2), async () => "sent"), "sent");
    }
  });

  it("lets the second write start only after the first was answered", async () => {
    const refusals = createRefusals();
    const order: string[] = [];
    const service = new EventEmitter();
    const answer = once(service, "answer");
    const first = refusals.guardWrite(idOf(1), async () => {
      order.push("first sent");
      await answer;
      order.push("first answered");
    });
    const others = [2, 3].map((n) => refusals.guardWrite(idOf(n), async () => order.push("other sent")));
    service.emit("answer");

    await Promise.all([first, ...others]);

    assert.deepEqual(order, ["first sent", "first answered", "other sent", "other sent"]);
  });
});

describe("refusals of a registration, sixteen creates in flight", () => {
  for (const code of FINAL) {
    it(`are one write and one full error: ${code}`, async () => {
      const client = createWorld();
      client.fail({ operation: "putCustomerSubscription", when: "before", times: 99, error: errorOf(code) });
      const run = startRun(client);

      const errors = await Promise.all(SIXTEEN.map((n) => rejection(create(run, declaration(n, n)))));

      assert.equal(errors.filter((error) => hasCode(error, code)).length, 1);
      assert.equal(errors.filter((error) => hasCode(error, "CSP_REGISTRATION_STOPPED")).length, 15);
      assert.equal(writes(client).length, 1);
    });
  }

  it("are no write at all where the list is refused", async () => {
    const client = createWorld();
    client.fail({ operation: "listCustomerSubscriptions", when: "before", times: 99, error: notAuthorized() });
    const run = startRun(client);

    const errors = await Promise.all(SIXTEEN.map((n) => rejection(create(run, declaration(n, n)))));

    assert.equal(errors.filter((error) => hasCode(error, "CSP_NOT_AUTHORIZED")).length, 1);
    assert.equal(count(client, "listCustomerSubscriptions"), 1);
    assert.deepEqual(writes(client), []);
  });

  it("are reported once for an unapproved registration, while another one is served", async () => {
    const client = createMemoryRegistrationsClient({ registrations: [{ ...paris, approved: false }, lyon] });
    const run = startRun(client);
    const refused = SIXTEEN.map((n) => rejection(create(run, declaration(n, n))));
    const served = SIXTEEN.map((n) => create(run, declaration(n, n, { registration: lyon })));

    const errors = await Promise.all(refused);
    await Promise.all(served);

    assert.equal(errors.filter((error) => hasCode(error, "CSP_UNAUTHORIZED_CSP_REGISTRATION")).length, 1);
    assert.equal(client.mappings(lyon).length, 16);
    assert.equal(count(client, "putCustomerSubscription"), 17);
  });

  it("leave removals of the same run unsent", async () => {
    const client = createWorld([mapping(1, 1)]);
    client.fail({ operation: "putCustomerSubscription", when: "before", error: notAuthorized() });
    const run = startRun(client);
    await rejection(create(run, declaration(2, 2)));

    await refusal(
      run.lifecycle.delete({ id: armIdOf(1), outputs: { tenantId: tenant(1) } }),
      "CSP_REGISTRATION_STOPPED",
    );

    assert.deepEqual(client.mappings(paris), [mapping(1, 1)]);
  });

  it("are not caused by one customer's refusal", async () => {
    const client = createWorld([], {
      subscriptions: [{ subscriptionId: idOf(1).customerSubscriptionId, refusedAs: "BadCustomerSubscriptionId" }],
    });
    const run = startRun(client);

    const results = await Promise.allSettled(SIXTEEN.map((n) => create(run, declaration(n, n))));

    assert.equal(results.filter(({ status }) => status === "rejected").length, 1);
    assert.equal(client.mappings(paris).length, 15);
  });

  it("are not caused by a failure of the first write that passes", async () => {
    const client = createWorld();
    client.fail({ operation: "putCustomerSubscription", when: "after", error: serviceFailed() });
    const run = startRun(client);

    await Promise.all(SIXTEEN.map((n) => create(run, declaration(n, n))));

    assert.equal(client.mappings(paris).length, 16);
  });
});
