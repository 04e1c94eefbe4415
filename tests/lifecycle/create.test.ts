import assert from "node:assert/strict";
import {
  armIdOf,
  beaumont,
  type Customer,
  delmas,
  garance,
  horizon,
  inputsOf,
  paris,
  vasseur,
} from "../support/customers.ts";
import { type DynamicHost, PROVIDER, partialFailureOf, startDynamicHost } from "../support/dynamicHost.ts";

describe("create, in the dynamic host", () => {
  let host: DynamicHost;

  beforeEach(async () => {
    host = await startDynamicHost();
  });

  afterEach(() => host.stop());

  const isLive = ({ customerSubscriptionId, tenantId }: Customer) =>
    host.azure.facts
      .customerSubscriptions(paris)
      .some((live) => live.customerSubscriptionId === customerSubscriptionId && live.tenantId === tenantId);
  const puts = () => host.azure.journal().filter(({ method }) => method === "PUT");

  it("registers the mapping and gives back its ARM id and outputs", async () => {
    const { id, properties } = await host.create(inputsOf(paris, delmas));

    assert.equal(id, armIdOf(paris, delmas));
    assert.deepEqual(properties, {
      __provider: PROVIDER,
      tenantId: delmas.tenantId,
    });
    assert.ok(isLive(delmas));
  });

  it("resolves a tenant that is left out", async () => {
    const { tenantId, ...inputs } = inputsOf(paris, delmas);

    const { properties } = await host.create(inputs);

    assert.equal(properties.tenantId, tenantId);
  });

  it("adopts what is live, and says so", async () => {
    const { id } = await host.create(inputsOf(paris, beaumont));

    assert.equal(id, armIdOf(paris, beaumont));
    assert.deepEqual(puts(), []);
    assert.match(host.output(), /adopted/);
  });

  it("refuses a subscription of another directory and sends no PUT", async () => {
    const shifted = { ...inputsOf(paris, delmas), tenantId: garance.tenantId };

    const error = await failure(host.create(shifted));

    assert.match(error.message, /\[CSP_DIRECTORY_MISMATCH\]/);
    assert.ok(error.message.includes(delmas.tenantId) && error.message.includes(garance.tenantId));
    assert.equal(partialFailureOf(error), undefined);
    assert.deepEqual(puts(), []);
  });

  it("reads a registration's list once and finds each directory once, however many mappings are made", async () => {
    await Promise.all([delmas, garance, horizon, vasseur].map((customer) => host.create(inputsOf(paris, customer))));

    const gets = host.azure.journal().filter(({ method, kind }) => method === "GET" && kind === "request");
    assert.equal(gets.length, 1);
    assert.equal(puts().length, 4);
  });

  it("keeps id, outputs and provider of a write whose outcome nobody could confirm", async () => {
    host.azure.addFault({
      match: { operation: "CustomerSubscriptions_Create" },
      when: "afterCommit",
      what: { garble: true },
    });
    host.azure.addFault({
      match: { operation: "CustomerSubscriptions_Get" },
      what: { status: 403, code: "AuthorizationFailed" },
    });

    const error = await failure(host.create(inputsOf(paris, delmas)));

    const left = partialFailureOf(error);
    assert.equal(left?.id, armIdOf(paris, delmas));
    assert.equal(left.properties.__provider, PROVIDER);
    assert.equal(left.properties.tenantId, delmas.tenantId);
    assert.match(left.reasons.join("\n"), /\[CSP_OUTCOME_UNKNOWN\]/);
  });

  it("counts a garbled answer as success where the mapping can be read back", async () => {
    host.azure.addFault({ match: { method: "PUT" }, when: "onResponse", nth: 1, what: { garble: true } });

    const { id } = await host.create(inputsOf(paris, delmas));

    assert.equal(id, armIdOf(paris, delmas));
  });

  it("explains a refusal with code, status and correlation id, and leaves nothing in the state", async () => {
    host.azure.facts.setRegistration(paris, { approvedForMultiTenancy: false });

    const error = await failure(host.create(inputsOf(paris, delmas)));

    assert.match(error.message, /\[CSP_UNAUTHORIZED_CSP_REGISTRATION\]/);
    assert.match(error.message, /correlation id [0-9a-f-]{36}/);
    assert.equal(partialFailureOf(error), undefined);
  });

  it("writes to a registration that refused once no second time in the same run", async () => {
    host.azure.facts.setRegistration(paris, { approvedForMultiTenancy: false });

    const outcomes = await Promise.allSettled(
      [delmas, garance, horizon].map((one) => host.create(inputsOf(paris, one))),
    );

    const messages = outcomes.map((outcome) => (outcome.status === "rejected" ? String(outcome.reason.message) : ""));
    assert.equal(messages.filter((message) => message.includes("CSP_UNAUTHORIZED_CSP_REGISTRATION] ")).length, 1);
    assert.equal(messages.filter((message) => message.includes("[CSP_REGISTRATION_STOPPED]")).length, 2);
    assert.equal(puts().length, 1);
  });

  it("answers the second call in full too where the environment names no usable cloud", async () => {
    await host.stop();
    host = await startDynamicHost({ env: { AZURESTACK_CSP_RESOURCE_MANAGER: "http://127.0.0.1:1" } });

    const errors = [
      await failure(host.create(inputsOf(paris, delmas))),
      await failure(host.create(inputsOf(paris, garance))),
    ];

    for (const { message } of errors) assert.match(message, /\[CSP_ENDPOINT_MALFORMED\]/);
  });
});

async function failure(call: Promise<unknown>): Promise<Error> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof Error, "the call succeeded");
  return outcome;
}
