import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createHttpHeaders, type HttpClient } from "@azure/core-rest-pipeline";
import { createEmulator, type Emulator } from "@azurestack-csp/emulator";
import { createAzureClients } from "../../provider/src/clients/connect.ts";
import { hasCode } from "../../provider/src/domain/errors/providerError.ts";
import { sample } from "../emulator/support/sample.ts";
import { createEmulatedClients, createHastyClock, environmentOf, trusting } from "./emulatedClients.ts";

const paris = {
  registrationSubscriptionId: sample.paris.subscriptionId,
  resourceGroup: sample.paris.resourceGroup,
  registrationName: sample.paris.name,
};

/** A workflow's token as the emulator judges it: by audience and expiry. */
function federatedToken(audience = "api://AzureADTokenExchange"): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: "https://token.actions.example", sub: "repo:a/b", aud: audience, exp: 4_000_000_000 };
  return `${encode({ alg: "none" })}.${encode(claims)}.${Buffer.from("signature").toString("base64url")}`;
}

describe("signing in over HTTPS", () => {
  let emulator: Emulator;
  let env: Record<string, string>;

  beforeEach(async () => {
    emulator = await createEmulator();
    const { AZURE_CLIENT_SECRET: _, ...rest } = environmentOf(emulator);
    env = rest;
  });

  afterEach(() => emulator.close());

  function connect(more: Record<string, string>, httpClient: HttpClient = trusting(emulator)) {
    const options = { httpClient: async () => httpClient, clock: createHastyClock() };
    return createAzureClients({ ...env, ...more }, options).registrations;
  }

  it("takes an OIDC token", async () => {
    await connect({ ARM_OIDC_TOKEN: federatedToken() }).getRegistration(paris);
  });

  it("takes an OIDC token from a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "federated-"));
    const path = join(folder, "token");
    await writeFile(path, federatedToken());
    try {
      await connect({ AZURE_FEDERATED_TOKEN_FILE: path }).getRegistration(paris);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("refuses a token's file that is not there", async () => {
    const client = connect({ AZURE_FEDERATED_TOKEN_FILE: join(tmpdir(), "no-such-token") });
    await assert.rejects(client.getRegistration(paris), (error) => {
      assert(hasCode(error, "CSP_CREDENTIAL_REFUSED"));
      assert.match(error.message, /OIDC token file of application/);
      return true;
    });
  });

  it("does not show an OIDC token that is refused", async () => {
    const token = federatedToken("api://another");
    await assert.rejects(connect({ ARM_OIDC_TOKEN: token }).getRegistration(paris), (error) => {
      assert(hasCode(error, "CSP_CREDENTIAL_REFUSED"));
      assert.match(error.message, /AADSTS\d+/);
      assert(!error.message.includes(token));
      return true;
    });
  });

  describe("with GitHub's token", () => {
    const workflow = {
      ACTIONS_ID_TOKEN_REQUEST_URL: "https://actions.example/token?v=2",
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
    };
    const asked: string[] = [];

    /** GitHub's end of the wire; everything else goes to the emulator. */
    function withGitHub(status: number, body: unknown): HttpClient {
      const inner = trusting(emulator);
      return {
        async sendRequest(request) {
          if (!request.url.startsWith("https://actions.example/")) return inner.sendRequest(request);
          asked.push(`${request.url} ${request.headers.get("authorization")}`);
          return { request, status, headers: createHttpHeaders(), bodyAsText: JSON.stringify(body) };
        },
      };
    }

    it("asks for it with the audience that Entra ID expects", async () => {
      await connect(workflow, withGitHub(200, { value: federatedToken() })).getRegistration(paris);
      assert.equal(
        asked.at(-1),
        "https://actions.example/token?v=2&audience=api%3A%2F%2FAzureADTokenExchange Bearer request-token",
      );
    });

    it("says that GitHub gave none, and not how it was asked", async () => {
      await assert.rejects(connect(workflow, withGitHub(403, {})).getRegistration(paris), (error) => {
        assert(hasCode(error, "CSP_CREDENTIAL_REFUSED"));
        assert.match(error.message, /GitHub gave no token \(status 403\)/);
        assert(!error.message.includes("request-token"));
        return true;
      });
    });
  });

  it("names the authority where that is not reached", async () => {
    const { registrations } = createEmulatedClients(emulator, { AZURE_AUTHORITY_HOST: "https://127.0.0.1:1" });
    await assert.rejects(registrations.getRegistration(paris), (error) => {
      assert(hasCode(error, "CSP_UNREACHABLE"));
      assert.match(error.message, /127\.0\.0\.1:1 could not be reached: ECONNREFUSED/);
      return true;
    });
  });

  it("does not hold it against the credential when the authority is down for a while", async () => {
    emulator.addFault({ match: { path: "oauth2" }, times: 2, what: { status: 503 } });
    await connect({ ARM_OIDC_TOKEN: federatedToken() }).getRegistration(paris);
    emulator.addFault({ match: { path: "oauth2" }, what: { status: 503 } });
    const client = connect({ ARM_OIDC_TOKEN: federatedToken() });
    await assert.rejects(client.getRegistration(paris), (error) => hasCode(error, "CSP_UNREACHABLE"));
    emulator.clearFaults();
    await client.getRegistration(paris);
  });

  it("loads no package of Azure's before the first request", async () => {
    const script = `
      import { registerHooks } from "node:module";
      const loaded = [];
      registerHooks({
        resolve(specifier, context, next) {
          const resolved = next(specifier, context);
          if (resolved.url.includes("/@azure")) loaded.push(resolved.url);
          return resolved;
        },
      });
      const { createAzureClients } = await import(${JSON.stringify(new URL("../../provider/src/clients/connect.ts", import.meta.url).href)});
      createAzureClients(process.env);
      process.stdout.write(JSON.stringify(loaded));
    `;
    const args = ["--conditions=development", "--input-type=module", "--eval", script];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { PATH: process.env.PATH, ...environmentOf(emulator) },
    });
    assert.deepEqual(JSON.parse(stdout), []);
  });
});
