import assert from "node:assert/strict";
import { createHttpHeaders, type PipelineRequest } from "@azure/core-rest-pipeline";
import { createArmService } from "../../../../../provider/src/clients/arm/armService.ts";
import { createArmTransport } from "../../../../../provider/src/clients/arm/armTransport.ts";
import { createWire } from "../../../../../provider/src/clients/wire/wire.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import { createVirtualClock } from "../wire/virtualClock.ts";

const SUBSCRIPTION = "d52111d9-8fe6-442a-b3f2-281f7629a58b";

/** The admin endpoint of a Hub, whose subscriptions all belong to one directory. */
function connectHub() {
  const endpoint = "https://adminmanagement.local.azurestack.external";
  const sent: PipelineRequest[] = [];
  const signed: string[] = [];
  async function sendRequest(request: PipelineRequest) {
    sent.push(request);
    return { request, status: 200, headers: createHttpHeaders(), bodyAsText: "{}" };
  }
  const wire = createWire(createArmService({ endpoint, audience: "https://adminmanagement.contoso.com/1" }), {
    httpClient: async () => ({ sendRequest }),
    clock: { ...createVirtualClock(), random: () => 1 },
    newId: () => "c0ffee00-0000-4000-8000-000000000000",
    changeLog: { open: async () => {}, observe: () => {} },
    secrets: [],
  });
  const transport = createArmTransport({
    wire,
    endpoint,
    credential: (directory = "its own") => ({
      async getToken(scopes) {
        signed.push(`${directory}: ${scopes}`);
        return { token: directory, expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
      },
    }),
    directoryOf: async () => "the Hub's",
  });
  return { transport, sent, signed, endpoint };
}

const offer = {
  subscriptionId: SUBSCRIPTION,
  id: `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Subscriptions.Admin/offers/a#b`,
  apiVersion: "2015-11-01",
};

describe("createArmTransport", () => {
  it("signs for the endpoint's audience, and in the directory of the subscription", async () => {
    const { transport, sent, signed, endpoint } = connectHub();

    await transport.get(offer);
    await transport.put({ ...offer, body: {} });

    const url = `${endpoint}/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Subscriptions.Admin/offers/a%23b?api-version=2015-11-01`;
    assert.deepEqual(
      sent.map((request) => [request.method, request.url]),
      [
        ["GET", url],
        ["PUT", url],
      ],
    );
    assert.deepEqual(signed, ["the Hub's: https://adminmanagement.contoso.com/1/.default"]);
  });

  it("signs in the credential's own directory for what lies under no subscription", async () => {
    const { transport, signed } = connectHub();

    await transport.get({ id: "/providers/Microsoft.Subscription/aliases/a", apiVersion: "2021-10-01" });

    assert.deepEqual(signed, ["its own: https://adminmanagement.contoso.com/1/.default"]);
  });

  it("follows a page's link on the endpoint alone", async () => {
    const { transport, sent } = connectHub();

    const elsewhere = transport.getPage({ subscriptionId: SUBSCRIPTION, url: "https://management.azure.com/x" });

    await assert.rejects(elsewhere, (error) => hasCode(error, "CSP_NOT_ARM"));
    assert.equal(sent.length, 0);
  });
});
