import assert from "node:assert/strict";
import { endpointOf, isHostOfHub, isHubEndpoint } from "../../../../provider/src/domain/hub.ts";

describe("an endpoint of a Hub", () => {
  it("is an https host and perhaps a port", () => {
    for (const fit of ["https://adminmanagement.local.azurestack.external", "https://127.0.0.1:8443/"]) {
      assert(isHubEndpoint(fit), fit);
    }
    for (const unfit of [
      "http://adminmanagement.local.azurestack.external",
      "adminmanagement.local.azurestack.external",
      "https://user@host",
      "https://host/arm",
      "https://host/?a=b",
      "https://host/#a",
      "",
    ]) {
      assert(!isHubEndpoint(unfit), unfit);
    }
  });

  it("says itself which of the two it is", () => {
    assert.deepEqual(endpointOf({ adminEndpoint: "https://A.example/" }), {
      kind: "admin",
      endpoint: "https://a.example",
    });
    assert.deepEqual(endpointOf({ userEndpoint: "https://b.example" }), {
      kind: "user",
      endpoint: "https://b.example",
    });
  });
});

describe("isHostOfHub", () => {
  const endpoint = "https://adminmanagement.local.azurestack.external";

  for (const [url, expected] of [
    ["https://adfs.local.azurestack.external/adfs", true],
    ["https://adminmanagement.local.azurestack.external:30024", true],
    ["https://login.microsoftonline.com", false],
    ["https://evillocal.azurestack.external", false],
    ["https://local.azurestack.external", false],
    ["https://adfs.remote.azurestack.external", false],
  ] as const) {
    it(`says ${expected} of ${url}`, () => {
      assert.equal(isHostOfHub(endpoint, new URL(url)), expected);
    });
  }

  it("takes no host beside an address or in a whole top-level domain for the Hub's", () => {
    assert(isHostOfHub("https://127.0.0.1:1", new URL("https://127.0.0.1:2")));
    assert(!isHostOfHub("https://10.1.2.3", new URL("https://9.1.2.3")));
    assert(!isHostOfHub("https://hub.example", new URL("https://evil.example")));
  });
});
