import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { request } from "node:https";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { failureCode } from "../../../../../../provider/src/clients/wire/http/connectionErrors.ts";
import { ProxyAgent, type ProxyAgentOptions } from "../../../../../../provider/src/clients/wire/http/proxyAgent.ts";
import { sample } from "../../../../../emulator/support/sample.ts";

type Tunnel = (request: IncomingMessage, client: Duplex) => void;

const open: Tunnel = ({ url = "" }, client) => {
  const [host, port] = url.split(":");
  const server = connect(Number(port), host, () => {
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    client.pipe(server).pipe(client);
  });
  server.on("error", () => client.destroy());
  client.on("error", () => server.destroy());
};

/** Resolves when the other side has left. */
async function ended(socket: Duplex): Promise<void> {
  await new Promise((resolve) => socket.once("end", resolve).once("error", resolve).resume());
  socket.destroy();
}

describe("ProxyAgent", () => {
  let emulator: Emulator;
  let proxy: Server;
  let asked: IncomingMessage[];
  let agent: ProxyAgent;

  before(async () => {
    emulator = await createEmulator();
  });

  after(() => emulator.close());

  afterEach(() => {
    agent.destroy();
    proxy.close();
  });

  async function startProxy(tunnel: Tunnel, options: Partial<ProxyAgentOptions> = {}, user = ""): Promise<void> {
    asked = [];
    proxy = createServer().on("connect", (message, client) => {
      asked.push(message);
      tunnel(message, client);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const url = new URL(`http://${user}127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    agent = new ProxyAgent({ proxy: url, ca: emulator.caPem ?? "", ...options });
  }

  function get(): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const url = `${emulator.resourceManager}/subscriptions/${sample.delmas.subscriptionId}?api-version=2022-12-01`;
      request(url, { agent }, (response) => {
        response.resume().once("end", () => resolve(response.statusCode));
      })
        .once("error", reject)
        .end();
    });
  }

  it("reaches a host through the proxy, by one connection for requests after each other", async () => {
    await startProxy(open, {}, "jo%23n:p%40ss@");

    assert.deepEqual([await get(), await get()], [401, 401]);

    assert.deepEqual(
      asked.map(({ url, headers }) => [url, headers["proxy-authorization"]]),
      [[new URL(emulator.resourceManager).host, `Basic ${Buffer.from("jo#n:p@ss").toString("base64")}`]],
    );
  });

  it("does not trust through a proxy whom it would not trust without", async () => {
    await startProxy(open, { ca: undefined });
    await assert.rejects(
      get(),
      (error) => failureCode(error) !== undefined && !failureCode(error)?.startsWith("PROXY_"),
    );
  });

  it("tells a refusal of the proxy from an answer of the host", async () => {
    await startProxy((_, client) => client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n<html>"));
    await assert.rejects(get(), { code: "PROXY_ANSWERED_407" });
  });

  it("tells a proxy that ends the connection", async () => {
    await startProxy((_, client) => client.destroy());
    await assert.rejects(get(), { code: "PROXY_ECONNRESET" });
  });

  it("tells a proxy that is not there", async () => {
    await startProxy(open);
    proxy.close();
    await assert.rejects(get(), { code: "PROXY_ECONNREFUSED" });
  });

  it("gives up on a proxy that stays silent, and closes the connection", async () => {
    const closed = Promise.withResolvers<void>();
    await startProxy((_, client) => void closed.resolve(ended(client)), { connectTimeoutInMs: 40 });
    await assert.rejects(get(), { code: "PROXY_ETIMEDOUT" });
    await closed.promise;
  });

  it("closes the connection to a silent proxy with the signal", async () => {
    const cancel = new AbortController();
    const closed = Promise.withResolvers<void>();
    const silent: Tunnel = (_, client) => {
      closed.resolve(ended(client));
      cancel.abort();
    };
    await startProxy(silent, { abortSignal: cancel.signal });
    await assert.rejects(get(), { code: "PROXY_ABORT_ERR" });
    await closed.promise;
  });
});
