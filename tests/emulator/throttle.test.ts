import assert from "node:assert/strict";
import type { Emulator, Modes } from "@azurestack-csp/emulator";
import { type Call, startCalled } from "./support/caller.ts";
import { customerSubscriptionPath, registrationPath, sample } from "./support/sample.ts";

const { csp, delmas, lyon, paris } = sample;
const ITEM = customerSubscriptionPath(paris, delmas.subscriptionId);

describe("throttling", () => {
  let now: Date;
  let emulator: Emulator;
  let call: Call;
  const start = async (modes: Partial<Modes> = {}) => {
    now = new Date("2026-11-21T10:00:00Z");
    const slow = { capacity: 3, perSecond: 0.5 };
    ({ emulator, call } = await startCalled({
      now: () => now,
      modes,
      throttle: { reads: slow, writes: slow, deletes: slow },
    }));
  };
  const exhaust = async () => {
    for (let index = 0; index < 3; index += 1) await call("PUT", ITEM, { body: {} });
    return call("PUT", ITEM, { body: {} });
  };

  afterEach(() => emulator.close());

  it("counts down and refuses with ARM's words", async () => {
    await start();
    const first = await call("PUT", ITEM, { body: {} });
    const refused = await exhaust();

    assert.equal(first.headers["x-ms-ratelimit-remaining-subscription-writes"], "2");
    assert.equal(refused.status, 429);
    assert.equal(refused.headers["retry-after"], "2");
    assert.equal(refused.headers["x-ms-ratelimit-remaining-subscription-writes"], "0");
    assert.deepEqual(refused.body, {
      error: {
        code: "SubscriptionRequestsThrottled",
        message: `Number of 'write' requests for subscription '${paris.subscriptionId}' actor '${csp.objectId}' exceeded. Please try again after '2' seconds after additional tokens are available. Refer to https://aka.ms/arm-throttling for additional information.`,
      },
    });
  });

  it("fills up with time, to its capacity", async () => {
    await start();
    await exhaust();
    now = new Date(now.getTime() + 2000);
    const one = await call("PUT", ITEM, { body: {} });
    const none = await call("PUT", ITEM, { body: {} });
    now = new Date(now.getTime() + 1_800_000);
    const full = await call("PUT", ITEM, { body: {} });

    assert.deepEqual([one.status, none.status], [200, 429]);
    assert.equal(full.headers["x-ms-ratelimit-remaining-subscription-writes"], "2");
  });

  it("counts operation types and subscriptions apart", async () => {
    await start();
    await exhaust();

    assert.equal((await call("GET", registrationPath(paris))).status, 200);
    assert.equal((await call("DELETE", ITEM)).status, 200);
    assert.equal((await call("PUT", customerSubscriptionPath(lyon, delmas.subscriptionId), { body: {} })).status, 200);
  });

  it("retryAfter=omitted: leaves the header out", async () => {
    await start({ retryAfter: "omitted" });

    assert.equal((await exhaust()).headers["retry-after"], undefined);
  });

  it("has ARM's limits when only switched on", async () => {
    ({ emulator, call } = await startCalled({ throttle: true }));

    assert.equal(
      (await call("GET", registrationPath(paris))).headers["x-ms-ratelimit-remaining-subscription-reads"],
      "249",
    );
    assert.equal(
      (await call("PUT", ITEM, { body: {} })).headers["x-ms-ratelimit-remaining-subscription-writes"],
      "199",
    );
  });
});
