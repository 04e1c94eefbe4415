import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { createAzureClients, createClientsByAccess } from "../../provider/src/clients/connect.ts";
import type { ErrorCode } from "../../provider/src/domain/errors/catalogue.ts";
import { hasCode } from "../../provider/src/domain/errors/providerError.ts";
import { sample } from "../emulator/support/sample.ts";
import { createHastyClock, environmentOf, trusting } from "./emulatedClients.ts";

const paris = {
  registrationSubscriptionId: sample.paris.subscriptionId,
  resourceGroup: sample.paris.resourceGroup,
  registrationName: sample.paris.name,
};

const codeIs = (code: ErrorCode, pattern: RegExp) => (error: unknown) => {
  assert(hasCode(error, code), `${code} expected, got ${error}`);
  assert.match(error.message, pattern);
  return true;
};

describe("createAzureClients, before an authority that is not Entra ID", () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await createEmulator();
  });

  afterEach(() => emulator.close());

  type Answer = Pick<Awaited<ReturnType<HttpClient["sendRequest"]>>, "status" | "bodyAsText"> & {
    readonly headers?: Record<string, string>;
  };

  /** The client, the authority's tokens replaced by what `answer` gives. */
  function behind(answer: (signal: AbortSignal) => Promise<Answer>, abortSignal?: AbortSignal) {
    const inner = trusting(emulator);
    const httpClient: HttpClient = {
      async sendRequest(request) {
        if (!request.url.includes("/oauth2/")) return await inner.sendRequest(request);
        const { headers = {}, ...rest } = await answer(request.abortSignal as AbortSignal);
        return { request, headers: createHttpHeaders(headers), ...rest };
      },
    };
    const options = {
      httpClient: async () => httpClient,
      clock: createHastyClock(),
      ...(abortSignal && { abortSignal }),
    };
    return createAzureClients(environmentOf(emulator), options).registrations;
  }

  it("ends a sign-in that hangs with the run's signal", async () => {
    const cancel = new AbortController();
    const client = behind(
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(Object.assign(new Error("aborted"), { name: "AbortError" })));
          cancel.abort();
        }),
      cancel.signal,
    );

    await assert.rejects(client.getRegistration(paris), { name: "AbortError" });
  });

  it("takes a sign-in that ran out of time for an authority that is not reached", async () => {
    const client = behind(async () => {
      throw Object.assign(new Error("aborted"), { name: "AbortError" });
    });

    await assert.rejects(client.getRegistration(paris), codeIs("CSP_UNREACHABLE", /no answer within the time limit/));
  });

  for (const [what, answer, code] of [
    ["a page", { status: 200, bodyAsText: "<html>", headers: { "content-type": "text/html" } }, "CSP_NOT_ARM"],
    ["an object without a token", { status: 200, bodyAsText: "{}" }, "CSP_NOT_ARM"],
    ["a redirect", { status: 302, bodyAsText: "", headers: { location: "https://elsewhere.example/" } }, "CSP_NOT_ARM"],
    ["a redirect that keeps the method", { status: 307, bodyAsText: "", headers: { location: "/x" } }, "CSP_NOT_ARM"],
    ["a page of somebody who forbids it", { status: 403, bodyAsText: "<html>" }, "CSP_NOT_ARM"],
    ["a proxy's refusal", { status: 407, bodyAsText: "" }, "CSP_UNREACHABLE"],
  ] as const satisfies readonly (readonly [string, Answer, ErrorCode])[]) {
    it(`holds ${what} against nobody's credential`, async () => {
      const client = behind(async () => answer);
      await assert.rejects(client.getRegistration(paris), codeIs(code, new RegExp(String(answer.status))));
    });
  }
});

