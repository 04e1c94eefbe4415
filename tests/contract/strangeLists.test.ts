import assert from "node:assert/strict";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { createAzureClients } from "../../provider/src/clients/connect.ts";
import type { RegistrationsClient } from "../../provider/src/clients/registrations/registrationsClient.ts";
import { hasCode } from "../../provider/src/domain/errors/providerError.ts";
import { sample } from "../emulator/support/sample.ts";
import { createHastyClock, environmentOf, trusting } from "./emulatedClients.ts";

const paris = {
  registrationSubscriptionId: sample.paris.subscriptionId,
  resourceGroup: sample.paris.resourceGroup,
  registrationName: sample.paris.name,
};
const beaumont = { registration: paris, customerSubscriptionId: sample.beaumont.subscriptionId };

interface Entry {
  readonly id: string;
  readonly properties: { readonly tenantId?: string };
}

describe("createAzureClients, in front of a service whose answers are strange", () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await createEmulator();
  });

  afterEach(() => emulator.close());

  /** The client behind which the bodies of successful answers to some requests are rewritten. */
  function rewriting(
    isMeant: (path: string) => boolean,
    rewrite: (body: string) => string,
  ): { readonly client: RegistrationsClient; readonly asked: readonly string[] } {
    const inner = trusting(emulator);
    const asked: string[] = [];
    const httpClient: HttpClient = {
      async sendRequest(request) {
        const { pathname } = new URL(request.url);
        asked.push(pathname.split("/").at(-1) ?? "");
        const response = await inner.sendRequest({ ...request, streamResponseStatusCodes: new Set() });
        if (response.status !== 200 || !isMeant(pathname)) return response;
        return { ...response, bodyAsText: rewrite(response.bodyAsText ?? "") };
      },
    };
    const options = { httpClient: async () => httpClient, clock: createHastyClock() };
    return { client: createAzureClients(environmentOf(emulator), options).registrations, asked };
  }

  const isList = (path: string) => path.endsWith("/customerSubscriptions");
  const entries = (rewrite: (value: readonly Entry[]) => readonly Entry[]) => (body: string) =>
    JSON.stringify({ value: rewrite(JSON.parse(body).value) });
  const withoutTenant = (entry: Entry): Entry => ({ ...entry, properties: {} });

  async function tenantsOf(client: RegistrationsClient) {
    const listed = await client.listCustomerSubscriptions(paris);
    return new Map(listed.map((each) => [each.customerSubscriptionId, each.tenantId]));
  }

  it("asks for each customer subscription by itself that a list gives no tenant", async () => {
    const { client, asked } = rewriting(
      isList,
      entries((value) => value.map(withoutTenant)),
    );

    const tenants = await tenantsOf(client);

    assert.equal(tenants.get(sample.beaumont.subscriptionId), sample.beaumont.tenantId);
    assert.ok([...tenants.values()].every((tenantId) => tenantId !== undefined));
    assert.equal(asked.filter((each) => tenants.has(each)).length, tenants.size);
  });

  it("asks for none where the list gives their tenants", async () => {
    const { client, asked } = rewriting(isList, (body) => body);

    const tenants = await tenantsOf(client);

    assert.ok(tenants.size > 0 && !asked.some((each) => tenants.has(each)));
  });

  it("leaves out what is gone by the time it is asked for, and takes no refusal for that", async () => {
    const { client } = rewriting(
      isList,
      entries((value) => value.map(withoutTenant)),
    );
    const fault = { match: { path: sample.beaumont.subscriptionId }, times: 1 };
    emulator.addFault({ ...fault, what: { status: 404, code: "ResourceNotFound" } });
    assert.equal((await tenantsOf(client)).has(sample.beaumont.subscriptionId), false);

    emulator.addFault({ ...fault, what: { status: 403, code: "AuthorizationFailed" } });
    await assert.rejects(client.listCustomerSubscriptions(paris), (error) => hasCode(error, "CSP_NOT_AUTHORIZED"));
  });

  it("counts an entry once that two pages give in different letter case, and asks where their tenants differ", async () => {
    for (const tenantId of [undefined, sample.garance.tenantId]) {
      const { client, asked } = rewriting(
        isList,
        entries((value) => {
          const [first] = value;
          assert.ok(first);
          const properties = tenantId === undefined ? first.properties : { tenantId };
          return [...value, { ...first, id: first.id.toUpperCase(), properties }];
        }),
      );

      const listed = await client.listCustomerSubscriptions(paris);

      assert.deepEqual(
        listed.map((each) => each.tenantId),
        (await rewriting(isList, (body) => body).client.listCustomerSubscriptions(paris)).map((each) => each.tenantId),
      );
      const ids = new Set(listed.map((each) => each.customerSubscriptionId));
      assert.equal(asked.filter((each) => ids.has(each)).length, tenantId === undefined ? 0 : 1);
    }
  });

  for (const [what, isMeant, read] of [
    ["a list", isList, (client) => client.listCustomerSubscriptions(paris)],
    ["a registration", (path) => path.endsWith(paris.registrationName), (client) => client.getRegistration(paris)],
    [
      "a list of registrations",
      (path) => path.endsWith("/registrations"),
      (client) => client.listRegistrations(paris.registrationSubscriptionId),
    ],
    [
      "a customer subscription",
      (path) => path.endsWith(sample.beaumont.subscriptionId),
      (client) => client.getCustomerSubscription(beaumont),
    ],
  ] as const satisfies readonly (readonly [
    string,
    (path: string) => boolean,
    (client: RegistrationsClient) => Promise<unknown>,
  ])[]) {
    it(`does not take ${what} of another registration for this one's`, async () => {
      const elsewhere = (body: string) =>
        body.replaceAll(paris.registrationName, "another").replaceAll(paris.registrationSubscriptionId, "elsewhere");
      const { client } = rewriting(isMeant, elsewhere);

      await assert.rejects(read(client), (error) => hasCode(error, "CSP_NOT_ARM"));
    });
  }
});
