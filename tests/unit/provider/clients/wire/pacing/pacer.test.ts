import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { createHttpHeaders } from "@azure/core-rest-pipeline";
import { bucketOfArm } from "../../../../../../provider/src/clients/arm/armService.ts";
import {
  createPacer,
  type PacedRequest,
  type Pacer,
} from "../../../../../../provider/src/clients/wire/pacing/pacer.ts";
import { createVirtualClock, type VirtualClock } from "../virtualClock.ts";

const SUBSCRIPTION = "d52111d9-8fe6-442a-b3f2-281f7629a58b";

interface Service {
  send(method: string): Promise<void>;
  readonly refused: () => number;
}

const requestOf = (method: string, subscription = SUBSCRIPTION): PacedRequest => ({
  method: method as PacedRequest["method"],
  url: `https://management.azure.com/subscriptions/${subscription}/resourceGroups/azurestack?api-version=2017-06-01`,
});

const pacerOf = ({ now, sleep }: Pick<VirtualClock, "now" | "sleep">) =>
  createPacer({ bucketOf: bucketOfArm, now, sleep });

/** ARM's bucket on the far side of a wire; it may refill in whole seconds, and others may have emptied it. */
function createService(options: {
  clock: VirtualClock;
  pacer: Pacer;
  latency: number;
  step?: number;
  tokens?: number;
  says?: (remaining: number) => number | undefined;
}): Service {
  const { clock, pacer, latency, step = 1, says = (remaining) => remaining } = options;
  let tokens = options.tokens ?? 200;
  const capacity = Math.max(200, tokens);
  let refilledAt = 0;
  let refused = 0;

  function take(): { passed: boolean; remaining: number } {
    const at = Math.floor(clock.now() / step) * step;
    tokens = Math.min(capacity, tokens + ((at - refilledAt) / 1000) * 10);
    refilledAt = at;
    if (tokens < 1) return { passed: false, remaining: 0 };
    tokens -= 1;
    return { passed: true, remaining: Math.floor(tokens) };
  }

  async function send(method: string): Promise<void> {
    const slot = await pacer.enter(requestOf(method), { again: false });
    await clock.sleep(latency / 2);
    const { passed, remaining } = take();
    if (!passed) refused += 1;
    const said = says(remaining);
    await clock.sleep(latency / 2);
    const headers: Record<string, string> =
      said === undefined ? {} : { "x-ms-ratelimit-remaining-subscription-writes": String(said) };
    if (!passed) pacer.pause(requestOf(method), 5000);
    slot.leave({ headers: createHttpHeaders(headers) });
  }

  return { send, refused: () => refused };
}

async function inFlight(count: number, times: number, act: () => Promise<void>): Promise<void> {
  let left = times;
  await Promise.all(
    Array.from({ length: count }, async () => {
      while (left > 0) {
        left -= 1;
        await act();
      }
    }),
  );
}

