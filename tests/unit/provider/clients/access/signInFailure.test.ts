import assert from "node:assert/strict";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { type Meeting, signInError } from "../../../../../provider/src/clients/access/signInFailure.ts";
import { hasCode, isProviderError } from "../../../../../provider/src/domain/errors/providerError.ts";
import { longestMatched } from "../../../../support/longestMatched.ts";

const host = "169.254.169.254";
const machine = { kind: "managedIdentity", tenantId: undefined, clientId: undefined } as const;
const error = new Error("the library's own prose");

function answered(status: number): Meeting {
  const request = createPipelineRequest({ url: `http://${host}/metadata/identity/oauth2/token` });
  return { host, response: { status, request, headers: createHttpHeaders(), bodyAsText: "" } };
}

function codeAfter(met: Meeting): string | undefined {
  const explained = signInError({ error, met, settings: machine, directory: "" });
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

describe("signInError, of the machine's default credential", () => {
  const settings = { kind: "default", tenantId: undefined, clientId: undefined } as const;

  function messageAfter(failure: unknown): string {
    const explained = signInError({ error: failure, met: undefined, settings, directory: "" });
    assert.ok(hasCode(explained, "CSP_CREDENTIAL_MISSING"));
    return explained.message;
  }

  function attempts(...messages: readonly string[]): unknown {
    return Object.assign(new Error("all of it, once more"), { errors: messages.map((message) => new Error(message)) });
  }

  it("gives the reason of each attempt, its first line", () => {
    const message = messageAfter(
      attempts(
        "EnvironmentCredential is unavailable.",
        "Please run 'az login'.\r\nstack and all",
        "Please run 'az login'.",
      ),
    );

    assert.match(
      message,
      /Azure Developer CLI\.\n {2}- EnvironmentCredential is unavailable\.\n {2}- Please run 'az login'\.\n Nothing was sent\./,
    );
    assert.doesNotMatch(message, /stack and all|all of it/);
  });

  it("names the directory that is to be signed in to, in the command", () => {
    const [own = "", other = ""] = ["", "61fab11c-a4eb-4a48-9963-9823113288f3"].map((directory) => {
      const explained = signInError({ error, met: undefined, settings, directory });
      assert.ok(hasCode(explained, "CSP_CREDENTIAL_MISSING"));
      return explained.message;
    });

    assert.match(own, /sign in with `az login`\./);
    assert.match(other, /sign in with `az login --tenant 61fab11c-a4eb-4a48-9963-9823113288f3`\./);
  });

  it("gives the one reason where an attempt ended the rest", () => {
    assert.match(messageAfter(new Error("AADSTS700016: not found")), /\n {2}- AADSTS700016: not found\n/);
  });

  it("tells no token, no query and nothing that steers a terminal", () => {
    const token = `eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiIsIng1dCI6Ik1.${"x".repeat(30)}.${"y".repeat(30)}`;
    const message = messageAfter(
      attempts(
        `Refused ${token}`,
        "GET https://msi/token?secret=hush&x=1 failed",
        "\u001b[2Jaz",
        `${"long ".repeat(100)}`,
      ),
    );

    assert.match(message, /- Refused \*\*\*\n.*- GET https:\/\/msi\/token\?\*\*\* failed\n.*- \\u001B\[2Jaz\n/s);
    assert.doesNotMatch(message, /eyJ|hush|xxx|yyy/);
    assert.ok(message.length < 1_200, message);
  });

  it("has nothing to add where the library says nothing", () => {
    assert.match(messageAfter(attempts()), /Azure Developer CLI\. Nothing was sent\./);
  });
});

describe("signInError, of a text without end", () => {
  it("looks at the beginning of what a library says alone", () => {
    const settings = { kind: "default", tenantId: undefined, clientId: undefined } as const;
    const endless = new Error("?".repeat(200_000));
    const act = () => void signInError({ error: endless, met: undefined, settings, directory: "d" });

    const longest = longestMatched(act);

    assert.ok(longest > 0 && longest < 10_000, `a pattern saw ${longest} characters`);
  });

  it("looks at the beginning of what an authority says alone", () => {
    const settings = { kind: "clientSecret", tenantId: "t", clientId: "c", clientSecret: "hush" } as const;
    const request = createPipelineRequest({ url: "https://login.microsoftonline.com/t/oauth2/v2.0/token" });
    const body = { error: "invalid_client", error_description: `AADSTS1:${" ".repeat(200_000)}x` };
    const response = { status: 401, request, headers: createHttpHeaders(), bodyAsText: JSON.stringify(body) };
    let explained: unknown;

    const longest = longestMatched(() => {
      explained = signInError({ error, met: { host, response }, settings, directory: "d" });
    });

    assert.ok(hasCode(explained, "CSP_CREDENTIAL_REFUSED"));
    assert.ok(longest > 0 && longest < 10_000, `a pattern saw ${longest} characters`);
  });
});
