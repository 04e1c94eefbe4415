import assert from "node:assert/strict";
import {
  createHttpHeaders,
  createPipelineRequest,
  type PipelineRequest,
  type PipelineResponse,
  RestError,
} from "@azure/core-rest-pipeline";
import type { Answer } from "../../../../../provider/src/clients/wire/answer.ts";
import { createPacer } from "../../../../../provider/src/clients/wire/pacing/pacer.ts";
import { createRetryPolicy } from "../../../../../provider/src/clients/wire/retryPolicy.ts";
import type { Outcome, Service } from "../../../../../provider/src/clients/wire/service.ts";
import { ProviderError } from "../../../../../provider/src/domain/errors/providerError.ts";
import { orderlyToyService, toyService } from "./toyService.ts";
import { createVirtualClock } from "./virtualClock.ts";

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

interface Play {
  /** By default one that says nothing of repetitions. */
  readonly service?: Service;
  /** By default PUT. */
  readonly method?: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
  readonly patienceInMs?: number;
}

/** Sends one request against replies to come; what is not listed is answered by 200. */
async function play(replies: readonly (Reply | Error)[], options: Play = {}) {
  const { service = toyService, method = "PUT", headers = {}, signal, patienceInMs } = options;
  const clock = { ...createVirtualClock(), random: () => 1 };
  const pauses: number[] = [];
  const pacer = createPacer({ bucketOf: service.bucketOf, now: clock.now, sleep: clock.sleep });
  const retry = createRetryPolicy({
    service,
    pacer,
    clock,
    onPause: (pause) => pauses.push(pause),
    ...(patienceInMs === undefined ? {} : { limits: { patienceInMs } }),
  });
  const request = createPipelineRequest({
    method,
    url: "https://toys.example/orders/1",
    headers: createHttpHeaders(headers),
    ...(signal ? { abortSignal: signal } : {}),
  });
  let sent = 0;
  const next = async (): Promise<PipelineResponse> => {
    const reply = replies[sent] ?? { status: 200 };
    sent += 1;
    if (reply instanceof Error) throw reply;
    const { status, headers = {}, body } = reply;
    const bodyAsText = typeof body === "string" ? body : JSON.stringify(body ?? {});
    return { request, status, headers: createHttpHeaders(headers), bodyAsText };
  };
  const outcome = await clock.run(
    retry.policy.sendRequest(request, next).then(
      ({ status }) => status as unknown,
      (error: unknown) => error,
    ),
  );
  const heldBack = clock.now();
  await clock.run(pacer.enter(request, { again: true }).catch(() => undefined));
  return { outcome, sent, pauses, ...retry.sendings(request), shutForInMs: clock.now() - heldBack };
}

const broken = (code: string) => new RestError("broken", { code });

