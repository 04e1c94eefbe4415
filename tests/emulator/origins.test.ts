import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, Server } from "node:net";
import { defaultModes, loadWorld } from "@azurestack-csp/emulator";
import sinon from "sinon";
import type { Context } from "../../emulator/src/pipeline/exchange.ts";
import { createFaultRules } from "../../emulator/src/pipeline/faultRules.ts";
import { createJournal } from "../../emulator/src/pipeline/journal.ts";
import type { Service } from "../../emulator/src/pipeline/service.ts";
import { createCertificates, type ServerCertificates } from "../../emulator/src/server/certificates.ts";
import { loopbackAddresses } from "../../emulator/src/server/loopback.ts";
import { type Origins, openOrigins } from "../../emulator/src/server/origins.ts";
import { azureVersions } from "../../emulator/src/services/arm/apiVersions.ts";
import { azureEnvironment } from "../../emulator/src/services/arm/azureEnvironment.ts";
import { builtInProviders } from "../../emulator/src/services/arm/providers.ts";
import { createArm } from "../../emulator/src/services/arm/service.ts";
import { createEntra } from "../../emulator/src/services/entra/service.ts";
import { createTokens } from "../../emulator/src/services/entra/tokens.ts";
import { createStore } from "../../emulator/src/store/store.ts";
import { requestToken, send } from "./support/caller.ts";
import { createGreetings } from "./support/greetings.ts";

type Name = "azure" | "greetings";

const addresses = loopbackAddresses();
const now = () => new Date("2026-11-21T10:00:00Z");
const FRESH_ID = "5d5ac8f4-6a25-4b54-8d6c-1f3a6f0f1c11";

const portOf = (address: string) => Number(new URL(address).port);

