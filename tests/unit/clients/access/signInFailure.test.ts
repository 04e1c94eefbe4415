import assert from "node:assert/strict";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { type Meeting, signInError } from "../../../../provider/src/clients/access/signInFailure.ts";
import { isProviderError } from "../../../../provider/src/domain/errors/providerError.ts";

const host = "169.254.169.254";
const machine = { kind: "managedIdentity", tenantId: undefined, clientId: undefined } as const;
const error = new Error("the library's own prose");

function answered(status: number): Meeting {
  const request = createPipelineRequest({ url: `http://${host}/metadata/identity/oauth2/token` });
  return { host, response: { status, request, headers: createHttpHeaders(), bodyAsText: "" } };
}

function codeAfter(met: Meeting): string | undefined {
  const explained = signInError({ error, met, settings: machine, directory: "(the credential's own)" });
  return isProviderError(explained) ? explained.code : undefined;
}

describe("signInError, of a managed identity", () => {
  for (const status of [408, 429, 503]) {
    it(`says nothing for good after ${status}, so that the next request tries again`, () => {
      assert.equal(codeAfter(answered(status)), "CSP_UNREACHABLE");
    });
  }

  it("tells that the machine has none", () => {
    assert.equal(codeAfter(answered(400)), "CSP_CREDENTIAL_MISSING");
    assert.equal(codeAfter({ host, error: new Error("connect EHOSTUNREACH") }), "CSP_CREDENTIAL_MISSING");
  });
});
