import assert from "node:assert/strict";
import { createHttpHeaders, type PipelineRequest } from "@azure/core-rest-pipeline";
import { readHubMetadata } from "../../../../../provider/src/clients/hub/hubMetadata.ts";
import { createHubService } from "../../../../../provider/src/clients/hub/hubService.ts";
import { createWire } from "../../../../../provider/src/clients/wire/wire.ts";
import type { ErrorCode } from "../../../../../provider/src/domain/errors/catalogue.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import { createVirtualClock } from "../wire/virtualClock.ts";

const ENDPOINT = "https://adminmanagement.local.azurestack.external";
const AUDIENCE = "https://adminmanagement.contoso.onmicrosoft.com/3cc5febd-e4b7-4a85-a2ed-1d730e2f5928";

function metadata(loginEndpoint: unknown, more: object = {}) {
  return { galleryEndpoint: "", authentication: { loginEndpoint, audiences: [AUDIENCE] }, ...more };
}

async function read(body: unknown, { status = 200 } = {}) {
  const sent: PipelineRequest[] = [];
  async function sendRequest(request: PipelineRequest) {
    sent.push(request);
    const bodyAsText = typeof body === "string" ? body : JSON.stringify(body);
    return { request, status, headers: createHttpHeaders(), bodyAsText };
  }
  const wire = createWire(createHubService({ endpoint: ENDPOINT, audience: ENDPOINT }), {
    httpClient: async () => ({ sendRequest }),
    clock: { ...createVirtualClock(), random: () => 1 },
    newId: () => "c0ffee00-0000-4000-8000-000000000000",
    changeLog: { open: async () => {}, observe: () => {} },
    secrets: [],
  });
  const isTrusted = (authority: string) => authority === "https://login.windows.net";
  const found = await readHubMetadata({ wire, endpoint: ENDPOINT, isTrusted });
  return { found, sent };
}

describe("readHubMetadata", () => {
  it("asks the endpoint itself, without a token", async () => {
    const { found, sent } = await read(metadata("https://login.windows.net/"));

    assert.deepEqual(found, { identityProvider: "entra", authority: "https://login.windows.net", audience: AUDIENCE });
    assert.equal(sent[0]?.url, `${ENDPOINT}/metadata/endpoints?api-version=2015-01-01`);
    assert.equal(sent[0]?.headers.get("authorization"), undefined);
  });

  it("tells AD FS by the end of its address, on a host of the Hub's own", async () => {
    const { found } = await read(metadata("https://adfs.local.azurestack.external/adfs/"));

    assert.deepEqual(found, {
      identityProvider: "adfs",
      authority: "https://adfs.local.azurestack.external",
      audience: AUDIENCE,
    });
  });

  it("makes nothing of the portals, which a user's endpoint may have from its operator's", async () => {
    const portals = { "portal Endpoint": "https://adminportal.local.azurestack.external/", portalEndpoint: 1 };

    assert.equal((await read(metadata("https://login.windows.net/", portals))).found.audience, AUDIENCE);
  });

  for (const [what, body, code] of [
    ["an authority that nobody knows", metadata("https://login.evil.example/"), "CSP_HUB_AUTHORITY"],
    ["an AD FS elsewhere", metadata("https://adfs.evil.example/adfs/"), "CSP_HUB_AUTHORITY"],
    ["Entra ID on a host of the Hub's", metadata("https://login.local.azurestack.external/"), "CSP_HUB_AUTHORITY"],
    ["an authority in clear", metadata("http://login.windows.net/"), "CSP_HUB_METADATA"],
    ["an authority that is no URL", metadata("login"), "CSP_HUB_METADATA"],
    ["no authority", metadata(undefined), "CSP_HUB_METADATA"],
    ["no audience", { authentication: { loginEndpoint: "https://login.windows.net/" } }, "CSP_HUB_METADATA"],
    ["a page", "<html>", "CSP_HUB_METADATA"],
  ] as const satisfies readonly (readonly [string, unknown, ErrorCode])[]) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(read(body), (error) => hasCode(error, code));
    });
  }

  it("does not take an answer that refuses for a Hub's", async () => {
    await assert.rejects(read("<html>", { status: 404 }), (error) => hasCode(error, "CSP_NOT_ARM"));
  });
});