describe("a service on an address of its own", () => {
  let context: Context;
  let services: Record<Name, readonly Service[]>;
  let certificates: ServerCertificates;
  let origins: Origins<Name>;
  let errors: unknown[];
  let getToken: (audience: string) => Promise<string>;

  const open = (ports: Partial<Record<Name, number>> = {}) =>
    openOrigins({ services, context, ports, addresses, certificates, onError: (error) => errors.push(error) });
  const call = (name: Name, path: string, token?: string, headers: Record<string, string> = {}) =>
    send(
      { resourceManager: origins.addresses.azure, caPem: certificates.caPem },
      {
        origin: origins.addresses[name],
        method: "GET",
        path,
        headers: { ...headers, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
        content: undefined,
      },
    );

  beforeEach(async () => {
    const world = await loadWorld(undefined);
    const [{ tenantId = "", applications: [application] = [] } = {}] = world.directories;
    const { clientId = "", clientSecret = "" } = application ?? {};
    errors = [];
    context = {
      store: createStore({ world, modes: () => defaultModes, changed: () => undefined, now }),
      modes: () => defaultModes,
      faults: createFaultRules(),
      journal: createJournal(),
      latencyInMs: 0,
      now,
      sleep: async () => undefined,
      newId: () => FRESH_ID,
      authority: () => origins.addresses.azure,
    };
    const tokens = await createTokens(now);
    const providers = builtInProviders(azureVersions);
    const arm = createArm({ tokens, environment: azureEnvironment, providers, throttle: undefined });
    const greetings = createGreetings(tokens);
    services = {
      azure: [createEntra({ tokens, services: [arm, greetings], stamps: [] }), arm],
      greetings: [greetings],
    };
    certificates = await createCertificates(now(), addresses);
    origins = await open();
    const azure = { resourceManager: origins.addresses.azure, caPem: certificates.caPem };
    getToken = async (audience) => {
      const form = { scope: `${audience}/.default` };
      const answer = await requestToken({ ...azure, tenantId, clientId, clientSecret }, { form });
      return String(answer.at("access_token"));
    };
  });

  afterEach(() => origins.close());

  it("answers in its own way, without ARM's headers", async () => {
    const token = await getToken("https://greetings.example");
    const { headers, ...answer } = await call("greetings", "/v1/greetings/Paul", token, { "Greeting-Id": "g-1" });
    const { date, ...own } = headers;

    assert.deepEqual([answer.status, answer.body], [200, { greeting: "Rhône Cloud Partners greets Paul" }]);
    assert.deepEqual(own, {
      "greeting-id": "g-1",
      "content-type": "application/json; charset=utf-8",
      "content-length": "48",
      connection: "close",
    });
  });

  it("asks for no api-version, and gives a fresh id to a request that brings none", async () => {
    const token = await getToken("https://greetings.example");
    const answer = await call("greetings", "/v1/greetings/Paul", token);

    assert.deepEqual([answer.status, answer.headers["greeting-id"]], [200, FRESH_ID]);
  });

  it("takes tokens for its address too", async () => {
    const token = await getToken(origins.addresses.greetings);

    assert.equal((await call("greetings", "/v1/greetings/Paul", token)).status, 200);
  });

  it("takes no token for another service, and no other service takes one for it", async () => {
    const [forAzure, forGreetings] = [
      await getToken("https://management.azure.com"),
      await getToken("https://greetings.example"),
    ];
    const there = await call("greetings", "/v1/greetings/Paul", forAzure);
    const back = await call("azure", "/subscriptions?api-version=2022-12-01", forGreetings);

    assert.deepEqual([there.status, there.body], [401, { stranger: "wrongAudience" }]);
    assert.deepEqual([back.status, back.at("error.code")], [401, "InvalidAuthenticationTokenAudience"]);
  });

  it("shares the journal and the faults with the others", async () => {
    context.faults.add({ match: { operation: "Greetings_Get" }, what: { status: 503 } });
    const answer = await call("greetings", "/v1/greetings/Paul", await getToken("https://greetings.example"));

    assert.equal(answer.status, 503);
    assert.deepEqual(
      context.journal.entries().map(({ kind, operation, status }) => [kind, operation, status]),
      [
        ["token", "Token_Issue", 200],
        ["request", "Greetings_Get", 503],
      ],
    );
  });

  it("is not asked for what it does not own", async () => {
    const answer = await call("greetings", "/v2/greetings/Paul");

    assert.deepEqual([answer.status, answer.at("error.code")], [404, "NotFound"]);
    assert.deepEqual(context.journal.entries(), []);
  });

  it("is named where its steps let pass what it has no operation for", async () => {
    const answer = await call("greetings", "/v1/farewells/Paul", await getToken("https://greetings.example"));

    assert.equal(answer.status, 500);
    assert.match(String(errors), /The steps of Greetings let GET \/v1\/farewells\/Paul pass/);
  });

  it("does not listen where another address of the emulator cannot", async () => {
    const others = await open();
    const [taken, free] = [portOf(origins.addresses.azure), portOf(others.addresses.greetings)];
    await others.close();

    await assert.rejects(open({ azure: taken, greetings: free }), { code: "EADDRINUSE" });
    await (await open({ greetings: free })).close();
  });

  if (addresses.includes("::1")) {
    it("answers on both loopbacks by one port, with links to the one that was asked", async () => {
      const token = await getToken("https://management.azure.com");
      const authority = `https://[::1]:${portOf(origins.addresses.azure)}`;
      const headers = { Authorization: `Bearer ${token}` };
      const path = "/metadata/endpoints?api-version=2022-09-01";
      const endpoint = { resourceManager: authority, caPem: certificates.caPem };

      const answer = await send(endpoint, { method: "GET", path, headers, content: undefined });

      assert.deepEqual([answer.status, answer.at("resourceManager")], [200, `${authority}/`]);
    });

    it("does not listen on one loopback alone where its port is taken on the other", async () => {
      const { addresses: opened } = origins;
      await origins.close();
      const port = portOf(opened.azure);
      const other = createServer().listen(port, "::1");
      await once(other, "listening");

      await assert.rejects(open({ azure: port }), { code: "EADDRINUSE", address: "::1" });

      const again = createServer().listen(port, "127.0.0.1");
      await once(again, "listening");
      for (const server of [other, again]) server.close();
      origins = await open();
    });

    it("looks for another free port where the one it got is taken on the other loopback", async () => {
      await origins.close();
      const listen = sinon.stub(Server.prototype, "listen").callThrough();
      const taken = Object.assign(new Error("taken"), { code: "EADDRINUSE" });
      listen
        .withArgs(sinon.match({ host: "::1" }))
        .onFirstCall()
        .throws(taken);
      try {
        origins = await open();
      } finally {
        listen.restore();
      }

      assert.equal(listen.callCount, 2 * 2 + 2);
    });
  }
});