describe("createAzureClients, through a proxy", () => {
  let proxy: Server | undefined;

  afterEach(() => proxy?.close());

  async function startProxy(
    answer: (client: Duplex) => void,
  ): Promise<{ readonly port: number; readonly asked: string[] }> {
    const asked: string[] = [];
    proxy = createServer().on("connect", ({ url = "" }: IncomingMessage, client: Duplex) => {
      asked.push(url);
      answer(client);
    });
    await new Promise<void>((resolve) => proxy?.listen(0, "127.0.0.1", resolve));
    return { port: (proxy.address() as AddressInfo).port, asked };
  }

  function connect(port: number, more: Record<string, string> = {}, abortSignal?: AbortSignal) {
    const env = {
      HTTPS_PROXY: `user:hush-hush@127.0.0.1:${port}`,
      AZURE_TENANT_ID: sample.csp.tenantId,
      AZURE_CLIENT_ID: sample.csp.clientId,
      AZURE_CLIENT_SECRET: "secret",
      ...more,
    };
    const options = { clock: createHastyClock(), ...(abortSignal && { abortSignal }) };
    return createAzureClients(env, options).registrations;
  }

  it("sends everything that way, GitHub's token too, and tells a refusal by the proxy", async () => {
    const { port, asked } = await startProxy((client) =>
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"),
    );
    const workflow = {
      AZURE_CLIENT_SECRET: "",
      ACTIONS_ID_TOKEN_REQUEST_URL: "https://actions.example/token",
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
    };

    await assert.rejects(connect(port).getRegistration(paris), (error) => {
      assert.doesNotMatch(String(error), /hush-hush/);
      return codeIs("CSP_UNREACHABLE", /login\.microsoftonline\.com could not be reached: PROXY_ANSWERED_407/)(error);
    });
    await assert.rejects(connect(port, workflow).getRegistration(paris), (error) => hasCode(error, "CSP_UNREACHABLE"));

    assert.deepEqual(
      new Set(asked),
      new Set(["management.azure.com:443", "login.microsoftonline.com:443", "actions.example:443"]),
    );
  });

  it("asks the machine's own endpoint for its identity directly", async () => {
    const { port, asked } = await startProxy((client) => client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    const served: string[] = [];
    const endpoint = createServer((request, response) => {
      served.push(request.url?.split("?")[0] ?? "");
      response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify({ error: "invalid_request" }));
    });
    await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
    const authority = process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST;
    process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
    const identity = { AZURE_CLIENT_SECRET: "", AZURE_CLIENT_ID: "", AZURE_TENANT_ID: "", ARM_USE_MSI: "true" };
    try {
      await assert.rejects(
        connect(port, identity).getRegistration(paris),
        codeIs("CSP_CREDENTIAL_MISSING", /the machine's managed identity/),
      );
    } finally {
      if (authority === undefined) delete process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST;
      else process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST = authority;
      endpoint.close();
    }

    assert.ok(
      served.length > 0 && served.every((path) => path.startsWith("/metadata/identity/oauth2/token")),
      served.join(),
    );
    assert.deepEqual([...new Set(asked)], ["management.azure.com:443"]);
  });

  it("warns once of what NO_PROXY does not mean, for all ways in which registrations are reached", () => {
    const said: string[] = [];
    const env = { HTTPS_PROXY: "proxy.example", NO_PROXY: "127.*,x;y,a.example" };
    const clients = createClientsByAccess(env, { say: (message) => said.push(message) });

    for (const cloud of ["public", "china"] as const) clients({ cloud });

    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /^NO_PROXY has "127\.\*", "x;y", which exempts nothing/);
  });

  it("names a proxy that is not there", async () => {
    const { port } = await startProxy(() => assert.fail("reached"));
    proxy?.close();

    await assert.rejects(connect(port).getRegistration(paris), codeIs("CSP_UNREACHABLE", /PROXY_ECONNREFUSED/));
  });

  it("leaves a proxy that stays silent with the run's signal", async () => {
    const cancel = new AbortController();
    const left = Promise.withResolvers<void>();
    const { port } = await startProxy((client) => {
      client.once("end", left.resolve).once("error", left.resolve).resume();
      client.once("end", () => client.destroy());
      cancel.abort();
    });

    await assert.rejects(connect(port, {}, cancel.signal).getRegistration(paris), { name: "AbortError" });
    await left.promise;
  });
});
