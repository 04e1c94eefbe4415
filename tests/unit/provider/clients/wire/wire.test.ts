import assert from "node:assert/strict";
import { createHttpHeaders, type PipelineRequest, RestError } from "@azure/core-rest-pipeline";
import type { SentWrite } from "../../../../../provider/src/clients/wire/changeLog.ts";
import type { Service } from "../../../../../provider/src/clients/wire/service.ts";
import { createWire, type WireRequest } from "../../../../../provider/src/clients/wire/wire.ts";
import type { ErrorCode } from "../../../../../provider/src/domain/errors/catalogue.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import { orderlyToyService, toyService } from "./toyService.ts";
import { createVirtualClock } from "./virtualClock.ts";

interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const SECRET = "toy-shop-secret";
const CLAIMS = Buffer.from(JSON.stringify({ appid: "the toy shop" })).toString("base64url");

const order: WireRequest = { method: "POST", url: "https://toys.example/orders", body: { toy: "train" } };
const stock: WireRequest = { method: "GET", url: "https://toys.example/stock" };

/** A toy service at the far end: gives these replies in turn, then 200, and remembers what it was asked. */
function createToyShop(service: Service, replies: readonly (Reply | Error)[] = []) {
  const clock = { ...createVirtualClock(), random: () => 1 };
  const sent: PipelineRequest[] = [];
  const scopes: string[] = [];
  const written: (SentWrite | "opened")[] = [];
  const credential = {
    async getToken(asked: string | string[]) {
      scopes.push(...[asked].flat());
      return { token: `eyJ0.${CLAIMS}.x`, expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
    },
  };
  async function sendRequest(request: PipelineRequest) {
    const reply = replies[sent.length] ?? {};
    sent.push(request);
    if (reply instanceof Error) throw reply;
    const { status = 200, headers = {}, body = {} } = reply;
    return { request, status, headers: createHttpHeaders(headers), bodyAsText: JSON.stringify(body) };
  }
  const wire = createWire(service, {
    httpClient: async () => ({ sendRequest }),
    clock,
    newId: () => `id ${sent.length}`,
    changeLog: { open: async () => void written.push("opened"), observe: (write) => void written.push(write) },
    secrets: [SECRET],
  });
  const line = wire.line(credential);
  const send = (request: WireRequest) => clock.run(wire.send(line, request));
  return { wire, send, sent, scopes, written, clock };
}

const codeIs = (code: ErrorCode) => (error: unknown) => hasCode(error, code);

describe("a service on the wire", () => {
  it("gets a token for its own audience, its own correlation id and a body of JSON", async () => {
    const { send, sent, scopes } = createToyShop(toyService);

    await send({ ...order, headers: { "toy-order": "1" } });

    const headers = sent[0]?.headers;
    assert.deepEqual(scopes, ["https://toys.example/api/.default"]);
    assert.match(headers?.get("authorization") ?? "", /^Bearer eyJ0/);
    assert.equal(headers?.get("toy-correlation"), "id 0");
    assert.equal(headers?.get("toy-order"), "1");
    assert.equal(headers?.get("content-type"), "application/json");
    assert.equal(sent[0]?.body, '{"toy":"train"}');
  });

  it("gets no token where no credential signs", async () => {
    const { wire, sent, scopes, clock } = createToyShop(toyService);

    await clock.run(wire.send(wire.line(), stock));

    assert.deepEqual([scopes, sent[0]?.headers.get("authorization")], [[], undefined]);
  });

  it("keeps its token to itself: no request leaves for another origin, and no redirect is followed", async () => {
    const { send, sent } = createToyShop(toyService, [
      { status: 307, headers: { location: "https://elsewhere.example" } },
    ]);

    await assert.rejects(send({ ...stock, url: "https://elsewhere.example/stock" }), codeIs("CSP_NOT_ARM"));
    assert.equal((await send(stock)).status, 307);

    assert.deepEqual(
      sent.map(({ url }) => url),
      [stock.url],
    );
  });

  it("gets no POST twice, unless it says that it may be repeated", async () => {
    const lost = [new RestError("broken", { code: "ECONNRESET" })];
    const silent = createToyShop(toyService, lost);
    const orderly = createToyShop(orderlyToyService, lost);

    await assert.rejects(silent.send({ ...order, headers: { "toy-order": "1" } }), codeIs("CSP_UNREACHABLE"));
    const answer = await orderly.send({ ...order, headers: { "toy-order": "1" } });

    assert.equal(silent.sent.length, 1);
    assert.deepEqual([orderly.sent.length, answer.attempts], [2, 2]);
    for (const { headers } of orderly.sent) {
      assert.deepEqual([headers.get("toy-order"), headers.get("toy-correlation")], ["1", "id 0"]);
    }
  });

  it("says in its own form what went wrong, and shows no secret that it repeats", async () => {
    const refusal = { status: 409, body: { fault: 7, words: `Sold out, ${SECRET}.` } };

    const answer = await createToyShop(toyService, [refusal]).send(order);

    assert.deepEqual(answer.error, { code: "7", message: "Sold out, ***." });
    assert.equal(answer.request, "POST /orders");
  });

  it("is not asked faster than its own buckets allow, each by itself", async () => {
    const { send, clock } = createToyShop(toyService, [{ headers: { "toys-left": "0" } }]);

    await send(order);
    await send(stock);
    assert.equal(clock.now(), 0);
    await send(order);

    assert.equal(clock.now(), 2_000);
  });

  it("has its changes noted: the log is opened before, and told who changed what", async () => {
    const { send, written } = createToyShop(toyService, [{ headers: { "toy-correlation": "theirs" } }]);

    await send({ ...order, changes: "/orders/train" });
    await send(stock);

    assert.deepEqual(written, [
      "opened",
      { resource: "/orders/train", principal: "the toy shop", correlationId: "theirs" },
    ]);
  });
});
