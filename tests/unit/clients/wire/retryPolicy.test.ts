import assert from "node:assert/strict";
import { createHttpHeaders, createPipelineRequest, type PipelineResponse, RestError } from "@azure/core-rest-pipeline";
import { createPacer } from "../../../../provider/src/clients/wire/pacer.ts";
import { createRetryPolicy } from "../../../../provider/src/clients/wire/retryPolicy.ts";
import { ProviderError } from "../../../../provider/src/domain/errors/providerError.ts";
import { createVirtualClock } from "./virtualClock.ts";

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** Sends one PUT against replies to come; what is not listed is answered by 200. */
async function play(replies: readonly (Reply | Error)[], options: { signal?: AbortSignal; patience?: number } = {}) {
  const clock = createVirtualClock();
  const pauses: number[] = [];
  const retry = createRetryPolicy({
    ...clock,
    random: () => 1,
    pacer: createPacer(clock),
    onPause: (pause) => pauses.push(pause),
    ...(options.patience === undefined ? {} : { limits: { patience: options.patience } }),
  });
  const request = createPipelineRequest({
    method: "PUT",
    url: "https://management.azure.com/subscriptions/1/x",
    ...(options.signal ? { abortSignal: options.signal } : {}),
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
  return { outcome, sent, pauses, attempts: retry.attempts(request) };
}

const armError = (code: string) => ({ error: { code, message: "m" } });
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
    [
      "MetadataResolverBadGatewayError at any status",
      { status: 400, body: armError("MetadataResolverBadGatewayError") },
    ],
    ["GatewayTimeout without its envelope", { status: 400, body: { Code: "gatewaytimeout" } }],
    ["ServiceUnavailable", { status: 409, body: armError("ServiceUnavailable") }],
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

  for (const [status, code] of [
    [400, "InvalidCustomerSubscriptionId"],
    [401, "InvalidAuthenticationToken"],
    [403, "AuthorizationFailed"],
    [403, "UnauthorizedCspRegistration"],
    [404, "RegistrationNotFound"],
    [409, "ScopeLocked"],
    [412, "PreconditionFailed"],
    [501, "NotImplemented"],
  ] as const) {
    it(`never repeats ${status} ${code}`, async () => {
      const { outcome, sent } = await play([{ status, body: armError(code) }]);
      assert.equal(outcome, status);
      assert.equal(sent, 1);
    });
  }

  for (const [what, error] of [
    ["a refused certificate", broken("SELF_SIGNED_CERT_IN_CHAIN")],
    ["a certificate of another host", broken("ERR_TLS_CERT_ALTNAME_INVALID")],
    ["a failed sign-in", new ProviderError("CSP_CREDENTIAL_MISSING", { tried: "everything", reasons: "" })],
  ] as const) {
    it(`never repeats ${what}`, async () => {
      const { outcome, sent } = await play([error]);
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

  it("gives up at once where the pause asked for is longer than its patience", async () => {
    const { outcome, sent } = await play([{ status: 429, headers: { "retry-after": "3600" } }]);
    assert.equal(outcome, 429);
    assert.equal(sent, 1);
  });

  it("spends its patience over all pauses together", async () => {
    const reply = { status: 429, headers: { "retry-after": "6" } };
    const { sent } = await play([reply, reply, reply], { patience: 13_000 });
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
