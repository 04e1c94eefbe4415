import assert from "node:assert/strict";
import { createHttpHeaders, createPipelineRequest, type PipelineResponse, RestError } from "@azure/core-rest-pipeline";
import { createPacer } from "../../../../../provider/src/clients/wire/pacing/pacer.ts";
import { createRetryPolicy } from "../../../../../provider/src/clients/wire/retryPolicy.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import { toyService } from "./toyService.ts";
import { createVirtualClock } from "./virtualClock.ts";

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
}

const broken = (code: string) => new RestError("broken", { code });

describe("createRetryPolicy, after a 429 that asks for more patience than there is", () => {
  const hour = { "retry-after": "3600" };

  /** Sends to a service that answers each URL by its name in the order of the replies, and then by 200. */
  function begin(replies: Record<string, readonly (Reply | Error)[]>) {
    const clock = { ...createVirtualClock(), random: () => 1 };
    const pacer = createPacer({ bucketOf: toyService.bucketOf, now: clock.now, sleep: clock.sleep });
    const { policy } = createRetryPolicy({ service: toyService, pacer, clock });
    const sent: string[] = [];
    const send = async (path: string): Promise<unknown> => {
      const request = createPipelineRequest({ method: "PUT", url: `https://toys.example/${path}` });
      const next = async (): Promise<PipelineResponse> => {
        const reply = replies[path]?.[sent.filter((each) => each === path).length] ?? { status: 200 };
        sent.push(path);
        if (reply instanceof Error) throw reply;
        return { request, status: reply.status, headers: createHttpHeaders(reply.headers ?? {}) };
      };
      return await policy.sendRequest(request, next).then(
        ({ status }) => status,
        (error: unknown) => error,
      );
    };
    return { clock, send, sent };
  }

  const isUntil = (outcome: unknown, until: string) =>
    hasCode(outcome, "CSP_THROTTLED_UNTIL") && outcome.details.until === until && outcome.message.includes(until);

  it("fails unsent what waits for its turn, and what comes later, and tells the time", async () => {
    const { clock, send, sent } = begin({ "orders/1": [{ status: 429, headers: hour }] });

    const [first, second] = await clock.run(Promise.all([send("orders/1"), send("orders/2")]));
    const third = await clock.run(send("orders/3"));

    assert.equal(first, 429);
    assert.ok(isUntil(second, "1970-01-01T01:00:00.000Z"), String(second));
    assert.ok(isUntil(third, "1970-01-01T01:00:00.000Z"), String(third));
    assert.deepEqual(sent, ["orders/1"]);
  });

  it("goes on with other buckets, and with the same one when it is time", async () => {
    const { clock, send, sent } = begin({ "orders/1": [{ status: 429, headers: hour }] });
    await clock.run(send("orders/1"));

    assert.equal(await clock.run(send("stores/1")), 200);
    await clock.run(Promise.all([clock.sleep(3_600_000)]));
    assert.equal(await clock.run(send("orders/2")), 200);
    assert.deepEqual(sent, ["orders/1", "stores/1", "orders/2"]);
  });

  it("lets one that waits to be repeated tell what may have become of it", async () => {
    const lost = [broken("ECONNRESET")];
    const refused = [{ status: 429, headers: { "retry-after": "2" } }];
    const { clock, send } = begin({
      "orders/0": [],
      "orders/1": lost,
      "orders/2": refused,
      "orders/3": [{ status: 429, headers: hour }],
    });
    await clock.run(send("orders/0"));

    const outcomes = await clock.run(Promise.all(["orders/1", "orders/2", "orders/3"].map(send)));

    assert.equal(outcomes[0], lost[0]);
    assert.ok(isUntil(outcomes[1], "1970-01-01T01:00:00.000Z"), String(outcomes[1]));
    assert.equal(outcomes[2], 429);
  });
});
