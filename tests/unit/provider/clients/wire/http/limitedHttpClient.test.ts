import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { failureCode } from "../../../../../../provider/src/clients/wire/http/connectionErrors.ts";
import {
  type HttpLimits,
  limitHttpClient,
} from "../../../../../../provider/src/clients/wire/http/limitedHttpClient.ts";
import { hasCode } from "../../../../../../provider/src/domain/errors/providerError.ts";

const GZIP = { "content-encoding": "gzip" };

describe("limitHttpClient", () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** Sends one request to a server that answers in its own way. */
  async function ask(answer: RequestListener, limits: HttpLimits = {}, timeout = 0) {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { sendRequest } = await limitHttpClient(async () => createDefaultHttpClient(), limits)();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const headers = createHttpHeaders({ "accept-encoding": "gzip" });
    const request = createPipelineRequest({ url, headers, timeout, allowInsecureConnection: true });
    const response = await sendRequest(request);
    assert.equal(response.request, request);
    return response;
  }

  it("hands on an answer, unpacked", async () => {
    const { status, bodyAsText } = await ask((_, response) => {
      response.writeHead(201, GZIP).end(gzipSync("é€"));
    });
    assert.deepEqual([status, bodyAsText], [201, "é€"]);
  });

  it("hands on an answer without a body", async () => {
    assert.equal((await ask((_, response) => response.writeHead(204).end())).bodyAsText, "");
  });

  for (const [what, answer] of [
    ["never answers", () => {}],
    ["begins to answer and never ends", (_, response) => response.writeHead(200).write("{")],
    [
      "packs an answer that never ends",
      (_, response) => response.writeHead(200, GZIP).write(gzipSync("{").subarray(0, 12)),
    ],
  ] as const satisfies readonly (readonly [string, RequestListener])[]) {
    it(`gives up on a server that ${what}, by its own limit or by the request's`, async () => {
      await assert.rejects(ask(answer, { timeoutInMs: 40 }), { name: "AbortError" });
      await assert.rejects(ask(answer, {}, 40), { name: "AbortError" });
    });

    it(`ends with the signal before a server that ${what}`, async () => {
      const cancel = new AbortController();
      const cancelling: RequestListener = (request, response) => {
        answer(request, response);
        setImmediate(() => cancel.abort());
      };
      await assert.rejects(ask(cancelling, { abortSignal: cancel.signal }), { name: "AbortError" });
    });
  }

  it("sends nothing once the signal has fired", async () => {
    const unasked = () => assert.fail("asked");
    await assert.rejects(ask(unasked, { abortSignal: AbortSignal.abort() }), { name: "AbortError" });
  });

  it("comes to the answer of what has left before the signal, where answers are awaited, and sends nothing more", async () => {
    const cancel = new AbortController();
    const limits = { abortSignal: cancel.signal, awaitsAnswers: true };
    const cancelling: RequestListener = (_, response) => {
      cancel.abort();
      setImmediate(() => response.writeHead(201).end());
    };

    assert.equal((await ask(cancelling, limits)).status, 201);
    await assert.rejects(
      ask(() => assert.fail("asked"), limits),
      { name: "AbortError" },
    );
    await assert.rejects(
      ask(() => undefined, { awaitsAnswers: true, timeoutInMs: 40 }),
      { name: "AbortError" },
    );
  });

  it("refuses an answer that grows past its limit, packed or not", async () => {
    const limits = { largestAnswer: 1_000_000 };
    const endless: RequestListener = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(" ".repeat(65_536)));
        response.once("drain", more);
      };
      more();
    };
    const bomb: RequestListener = (_, response) =>
      response.writeHead(200, GZIP).end(gzipSync(Buffer.alloc(10_000_000)));
    for (const answer of [endless, bomb]) {
      await assert.rejects(ask(answer, limits), (error) => {
        assert(hasCode(error, "CSP_NOT_ARM"));
        assert.match(error.message, /more than 1000000 bytes/);
        return true;
      });
    }
  });

  for (const [what, body] of [
    ["is not packed as it says", Buffer.from("{}")],
    ["is packed and cut off", gzipSync("{}".repeat(100)).subarray(0, 15)],
  ] as const) {
    it(`refuses an answer that ${what}`, async () => {
      await assert.rejects(
        ask((_, response) => response.writeHead(200, GZIP).end(body)),
        (error) => hasCode(error, "CSP_NOT_ARM"),
      );
    });
  }

  it("tells a connection that broke in the middle of an answer by its code", async () => {
    const answer: RequestListener = (_, response) => {
      response.writeHead(200, { "content-length": "100" }).write("{");
      setImmediate(() => response.destroy());
    };
    await assert.rejects(ask(answer), (error) => failureCode(error) === "ECONNRESET");
  });
});
