import assert from "node:assert/strict";
import { createEmulator, type Emulator, type FaultEffect, type FaultPlace } from "@azurestack-csp/emulator";
import { type Customer, delmas, garance, madeUpCustomers, worldWith } from "../../support/customers.ts";
import {
  assertFailed,
  assertLive,
  assertSucceeded,
  createTenantStack,
  type TenantStack,
  writesOf,
} from "../../support/tenantStack.ts";

/** What goes wrong once with a customer's first PUT, and how often the PUT is sent until it is done. */
const puts: readonly { readonly when: FaultPlace; readonly what: FaultEffect; readonly sent: number }[] = [
  { when: "before", what: { reset: true }, sent: 2 },
  { when: "before", what: { status: 500 }, sent: 2 },
  { when: "before", what: { status: 429, code: "SubscriptionRequestsThrottled", retryAfter: 1 }, sent: 2 },
  { when: "before", what: { status: 429, code: "TooManyRequests" }, sent: 2 },
  { when: "before", what: { status: 400, code: "MetadataResolverBadGatewayError" }, sent: 2 },
  { when: "afterCommit", what: { reset: true }, sent: 2 },
  { when: "afterCommit", what: { status: 503, code: "ServiceUnavailable" }, sent: 2 },
  { when: "onResponse", what: { dropBody: true }, sent: 2 },
  { when: "onResponse", what: { garble: true }, sent: 1 },
  { when: "onResponse", what: { html: true, status: 200 }, sent: 1 },
  { when: "onResponse", what: { delayInMs: 200 }, sent: 1 },
];

const customers = madeUpCustomers(puts.length);

describe("a service that fails once in every place", () => {
  let stack: TenantStack;

  before(async () => {
    stack = await createTenantStack({ world: worldWith(customers), rows: customers });
  });

  after(() => stack.remove());

  beforeEach(() => {
    stack.azure.clearFaults();
    stack.azure.resetJournal();
  });

  it("does not keep an up from registering everybody", async () => {
    for (const [index, { when, what }] of puts.entries()) {
      stack.azure.addFault({ match: { method: "PUT", path: subscriptionOf(index) }, nth: 1, when, what });
    }

    assertSucceeded(await stack.up());

    assertLive(stack.azure, customers);
    for (const [index, { when, what, sent }] of puts.entries()) {
      const count = writesOf(stack.azure).filter((write) => write === `PUT ${subscriptionOf(index)}`).length;
      assert.equal(count, sent, `${when} ${JSON.stringify(what)}`);
    }
  });

  it("leaves nothing behind that the next up would change", async () => {
    assertSucceeded(await stack.up("--expect-no-changes"));
  });

  it("does not make a refresh forget anybody", async () => {
    const operation = "CustomerSubscriptions_List";
    stack.azure.addFault({ match: { operation }, nth: 1, what: { status: 502, code: "BadGateway" } });
    stack.azure.addFault({ match: { operation }, nth: 2, what: { staleList: "empty" } });

    assertSucceeded(await stack.refresh("--expect-no-changes"));
  });

  it("is an error where a list cannot be read at all, and nobody is forgotten", async () => {
    stack.azure.addFault({
      match: { operation: "CustomerSubscriptions_List" },
      when: "onResponse",
      what: { garble: true },
    });

    assert.match(assertFailed(await stack.refresh()), /\[CSP_NOT_ARM\]/);

    assert.equal((await stack.customerSubscriptions()).length, customers.length);
  });

  it("does not keep a destroy from removing everybody", async () => {
    const removals = [...puts.slice(0, 8)];
    for (const [index, { when, what }] of removals.entries()) {
      stack.azure.addFault({ match: { method: "DELETE", path: subscriptionOf(index) }, nth: 1, when, what });
    }

    assertSucceeded(await stack.destroy());

    assertLive(stack.azure, []);
    assert.deepEqual(await stack.customerSubscriptions(), []);
  });

  function subscriptionOf(index: number): string {
    return (customers[index] as Customer).customerSubscriptionId;
  }
});

describe("a service that refuses", () => {
  let azure: Emulator;
  let stack: TenantStack;

  beforeEach(async () => {
    azure = await createEmulator({ modes: { putAnswer: "201-empty" } });
    stack = await createTenantStack({ azure, rows: [delmas, garance] });
  });

  afterEach(async () => {
    await stack.remove();
    await azure.close();
  });

  it("stops one customer and not the others, and the next up completes the list", async () => {
    const what = { status: 409, code: "Conflict", message: "Another operation is in progress." };
    azure.addFault({ match: { method: "PUT", path: delmas.customerSubscriptionId }, what });

    const shown = assertFailed(await stack.up());

    assert.match(shown, /\[CSP_REQUEST_REFUSED\]/);
    assert.match(shown, /409 Conflict: "Another operation is in progress\."/);
    assert.match(shown, /correlation id [0-9a-f-]{36}/);
    assertLive(azure, [garance]);
    azure.clearFaults();
    assertSucceeded(await stack.up());
    assertLive(azure, [delmas, garance]);
    assertSucceeded(await stack.up("--expect-no-changes"));
  });

  it("cannot hide a mapping whose answer was lost: it is in the state, and a removed row removes it", async () => {
    const match = { path: delmas.customerSubscriptionId };
    azure.addFault({ match: { ...match, method: "PUT" }, when: "afterCommit", what: { garble: true, status: 200 } });
    azure.addFault({ match: { ...match, method: "GET" }, what: { status: 403, code: "AuthorizationFailed" } });

    assert.match(assertFailed(await stack.up()), /\[CSP_OUTCOME_UNKNOWN\]/);

    assert.equal((await stack.customerSubscriptions()).length, 2);
    azure.clearFaults();
    await stack.declare([garance]);
    assertSucceeded(await stack.up());
    assertLive(azure, [garance]);
  });
});
