import assert from "node:assert/strict";
import { createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { createAzureClients } from "../../provider/src/clients/connect.ts";
import { hasCode, isProviderError, mayPass } from "../../provider/src/domain/errors/providerError.ts";
import { sample } from "../emulator/support/sample.ts";
import { createEmulatedClients, createHastyClock, environmentOf, trusting } from "./emulatedClients.ts";

const registration = {
  registrationSubscriptionId: sample.paris.subscriptionId,
  resourceGroup: sample.paris.resourceGroup,
  registrationName: sample.paris.name,
};

describe("createAzureClients, answered in a way that leaves doubt", () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await createEmulator();
  });

  afterEach(() => emulator.close());

  it("asks again for a directory that a busy gateway did not tell", async () => {
    emulator.addFault({ match: { operation: "Subscriptions_Get" }, times: 5, what: { status: 503 } });
    const { registrations } = createEmulatedClients(emulator);

    assert.equal(await registrations.getDirectory(sample.delmas.subscriptionId), undefined);
    assert.equal(await registrations.getDirectory(sample.delmas.subscriptionId), sample.delmas.tenantId);
  });

  it("passes over no entry of a list, since its customer would count as not registered", async () => {
    const inner = trusting(emulator);
    const httpClient: HttpClient = {
      async sendRequest(request) {
        const response = await inner.sendRequest(request);
        const isList = request.url.includes("/customerSubscriptions?");
        return isList ? { ...response, bodyAsText: JSON.stringify({ value: [{ id: "", properties: {} }] }) } : response;
      },
    };
    const { registrations } = createAzureClients(environmentOf(emulator), {
      httpClient: async () => httpClient,
      clock: createHastyClock(),
    });

    await assert.rejects(registrations.listCustomerSubscriptions(registration), (error) =>
      hasCode(error, "CSP_NOT_ARM"),
    );
  });

  it("takes no token to another host that an accepted removal points to", async () => {
    const inner = trusting(emulator);
    const hosts = new Set<string>();
    const httpClient: HttpClient = {
      async sendRequest(request) {
        hosts.add(new URL(request.url).host);
        const response = await inner.sendRequest(request);
        if (request.method !== "DELETE") return response;
        const headers = createHttpHeaders({ location: "https://elsewhere.example/operations/1", "retry-after": "0" });
        return { ...response, status: 202, headers, bodyAsText: "" };
      },
    };
    const { registrations } = createAzureClients(environmentOf(emulator), {
      httpClient: async () => httpClient,
      clock: createHastyClock(),
    });
    const id = { registration, customerSubscriptionId: sample.beaumont.subscriptionId };

    await assert.rejects(registrations.deleteCustomerSubscription(id), (error) => hasCode(error, "CSP_NOT_ARM"));
    assert.deepEqual([...hosts], [new URL(emulator.resourceManager).host]);
  });

  it("follows no redirect, whose target would get the token and the write", async () => {
    const inner = trusting(emulator);
    const sent: string[] = [];
    const httpClient: HttpClient = {
      async sendRequest(request) {
        const { pathname } = new URL(request.url);
        if (request.method !== "PUT") return await inner.sendRequest(request);
        sent.push(pathname);
        const location = request.url.replace(sample.delmas.subscriptionId, sample.garance.subscriptionId);
        return { request, status: 307, headers: createHttpHeaders({ location }), bodyAsText: "" };
      },
    };
    const { registrations } = createAzureClients(environmentOf(emulator), {
      httpClient: async () => httpClient,
      clock: createHastyClock(),
    });
    const id = { registration, customerSubscriptionId: sample.delmas.subscriptionId };

    await assert.rejects(registrations.putCustomerSubscription(id, sample.delmas.tenantId), isProviderError);

    assert.deepEqual(
      sent.map((path) => path.split("/").at(-1)),
      [sample.delmas.subscriptionId],
    );
  });

  /** Clients whose writes are answered in this way, and reach nobody. */
  function answering({
    status,
    body = "",
    headers = {},
  }: {
    status: number;
    body?: string;
    headers?: Record<string, string>;
  }) {
    const inner = trusting(emulator);
    const httpClient: HttpClient = {
      async sendRequest(request) {
        if (request.method === "GET" || request.method === "POST") return await inner.sendRequest(request);
        return { request, status, headers: createHttpHeaders(headers), bodyAsText: body };
      },
    };
    return createAzureClients(environmentOf(emulator), {
      httpClient: async () => httpClient,
      clock: createHastyClock(),
    });
  }
  const beaumont = { registration, customerSubscriptionId: sample.beaumont.subscriptionId };

  for (const status of [200, 202]) {
    it(`takes a ${status} that holds an error for no success, and tells the error`, async () => {
      const body = JSON.stringify({ error: { code: "InternalServerError", message: "Try later." } });
      const { registrations } = answering({ status, body });
      const isDoubt = (error: unknown) => {
        assert.ok(hasCode(error, "CSP_NOT_ARM") && mayPass(error));
        assert.match(error.message, /InternalServerError.*Try later/s);
        return true;
      };

      await assert.rejects(registrations.deleteCustomerSubscription(beaumont), isDoubt);
      await assert.rejects(registrations.putCustomerSubscription(beaumont, sample.beaumont.tenantId), isDoubt);
    });
  }

  it("knows nothing of what was only accepted, without a link to its end", async () => {
    const body = JSON.stringify({ properties: { tenantId: sample.beaumont.tenantId } });
    const { registrations } = answering({ status: 202, body });

    assert.equal(await registrations.deleteCustomerSubscription(beaumont), "unproven");
    assert.equal(await registrations.putCustomerSubscription(beaumont, sample.beaumont.tenantId), undefined);
  });

  it("hands on what an accepted write was refused with at its end", async () => {
    const location = `${emulator.resourceManager}/subscriptions/${sample.beaumont.subscriptionId}/resourceGroups/none?api-version=2021-04-01`;
    const { registrations } = answering({ status: 202, headers: { location } });

    for (const write of [
      registrations.putCustomerSubscription(beaumont, sample.beaumont.tenantId),
      registrations.deleteCustomerSubscription(beaumont),
    ]) {
      await assert.rejects(write, (error) => isProviderError(error) && !mayPass(error));
    }
  });

  it("gives up on an accepted removal that does not end, and knows that it may yet", async () => {
    const inner = trusting(emulator);
    const operation = `${emulator.resourceManager}/subscriptions/1/operations/1?api-version=2017-06-01`;
    const headers = createHttpHeaders({ location: operation });
    const asked: string[] = [];
    const httpClient: HttpClient = {
      async sendRequest(request) {
        if (request.url === operation) asked.push(request.method);
        if (request.method !== "DELETE" && request.url !== operation) return await inner.sendRequest(request);
        return { request, status: 202, headers, bodyAsText: "" };
      },
    };
    const { registrations } = createAzureClients(environmentOf(emulator), {
      httpClient: async () => httpClient,
      clock: createHastyClock(),
    });
    const id = { registration, customerSubscriptionId: sample.beaumont.subscriptionId };

    await assert.rejects(
      registrations.deleteCustomerSubscription(id),
      (error) => hasCode(error, "CSP_OPERATION_UNFINISHED") && mayPass(error),
    );
    assert.ok(asked.length > 100 && asked.every((method) => method === "GET"));
  });
});
