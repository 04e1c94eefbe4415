import assert from "node:assert/strict";
import type { HttpClient } from "@azure/core-rest-pipeline";
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type FaultEffect,
  loadWorld,
} from "@azurestack-csp/emulator";
import { createAzureClients } from "../../provider/src/clients/connect.ts";
import type { ErrorCode } from "../../provider/src/domain/errors/catalogue.ts";
import { hasCode, type ProviderError } from "../../provider/src/domain/errors/providerError.ts";
import { sample } from "../emulator/support/sample.ts";
import { createEmulatedClients, createHastyClock, environmentOf, trusting } from "./emulatedClients.ts";

const paris = {
  registrationSubscriptionId: sample.paris.subscriptionId,
  resourceGroup: sample.paris.resourceGroup,
  registrationName: sample.paris.name,
};
const delmas = { registration: paris, customerSubscriptionId: sample.delmas.subscriptionId };
const beaumont = { registration: paris, customerSubscriptionId: sample.beaumont.subscriptionId };

describe("createAzureClients over HTTPS", () => {
  const emulators: Emulator[] = [];

  async function start(options: EmulatorOptions = {}): Promise<Emulator> {
    const emulator = await createEmulator(options);
    emulators.push(emulator);
    return emulator;
  }

  afterEach(async () => {
    await Promise.all(emulators.splice(0).map((emulator) => emulator.close()));
  });

  const sent = (emulator: Emulator, method: string) =>
    emulator.journal().filter((entry) => entry.kind === "request" && entry.method === method);

  describe("requests", () => {
    it("carry one correlation id through all attempts, and no doubled slash", async () => {
      const emulator = await start({ faults: [{ match: { method: "PUT" }, times: 2, what: { status: 503 } }] });
      await createEmulatedClients(emulator).registrations.putCustomerSubscription(delmas, sample.delmas.tenantId);
      const puts = sent(emulator, "PUT");
      assert.deepEqual(
        puts.map(({ status }) => status),
        [503, 503, 200],
      );
      assert.equal(new Set(puts.map(({ correlationId }) => correlationId)).size, 1);
      assert(puts.every(({ path }) => path.startsWith("/subscriptions/")));
    });

    it("sign in once for many at the same time, and look the directory up once", async () => {
      const emulator = await start();
      const { registrations } = createEmulatedClients(emulator);
      await Promise.all(Array.from({ length: 20 }, () => registrations.getCustomerSubscription(beaumont)));
      const kinds = emulator.journal().map(({ kind }) => kind);
      assert.equal(kinds.filter((kind) => kind === "token").length, 1);
      assert.equal(kinds.filter((kind) => kind === "challenge").length, 1);
    });

    it("sign in to the directory of each registration's subscription", async () => {
      const world = await loadWorld(undefined);
      const elsewhere = sample.beaumont.tenantId;
      const subscriptions = world.subscriptions.map((each) =>
        each.subscriptionId === sample.lyon.subscriptionId ? { ...each, tenantId: elsewhere } : each,
      );
      const emulator = await start({ world: { ...world, subscriptions } });
      const { registrations } = createEmulatedClients(emulator);
      await registrations.listRegistrations(sample.paris.subscriptionId);
      await registrations.listRegistrations(sample.lyon.subscriptionId);
      const directories = emulator
        .journal()
        .flatMap(({ kind, path }) => (kind === "token" ? [path.split("/")[1]] : []));
      assert.deepEqual(directories, [sample.csp.tenantId, elsewhere]);
    });

    it("end with the run's signal", async () => {
      const emulator = await start();
      const cancel = new AbortController();
      const httpClient = trusting(emulator);
      const options = { httpClient: async () => httpClient, clock: createHastyClock(), abortSignal: cancel.signal };
      const { registrations } = createAzureClients(environmentOf(emulator), options);
      cancel.abort();
      await assert.rejects(registrations.getRegistration(paris), { name: "AbortError" });
    });
  });

  describe("answers that fail", () => {
    for (const [what, effect, code] of [
      ["a broken connection, again and again", { reset: true }, "CSP_UNREACHABLE"],
      ["a proxy's page in the place of an answer", { html: true }, "CSP_NOT_ARM"],
      ["a body cut in half", { garble: true }, "CSP_NOT_ARM"],
      ["throttling without end", { status: 429, code: "SubscriptionRequestsThrottled" }, "CSP_THROTTLED"],
      ["a service that fails", { status: 500, code: "InternalServerError" }, "CSP_SERVICE_FAILED"],
      [
        "an upstream that fails",
        { status: 502, code: "MetadataResolverBadGatewayError" },
        "CSP_METADATA_RESOLVER_BAD_GATEWAY",
      ],
      ["a 404 that names nothing", { status: 404, code: "NotFound" }, "CSP_NOT_FOUND_UNNAMED"],
    ] as const satisfies readonly (readonly [string, FaultEffect, ErrorCode])[]) {
      it(`read ${what} as ${code}, on every verb`, async () => {
        const emulator = await start({
          faults: [{ match: { path: "customerSubscriptions" }, when: "onResponse", what: effect }],
        });
        const { registrations } = createEmulatedClients(emulator);
        await rejects(registrations.getCustomerSubscription(beaumont), code);
        await rejects(registrations.listCustomerSubscriptions(paris), code);
        await rejects(registrations.putCustomerSubscription(beaumont, sample.beaumont.tenantId), code);
      });
    }

    it("are asked for once where Azure asks for an hour's pause, and the rest fails unsent", async () => {
      const emulator = await start({ faults: [{ match: { method: "PUT" }, what: { status: 429, retryAfter: 3600 } }] });
      const { registrations } = createEmulatedClients(emulator);

      for (const id of [delmas, beaumont, delmas]) {
        const error = await rejects(
          registrations.putCustomerSubscription(id, sample.delmas.tenantId),
          "CSP_THROTTLED_UNTIL",
        );
        const until = /before (\S+):/.exec(error.message)?.[1] ?? "";
        assert.ok(Math.abs(Date.parse(until) - Date.now() - 3_600_000) < 60_000, error.message);
      }
      assert.equal(sent(emulator, "PUT").length, 1);
      await registrations.getCustomerSubscription(beaumont);
    });

    it("do not last where they were lost once", async () => {
      for (const what of [{ reset: true }, { status: 504 }, { status: 408 }, { status: 429, retryAfter: 3 }]) {
        const emulator = await start({ faults: [{ match: { method: "PUT" }, times: 1, when: "afterCommit", what }] });
        const { registrations } = createEmulatedClients(emulator);
        const written = await registrations.putCustomerSubscription(delmas, sample.delmas.tenantId);
        assert.equal(written?.tenantId, sample.delmas.tenantId);
      }
    });

    it("say how often they were asked for, and under which correlation id", async () => {
      const emulator = await start({ faults: [{ match: { method: "PUT" }, what: { status: 503 } }] });
      const { registrations } = createEmulatedClients(emulator);
      const error = await rejects(
        registrations.putCustomerSubscription(delmas, sample.delmas.tenantId),
        "CSP_SERVICE_FAILED",
      );
      assert.match(error.message, /after 5 attempts/);
      assert(error.message.includes(sent(emulator, "PUT")[0]?.correlationId ?? "none"));
    });

    it("show no secret that the service repeats", async () => {
      const emulator = await start();
      const { clientSecret } = emulator;
      const inner = trusting(emulator);
      const httpClient: HttpClient = {
        async sendRequest(request) {
          const response = await inner.sendRequest(request);
          if (request.method !== "PUT") return response;
          const error = { code: "InvalidRequestContent", message: `What is ${clientSecret} doing here?` };
          return { ...response, status: 400, bodyAsText: JSON.stringify({ error }) };
        },
      };
      const options = { httpClient: async () => httpClient, clock: createHastyClock() };
      const { registrations } = createAzureClients(environmentOf(emulator), options);

      const write = registrations.putCustomerSubscription(delmas, sample.delmas.tenantId);

      const error = await rejects(write, "CSP_REQUEST_REFUSED");
      assert.match(error.message, /What is \*\*\* doing here\?/);
      assert(!inspectAll(error).includes(clientSecret));
    });

    it("are no absence: a principal without rights gets 403, not 404", async () => {
      const emulator = await start();
      emulator.facts.clearRoleAssignments();
      const { registrations } = createEmulatedClients(emulator);
      await rejects(registrations.getCustomerSubscription(beaumont), "CSP_NOT_AUTHORIZED");
      await rejects(registrations.putCustomerSubscription(delmas, sample.delmas.tenantId), "CSP_NOT_AUTHORIZED");
      await rejects(registrations.listLocks(paris), "CSP_NOT_AUTHORIZED");
    });
  });

  describe("lists", () => {
    const forms = [
      "%24skiptoken",
      "%24skipToken",
      "$skiptoken",
      "$skipToken",
      "%24skip",
      "second-question-mark",
      "other-case",
    ] as const;
    for (const nextLinkForm of forms) {
      it(`are read to the end, with links by ${nextLinkForm}`, async () => {
        const emulator = await start({
          modes: { nextLinkForm, pageSize: 1, emptyPages: "first", lastNextLink: "empty" },
        });
        const { registrations } = createEmulatedClients(emulator);
        assert.equal((await registrations.listCustomerSubscriptions(paris)).length, 2);
      });
    }

    it("are not followed to another host", async () => {
      const emulator = await start({ modes: { nextLinkForm: "other-host", pageSize: 1 } });
      const { registrations } = createEmulatedClients(emulator);
      await rejects(registrations.listCustomerSubscriptions(paris), "CSP_PAGING_BROKEN");
    });
  });

  describe("signing in", () => {
    it("names a refused secret once, without it, and does not ask again", async () => {
      const emulator = await start();
      const secret = "wrong~secret/with+signs";
      const { registrations } = createEmulatedClients(emulator, { AZURE_CLIENT_SECRET: secret });
      const first = await rejects(registrations.getRegistration(paris), "CSP_CREDENTIAL_REFUSED");
      assert.match(first.message, /AADSTS7000215/);
      assert.match(first.message, new RegExp(sample.csp.tenantId));
      const asked = emulator.journal().filter(({ kind }) => kind === "token").length;
      assert.equal(await rejects(registrations.getRegistration(paris), "CSP_CREDENTIAL_REFUSED"), first);
      assert.equal(emulator.journal().filter(({ kind }) => kind === "token").length, asked);
      for (const shown of [inspectAll(first), first.message]) assert(!shown.includes(secret));
    });

    it("does not show a secret that the authority repeats", async () => {
      const emulator = await start();
      const secret = "echoed-secret";
      const inner = trusting(emulator);
      const httpClient = {
        async sendRequest(request: Parameters<typeof inner.sendRequest>[0]) {
          const response = await inner.sendRequest(request);
          if (!request.url.includes("/token")) return response;
          const body = { error: "invalid_client", error_description: `AADSTS1: secret ${secret} is bad. Trace ID: 1` };
          return { ...response, status: 401, bodyAsText: JSON.stringify(body) };
        },
      };
      const env = { ...environmentOf(emulator), AZURE_CLIENT_SECRET: secret };
      const { registrations } = createAzureClients(env, {
        httpClient: async () => httpClient,
        clock: createHastyClock(),
      });
      const error = await rejects(registrations.getRegistration(paris), "CSP_CREDENTIAL_REFUSED");
      assert.match(error.message, /AADSTS1: secret \*\*\* is bad/);
      assert(!inspectAll(error).includes(secret));
    });
  });

  describe("connections", () => {
    it("name an authority that is not trusted, and how to trust it", async () => {
      const emulator = await start();
      const { registrations } = createAzureClients(environmentOf(emulator), { clock: createHastyClock() });
      const error = await rejects(registrations.getRegistration(paris), "CSP_CERTIFICATE_REFUSED");
      assert.match(error.message, /NODE_EXTRA_CA_CERTS/);
      await rejects(registrations.getDirectory(sample.delmas.subscriptionId), "CSP_CERTIFICATE_REFUSED");
    });

    it("name a host that is not reached; a directory is then simply not known", async () => {
      const emulator = await start();
      const env = environmentOf(emulator);
      const { registrations } = createEmulatedClients(emulator, {
        AZURESTACK_CSP_RESOURCE_MANAGER: "https://127.0.0.1:1",
      });
      assert.equal(await registrations.getDirectory(sample.delmas.subscriptionId), undefined);
      const error = await rejects(registrations.getRegistration(paris), "CSP_UNREACHABLE");
      assert.match(error.message, /127\.0\.0\.1:1 could not be reached: ECONNREFUSED/);
      assert(!inspectAll(error).includes(env.AZURE_CLIENT_SECRET ?? ""));
    });
  });
});

async function rejects(act: Promise<unknown>, code: ErrorCode): Promise<ProviderError> {
  const error = await act.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  assert(hasCode(error, code), `${code} expected, got ${error}`);
  return error;
}

/** Everything that a log of the error could show, its causes included. */
function inspectAll(error: Error): string {
  return `${error.stack} ${JSON.stringify(error, Object.getOwnPropertyNames(error))} ${String(error.cause)}`;
}