describe("createRetryPolicy", () => {
  for (const status of [408, 429, 500, 502, 503, 504]) {
    it(`repeats ${status}`, async () => {
      const { outcome, attempts } = await play([{ status }, { status }]);
      assert.equal(outcome, 200);
      assert.equal(attempts, 3);
    });
  }

  for (const [what, reply] of [
    ["a connection that was reset", broken("ECONNRESET")],
    ["a host that refuses connections", broken("ECONNREFUSED")],
    ["an attempt that ran out of time", Object.assign(new Error("aborted"), { name: "AbortError" })],
  ] as const) {
    it(`repeats ${what}`, async () => {
      const { outcome, attempts } = await play([reply]);
      assert.equal(outcome, 200);
      assert.equal(attempts, 2);
    });
  }

  for (const status of [302, 400, 401, 403, 404, 409, 412, 501]) {
    it(`does not repeat ${status} by itself`, async () => {
      const { outcome, sent } = await play([{ status }]);
      assert.equal(outcome, status);
      assert.equal(sent, 1);
    });
  }

  for (const method of ["POST", "PATCH"] as const) {
    for (const [what, reply] of [
      ["429", { status: 429 }],
      ["503", { status: 503 }],
      ["a lost answer", broken("ECONNRESET")],
    ] as const) {
      it(`does not repeat a ${method} after ${what}, where the service does not say that it may be`, async () => {
        const { sent } = await play([reply], { method });
        assert.equal(sent, 1);
      });
    }
  }

  it("repeats a POST where the service says that it may be", async () => {
    const order = { service: orderlyToyService, method: "POST", headers: { "Toy-Order": "1" } } as const;

    assert.equal((await play([broken("ECONNRESET")], order)).attempts, 2);
    assert.equal((await play([{ status: 503 }], order)).attempts, 1);
    assert.equal((await play([broken("ECONNRESET")], { ...order, headers: {} })).attempts, 1);
  });

  it("sends a POST that could not leave, since the sign-in before it was not answered", async () => {
    const unreached = new ProviderError("CSP_UNREACHABLE", { host: "login", reason: "ECONNRESET" });

    const { outcome, sent } = await play([unreached], { method: "POST" });

    assert.deepEqual([outcome, sent], [200, 2]);
  });

  it("asks the service with the error that it reads out of an answer", async () => {
    const asked: Outcome[] = [];
    const service: Service = { ...toyService, isRepeatable: (_, outcome) => asked.push(outcome) < 2 };

    await play([{ status: 409, body: { fault: 7, words: "Busy." } }, broken("EPIPE")], { service, method: "POST" });

    assert.deepEqual((asked[0] as Answer).error, { code: "7", message: "Busy." });
    assert.equal(asked[1], "no answer");
  });

  it("holds back what else goes to the bucket of a request that was throttled and is not repeated", async () => {
    const throttled = { status: 429, headers: { "retry-after": "7" } };

    assert.equal((await play([throttled], { method: "POST" })).shutForInMs, 7000);
    assert.equal((await play([{ status: 503 }], { method: "POST" })).shutForInMs, 0);
  });

  for (const [what, error] of [
    ["a refused certificate", broken("SELF_SIGNED_CERT_IN_CHAIN")],
    ["a certificate of another host", broken("ERR_TLS_CERT_ALTNAME_INVALID")],
    [
      "a failed sign-in",
      new ProviderError("CSP_CREDENTIAL_MISSING", { tried: "everything", reasons: "", login: "az login" }),
    ],
  ] as const) {
    it(`never repeats ${what}`, async () => {
      const { outcome, sent } = await play([error], { service: { ...toyService, isRepeatable: () => true } });
      assert.equal(outcome, error);
      assert.equal(sent, 1);
    });
  }

  it("waits as long as Retry-After asks", async () => {
    const { pauses } = await play([
      { status: 429, headers: { "retry-after": "7" } },
      { status: 503, headers: { "retry-after": "0.5" } },
      {
        status: 429,
        headers: { "retry-after": "Thu, 01 Jan 1970 00:01:00 GMT", date: "Thu, 01 Jan 1970 00:00:50 GMT" },
      },
    ]);
    assert.deepEqual(pauses, [7000, 500, 10_000]);
  });

  for (const [title, status, startedAt] of [
    ["holds back what goes to the same bucket after a 429", 429, 7000],
    ["holds back nothing else after another failure", 503, 0],
  ] as const) {
    it(title, async () => {
      const clock = { ...createVirtualClock(), random: () => 1 };
      const pacer = createPacer({ bucketOf: toyService.bucketOf, now: clock.now, sleep: clock.sleep });
      const retry = createRetryPolicy({ service: toyService, pacer, clock });
      const request = (name: string) =>
        createPipelineRequest({ method: "PUT", url: `https://toys.example/orders/${name}` });
      const starts = new Map<string, number>();
      const next = async (sent: PipelineRequest): Promise<PipelineResponse> => {
        const isFirst = sent.url.endsWith("first") && !starts.has(sent.url);
        starts.set(sent.url, starts.get(sent.url) ?? clock.now());
        const headers = createHttpHeaders(isFirst ? { "retry-after": "7" } : {});
        return { request: sent, status: isFirst ? status : 200, headers };
      };

      await clock.run(Promise.all(["first", "second"].map((name) => retry.policy.sendRequest(request(name), next))));

      assert.equal(starts.get(request("second").url), startedAt);
    });
  }

  it("waits longer each time where Retry-After is absent", async () => {
    const { pauses } = await play([{ status: 429 }, { status: 500 }, { status: 503 }, broken("ETIMEDOUT")]);
    assert.deepEqual(pauses, [1000, 2000, 4000, 8000]);
  });

  it("gives the last answer after five attempts", async () => {
    const { outcome, sent, attempts } = await play(Array.from({ length: 9 }, () => ({ status: 503 })));
    assert.equal(outcome, 503);
    assert.equal(sent, 5);
    assert.equal(attempts, 5);
  });

  it("gives up at once where the pause asked for is longer than its patience, and knows its end", async () => {
    const { outcome, sent, shutUntil } = await play([{ status: 429, headers: { "retry-after": "3600" } }]);
    assert.equal(outcome, 429);
    assert.equal(sent, 1);
    assert.equal(shutUntil, 3_600_000);
  });

  for (const [title, replies, isOpen] of [
    ["after an answer that was lost", [broken("ECONNRESET"), { status: 429 }], true],
    ["after a failure of the service", [{ status: 503 }, { status: 429 }], true],
    ["after refusals alone", [{ status: 429 }, { status: 429 }], false],
    [
      "after a sign-in that was not answered",
      [new ProviderError("CSP_UNREACHABLE", { host: "login", reason: "ECONNRESET" }), { status: 429 }],
      false,
    ],
  ] as const) {
    it(`knows whether a throttled request may have been carried out, ${title}`, async () => {
      const throttled = { status: 429, headers: { "retry-after": "3600" } };
      assert.equal((await play([...replies, throttled])).isOpen, isOpen);
    });
  }

  it("spends its patience over all pauses together", async () => {
    const reply = { status: 429, headers: { "retry-after": "6" } };
    const { sent } = await play([reply, reply, reply], { patienceInMs: 13_000 });
    assert.equal(sent, 3);
  });

  it("repeats nothing once the run is cancelled", async () => {
    const cancel = new AbortController();
    const aborted = Object.assign(new Error("aborted"), { name: "AbortError" });
    const { outcome, sent } = await play([aborted], { signal: AbortSignal.any([cancel.signal]) });
    assert.equal(outcome, 200);
    assert.equal(sent, 2);
    cancel.abort();
    const after = await play([], { signal: cancel.signal });
    assert(after.outcome instanceof Error && after.outcome.name === "AbortError");
    assert.equal(after.sent, 0);
  });
});
