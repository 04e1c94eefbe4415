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
import { createCertificate } from "../support/createCertificate.ts";
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

  it("says what is wrong with a token's file, and by which variable it is read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "federated-"));
    const paths = {
      missing: join(folder, "missing"),
      empty: join(folder, "empty"),
      words: join(folder, "words"),
      folder,
    };
    await writeFile(paths.empty, " \n");
    await writeFile(paths.words, "not a token");
    try {
      for (const [path, reason] of [
        [paths.missing, "there is no such file"],
        [paths.empty, "it is empty"],
        [paths.words, "it holds more than one word, and a token is one"],
        [paths.folder, "it is a folder"],
      ] as const) {
        const client = connect({ AZURE_FEDERATED_TOKEN_FILE: path });
        await assert.rejects(client.getRegistration(paris), (error) => {
          assert(hasCode(error, "CSP_CREDENTIAL_UNUSABLE"), String(error));
          assert.deepEqual(error.details, { variable: "AZURE_FEDERATED_TOKEN_FILE", path, reason });
          return true;
        });
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("takes a certificate, with a password and without, and tells a file that holds none", async () => {
    const folder = await mkdtemp(join(tmpdir(), "certificate-"));
    const { certificate, key } = await createCertificate();
    const encrypted = key.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc", passphrase: "hush-hush" });
    const plain = key.export({ format: "pem", type: "pkcs8" });
    const write = async (name: string, ...parts: (string | Buffer)[]) => {
      await writeFile(join(folder, name), parts.join("\n"));
      return { AZURE_CLIENT_CERTIFICATE_PATH: join(folder, name) };
    };
    try {
      await connect(await write("plain.pem", certificate, plain)).getRegistration(paris);
      const locked = await write("locked.pem", encrypted, certificate);
      await connect({ ...locked, AZURE_CLIENT_CERTIFICATE_PASSWORD: "hush-hush" }).getRegistration(paris);
      await assert.rejects(connect(await write("bare.pem", certificate)).getRegistration(paris), (error) => {
        assert(hasCode(error, "CSP_CREDENTIAL_UNUSABLE"), String(error));
        assert.equal(error.details.reason, "it holds no private key");
        return true;
      });
    } finally {
      await rm(folder, { recursive: true });
    }
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

    for (const [what, more, audience] of [
      ["of the cloud", { ARM_ENVIRONMENT: "usgovernment" }, "api://AzureADTokenExchangeUSGov"],
      ["that is set", { ARM_ENVIRONMENT: "china", ARM_OIDC_AUDIENCE: "api://AzureADTokenExchange" }, undefined],
    ] as const) {
      it(`asks for it with the audience ${what}`, async () => {
        await connect({ ...workflow, ...more }, withGitHub(200, { value: federatedToken(audience) })).getRegistration(
          paris,
        );
        const [url = ""] = asked.at(-1)?.split(" ") ?? [];
        assert.equal(new URL(url).searchParams.get("audience"), audience ?? "api://AzureADTokenExchange");
      });
    }

    it("says that GitHub gave none, and not how it was asked", async () => {
      await assert.rejects(connect(workflow, withGitHub(403, {})).getRegistration(paris), (error) => {
        assert(hasCode(error, "CSP_CREDENTIAL_REFUSED"));
        assert.match(error.message, /GitHub gave no token \(status 403\)/);
        assert(!error.message.includes("request-token"));
        return true;
      });
    });
  });

  describe("with Azure DevOps' token", () => {
    const job = {
      SYSTEM_OIDCREQUESTURI: "https://vstoken.example/oidctoken",
      SYSTEM_ACCESSTOKEN: "system-token",
      ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID: "05c368fa-731d-46fe-801a-91e06ebd2e54",
    };
    const asked: string[] = [];

    function withAzureDevOps(status: number, body: unknown): HttpClient {
      const inner = trusting(emulator);
      return {
        async sendRequest(request) {
          if (!request.url.startsWith("https://vstoken.example/")) return inner.sendRequest(request);
          const redirects = request.headers.get("x-tfs-fedauthredirect") ?? "";
          asked.push(`${request.method} ${request.url} ${request.headers.get("authorization")} ${redirects}`);
          return { request, status, headers: createHttpHeaders(), bodyAsText: JSON.stringify(body) };
        },
      };
    }

    it("posts for one of the service connection", async () => {
      await connect(job, withAzureDevOps(200, { oidcToken: federatedToken() })).getRegistration(paris);
      assert.equal(
        asked.at(-1),
        "POST https://vstoken.example/oidctoken?api-version=7.1&serviceConnectionId=05c368fa-731d-46fe-801a-91e06ebd2e54 Bearer system-token Suppress",
      );
    });

    it("says that Azure DevOps gave none, and not how it was asked", async () => {
      await assert.rejects(connect(job, withAzureDevOps(401, {})).getRegistration(paris), (error) => {
        assert(hasCode(error, "CSP_CREDENTIAL_REFUSED"));
        assert.match(error.message, /Azure DevOps' OIDC token: Azure DevOps gave no token \(status 401\)/);
        assert(!error.message.includes("system-token"));
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