describe("createPacer", () => {
  for (const [what, latency, step] of [
    ["without latency", 0, 1],
    ["at 200 ms of latency", 200, 1],
    ["at 1 s of latency", 1000, 1],
    ["when the bucket refills in steps of a second", 50, 1000],
  ] as const) {
    it(`writes 1,000 times without one refusal and within 1.1 times of what the bucket allows, ${what}`, async () => {
      const clock = createVirtualClock();
      const service = createService({ clock, pacer: pacerOf(clock), latency, step });
      await clock.run(inFlight(16, 1000, () => service.send("PUT")));
      assert.equal(service.refused(), 0);
      assert(clock.now() <= 88_000 + latency, `took ${clock.now()} ms`);
    });
  }

  it("keeps to the documented bucket where the service says nothing", async () => {
    const clock = createVirtualClock();
    const service = createService({ clock, pacer: pacerOf(clock), latency: 20, says: () => undefined });
    await clock.run(inFlight(16, 500, () => service.send("PUT")));
    assert.equal(service.refused(), 0);
    assert(clock.now() >= 30_000 && clock.now() <= 33_000, `took ${clock.now()} ms`);
  });

  it("does not slow a service that has no bucket", async () => {
    const clock = createVirtualClock();
    const service = createService({ clock, pacer: pacerOf(clock), latency: 10, tokens: 1e6, says: () => 1199 });
    await clock.run(inFlight(16, 2000, () => service.send("PUT")));
    assert(clock.now() <= 1300, `took ${clock.now()} ms`);
  });

  it("learns from one request that others have emptied the bucket", async () => {
    const clock = createVirtualClock();
    const service = createService({ clock, pacer: pacerOf(clock), latency: 100, tokens: 0 });
    await clock.run(inFlight(16, 100, () => service.send("PUT")));
    assert.equal(service.refused(), 1);
  });

  it("counts reads, writes and deletes apart, and each subscription by itself", async () => {
    const clock = createVirtualClock();
    const pacer = pacerOf(clock);
    const enterAll = async (request: PacedRequest, times: number) => {
      (await pacer.enter(request, { again: false })).leave(undefined);
      for (let sent = 1; sent < times; sent += 1) await pacer.enter(request, { again: false });
    };
    const requests = [requestOf("PUT"), requestOf("DELETE"), requestOf("PUT", "another"), requestOf("GET")];
    await clock.run(Promise.all(requests.map((request) => enterAll(request, 190))));
    assert.equal(clock.now(), 0);
    await clock.run(enterAll(requestOf("PUT"), 2));
    assert(clock.now() > 0);
  });

  it("counts one subscription once, in whatever letter case a URL spells it", async () => {
    const clock = createVirtualClock();
    const pacer = pacerOf(clock);
    pacer.pause(requestOf("PUT"), 1000);

    await clock.run(pacer.enter(requestOf("PUT", SUBSCRIPTION.toUpperCase()), { again: false }));

    assert.ok(clock.now() >= 1000, `took ${clock.now()} ms`);
  });

  it("lets requests go in the order they came, and a repeated one first", async () => {
    const clock = createVirtualClock();
    const pacer = pacerOf(clock);
    pacer.pause(requestOf("PUT"), 1000);
    const order: string[] = [];
    const enter = async (name: string, again: boolean) => {
      const slot = await pacer.enter(requestOf("PUT"), { again });
      order.push(name);
      slot.leave(undefined);
    };
    const waiting = [enter("first", false), enter("second", false), enter("third", false), enter("repeated", true)];
    await clock.run(Promise.all(waiting));
    assert.deepEqual(order, ["repeated", "first", "second", "third"]);
  });

  it("takes less than nothing left for nothing left", async () => {
    const clock = createVirtualClock();
    const pacer = pacerOf(clock);
    const first = await pacer.enter(requestOf("GET"), { again: false });
    first.leave({ headers: createHttpHeaders({ "x-ms-ratelimit-remaining-subscription-reads": "-100000" }) });

    await clock.run(pacer.enter(requestOf("GET"), { again: false }));

    assert(clock.now() <= 2_000, `took ${clock.now()} ms`);
  });

  it("stays shut, and rejects nothing unseen, where the sleep is cancelled with the run", async () => {
    const cancel = new AbortController();
    const sleep = (milliseconds: number) => setTimeout(milliseconds, undefined, { signal: cancel.signal });
    const pacer = createPacer({ bucketOf: bucketOfArm, now: Date.now, sleep });
    pacer.pause(requestOf("PUT"), 3_600_000);
    const entered = pacer.enter({ ...requestOf("PUT"), abortSignal: cancel.signal }, { again: false });
    cancel.abort();
    await assert.rejects(entered, { name: "AbortError" });
  });

  it("lets a cancelled request out of the queue without its turn", async () => {
    const clock = createVirtualClock();
    const pacer = pacerOf(clock);
    const cancel = new AbortController();
    pacer.pause(requestOf("PUT"), 1000);
    const entered = pacer.enter({ ...requestOf("PUT"), abortSignal: cancel.signal }, { again: false });
    cancel.abort();
    await assert.rejects(entered, { name: "AbortError" });
    await assert.rejects(pacer.enter({ ...requestOf("PUT"), abortSignal: cancel.signal }, { again: false }), {
      name: "AbortError",
    });
    await clock.run(pacer.enter(requestOf("PUT"), { again: false }));
  });
});
