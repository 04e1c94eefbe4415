import assert from "node:assert/strict";
import { directoryIn, parseChallenges } from "../../../../../provider/src/clients/arm/challenge.ts";

const TENANT = "61fab11c-a4eb-4a48-9963-9823113288f3";

describe("parseChallenges", () => {
  it("reads schemes, quoted and bare values, and escapes", () => {
    assert.deepEqual(parseChallenges('Bearer realm="a, \\"b\\"", error=invalid_token, Negotiate , Pop nonce="x"'), [
      { scheme: "bearer", parameters: { realm: 'a, "b"', error: "invalid_token" } },
      { scheme: "negotiate", parameters: {} },
      { scheme: "pop", parameters: { nonce: "x" } },
    ]);
  });

  it("ends where the header cannot be read", () => {
    assert.deepEqual(parseChallenges('="a" Bearer x="y"'), []);
    assert.deepEqual(parseChallenges('realm="a"'), []);
    assert.deepEqual(parseChallenges(""), []);
  });
});

describe("directoryIn", () => {
  const rest =
    'error="invalid_token", error_description="The authentication failed because of missing \'Authorization\' header."';

  for (const [what, header] of [
    ["as ARM writes it", `Bearer authorization_uri="https://login.windows.net/${TENANT}", ${rest}`],
    ["in another order", `Bearer ${rest}, authorization_uri="https://login.windows.net/${TENANT}"`],
    [
      "with spaces around the equals sign",
      `Bearer authorization_uri = "https://login.microsoftonline.us/${TENANT}" , ${rest}`,
    ],
    ["without quotes", `Bearer authorization_uri=https://login.windows.net/${TENANT}, error=invalid_token`],
    ["under its other name", `Bearer authorization="https://login.chinacloudapi.cn/${TENANT}/oauth2/authorize"`],
    ["in other letters", `BEARER Authorization_Uri="https://login.windows.net/${TENANT.toUpperCase()}/"`],
    ["behind another scheme", `Negotiate, Bearer authorization_uri="https://login.windows.net/${TENANT}"`],
    ["on an authority with a port", `Bearer authorization_uri="https://127.0.0.1:8443/${TENANT}"`],
  ]) {
    it(`finds the directory ${what}`, () => assert.equal(directoryIn(header), TENANT));
  }

  for (const [what, header] of [
    ["no header", undefined],
    ["another scheme alone", `Basic authorization_uri="https://login.windows.net/${TENANT}"`],
    ["an address without a directory", 'Bearer authorization_uri="https://login.windows.net/"'],
    ["the common endpoint", 'Bearer authorization_uri="https://login.windows.net/common"'],
    ["what is not an address", 'Bearer authorization_uri="login"'],
  ]) {
    it(`finds none in ${what}`, () => assert.equal(directoryIn(header), undefined));
  }
});
