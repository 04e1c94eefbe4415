import assert from "node:assert/strict";
import type { Emulator, EmulatorOptions, FaultRule } from "@azurestack-csp/emulator";
import { type Call, startCalled } from "./support/caller.ts";
import { customerSubscriptionPath, registrationPath, sample } from "./support/sample.ts";

const { beaumont, csp, delmas, paris } = sample;
const LIST = `${registrationPath(paris)}/customerSubscriptions`;
const ITEM = customerSubscriptionPath(paris, delmas.subscriptionId);
const put: FaultRule["match"] = { operation: "CustomerSubscriptions_Create" };

describe("faults", () => {
  let emulator: Emulator;
  let call: Call;
  const start = async (options: EmulatorOptions = {}) => {
    ({ emulator, call } = await startCalled(options));
  };
  const isMapped = () =>
    emulator.facts.customerSubscriptions(paris).some((entry) => entry.customerSubscriptionId === delmas.subscriptionId);

  afterEach(() => emulator.close());

  it("strike before the operation: nothing is written", async () => {
    await start({
      faults: [{ match: put, what: { status: 503, code: "ServiceUnavailable", message: "Busy.", retryAfter: 7 } }],
    });
    const answer = await call("PUT", ITEM, { body: {} });

    assert.equal(answer.status, 503);
    assert.deepEqual(answer.body, { error: { code: "ServiceUnavailable", message: "Busy." } });
    assert.equal(answer.headers["retry-after"], "7");
    assert.equal(isMapped(), false);
  });

  it("strike after the commit: the answer fails, what was written stays", async () => {
    await start({ faults: [{ match: put, when: "afterCommit", what: { status: 500 } }] });
    const answer = await call("PUT", ITEM, { body: {} });

    assert.deepEqual([answer.status, answer.at("error.code")], [500, "InternalServerError"]);
    assert.equal(isMapped(), true);
  });

  it("cut the connection", async () => {
    await start({ faults: [{ match: put, when: "afterCommit", what: { reset: true } }] });

    await assert.rejects(call("PUT", ITEM, { body: {} }), { code: "ECONNRESET" });
    assert.equal(isMapped(), true);
  });

  it("drop the body", async () => {
    await start({ faults: [{ match: put, when: "onResponse", what: { dropBody: true } }] });

    await assert.rejects(call("PUT", ITEM, { body: {} }), { code: "ECONNRESET" });
    assert.equal(isMapped(), true);
  });

  it("garble the body", async () => {
    await start({ faults: [{ match: put, when: "onResponse", what: { garble: true } }] });
    const answer = await call("PUT", ITEM, { body: {} });

    assert.equal(answer.status, 200);
    assert.equal(answer.body, undefined);
    assert.match(answer.text, /^\{"id":/);
  });

  it("answer with a proxy's page", async () => {
    await start({ faults: [{ match: put, what: { html: true } }] });
    const answer = await call("PUT", ITEM, { body: {} });

    assert.deepEqual([answer.status, answer.headers["content-type"]], [502, "text/html; charset=utf-8"]);
  });

  it("delay by the injected sleep", async () => {
    const slept: number[] = [];
    await start({
      latencyInMs: 40,
      faults: [{ match: { method: "put" }, what: { delayInMs: 2500 } }],
      sleep: async (durationInMs) => void slept.push(durationInMs),
    });
    slept.length = 0;
    const answer = await call("PUT", ITEM, { body: {} });

    assert.equal(answer.status, 200);
    assert.deepEqual(slept, [40, 2500]);
  });

  it("answer a list as it was before the last write, or empty", async () => {
    await start({
      faults: [{ match: { operation: "CustomerSubscriptions_List" }, nth: 1, what: { staleList: true } }],
    });
    await call("PUT", ITEM, { body: {} });
    emulator.addFault({ match: { path: "/customerSubscriptions$" }, nth: 2, what: { staleList: "empty" } });

    const stale = await call("GET", LIST);
    const empty = await call("GET", LIST);
    const live = await call("GET", LIST);

    const names = [stale, empty, live].map((answer) => [answer.at("value")].flat().length);
    assert.deepEqual(names, [2, 0, 3]);
  });

  it("strike only the nth, a number of times, or after some", async () => {
    await start();
    const statuses = async (rule: Omit<FaultRule, "what">) => {
      emulator.clearFaults();
      emulator.addFault({ ...rule, what: { status: 500 } });
      const answers = [];
      for (let index = 0; index < 4; index += 1) answers.push((await call("GET", registrationPath(paris))).status);
      return answers;
    };

    assert.deepEqual(await statuses({ nth: 2 }), [200, 500, 200, 200]);
    assert.deepEqual(await statuses({ times: 2 }), [500, 500, 200, 200]);
    assert.deepEqual(await statuses({ after: 3 }), [200, 200, 200, 500]);
    assert.deepEqual(await statuses({ after: 1, times: 1 }), [200, 500, 200, 200]);
  });

  it("are for one principal, path or method", async () => {
    await start({
      faults: [
        { match: { principal: csp.objectId, path: "hub-PARIS$" }, what: { status: 403 } },
        { match: { method: "DELETE" }, what: { status: 409 } },
        { match: { principal: "somebody else" }, what: { status: 418 } },
      ],
    });

    assert.equal((await call("GET", registrationPath(paris))).status, 403);
    assert.equal((await call("GET", LIST)).status, 200);
    assert.equal((await call("DELETE", customerSubscriptionPath(paris, beaumont.subscriptionId))).status, 409);
  });

  it("strike the token endpoint too", async () => {
    await start();
    emulator.addFault({ match: { operation: "Token_Issue" }, what: { status: 503 } });

    assert.equal((await call("POST", `/${csp.tenantId}/oauth2/v2.0/token`, { apiVersion: null })).status, 503);
  });
});
