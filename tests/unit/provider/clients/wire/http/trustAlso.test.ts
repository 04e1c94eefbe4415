import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { createDefaultHttpClient, createPipelineRequest, type HttpClient } from "@azure/core-rest-pipeline";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import {
  failureCode,
  isCertificateFailure,
} from "../../../../../../provider/src/clients/wire/http/connectionErrors.ts";
import { throughProxy } from "../../../../../../provider/src/clients/wire/http/throughProxy.ts";
import { trustAlso } from "../../../../../../provider/src/clients/wire/http/trustAlso.ts";

describe("trustAlso", () => {
  let emulator: Emulator;
  let proxy: Server;
  let tunnels: number;

  before(async () => {
    emulator = await createEmulator();
    proxy = createServer().on("connect", ({ url = "" }, client) => {
      tunnels += 1;
      const [host, port] = url.split(":");
      const server = connect(Number(port), host, () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        client.pipe(server).pipe(client);
      });
      server.on("error", () => client.destroy());
      client.on("error", () => server.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  });

  beforeEach(() => {
    tunnels = 0;
  });

  after(async () => {
    proxy.close();
    await emulator.close();
  });

  const inner = async (): Promise<HttpClient> => createDefaultHttpClient();
  const authorities = (isMeant: (url: URL) => boolean) => ({ ca: [emulator.caPem ?? ""], isMeant });

  async function ask(client: () => Promise<HttpClient>): Promise<number> {
    const request = createPipelineRequest({
      url: `${emulator.resourceManager}/metadata/endpoints?api-version=2015-01-01`,
    });
    return (await (await client()).sendRequest(request)).status;
  }

  /** Through the proxy, or past it. */
  function proxied(isMeant: (url: URL) => boolean, exempts = false): () => Promise<HttpClient> {
    const url = new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    const own = authorities(isMeant);
    const route = { url, exempts: () => exempts };
    return throughProxy(trustAlso(inner, own), { proxy: route, authorities: own });
  }

  it("reaches a host that the authorities are meant for", async () => {
    const { hostname } = new URL(emulator.resourceManager);

    assert.equal(
      await ask(
        trustAlso(
          inner,
          authorities((url) => url.hostname === hostname),
        ),
      ),
      200,
    );
  });

  it("trusts them on no other host", async () => {
    await assert.rejects(
      ask(
        trustAlso(
          inner,
          authorities(() => false),
        ),
      ),
      (error) => {
        assert(isCertificateFailure(error), failureCode(error));
        return true;
      },
    );
  });

  it("does both through a proxy, and past it where a host is exempt", async () => {
    assert.equal(await ask(proxied(() => true)), 200);
    assert.equal(tunnels, 1);
    await assert.rejects(ask(proxied(() => false)), (error) => isCertificateFailure(error));
    assert.equal(tunnels, 2);
    assert.equal(await ask(proxied(() => true, true)), 200);
    assert.equal(tunnels, 2);
  });
});
