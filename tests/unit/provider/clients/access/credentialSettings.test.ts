import assert from "node:assert/strict";
import { readSettings } from "../../../../../provider/src/clients/access/settings.ts";
import type { ErrorCode } from "../../../../../provider/src/domain/errors/catalogue.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";

const TENANT = "61fab11c-a4eb-4a48-9963-9823113288f3";
const CLIENT = "2af923dd-9767-4866-b866-b5b8397f069e";
const OTHER = "05c368fa-731d-46fe-801a-91e06ebd2e54";
const azure = { AZURE_TENANT_ID: TENANT, AZURE_CLIENT_ID: CLIENT };
const application = { tenantId: TENANT, clientId: CLIENT };
const gitHub = {
  ACTIONS_ID_TOKEN_REQUEST_URL: "https://actions.example/token?v=1",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "jwt",
};
const gitHubRequest = {
  requestUrl: "https://actions.example/token?v=1",
  requestToken: "jwt",
  audience: undefined,
};
const azureDevOps = {
  SYSTEM_OIDCREQUESTURI: "https://vstoken.example/oidctoken",
  SYSTEM_ACCESSTOKEN: "system",
  ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID: OTHER,
};
const azureDevOpsRequest = {
  requestUrl: "https://vstoken.example/oidctoken",
  requestToken: "system",
  serviceConnectionId: OTHER,
};

function refuses(env: Record<string, string>, code: ErrorCode, ...patterns: RegExp[]): void {
  assert.throws(
    () => readSettings(env),
    (error) => {
      assert(hasCode(error, code), `${code} expected, got ${error}`);
      for (const pattern of patterns) assert.match(error.message, pattern);
      return true;
    },
  );
}

describe("readSettings", () => {
  describe("of the credential", () => {
    for (const [what, env, expected] of [
      ["a secret", { ...azure, AZURE_CLIENT_SECRET: "s" }, { kind: "clientSecret", ...application, clientSecret: "s" }],
      [
        "a secret under its ARM names",
        { ARM_TENANT_ID: TENANT, ARM_CLIENT_ID: CLIENT, ARM_CLIENT_SECRET: "s" },
        { kind: "clientSecret", ...application, clientSecret: "s" },
      ],
      [
        "both names that agree, in any letter case",
        { ...azure, ARM_TENANT_ID: TENANT.toUpperCase(), AZURE_CLIENT_SECRET: "s", ARM_CLIENT_SECRET: "s" },
        { kind: "clientSecret", ...application, clientSecret: "s" },
      ],
      [
        "a certificate",
        { ...azure, ARM_CLIENT_CERTIFICATE_PATH: "/c.pem", ARM_CLIENT_CERTIFICATE_PASSWORD: "p" },
        {
          kind: "clientCertificate",
          ...application,
          path: "/c.pem",
          variable: "ARM_CLIENT_CERTIFICATE_PATH",
          password: "p",
          passwordVariable: "ARM_CLIENT_CERTIFICATE_PASSWORD",
        },
      ],
      [
        "a certificate without a password, which would be in a variable of its family",
        { ...azure, AZURE_CLIENT_CERTIFICATE_PATH: "/c.pem" },
        {
          kind: "clientCertificate",
          ...application,
          path: "/c.pem",
          variable: "AZURE_CLIENT_CERTIFICATE_PATH",
          password: undefined,
          passwordVariable: "AZURE_CLIENT_CERTIFICATE_PASSWORD",
        },
      ],
      ["an OIDC token", { ...azure, ARM_OIDC_TOKEN: "jwt" }, { kind: "oidcToken", ...application, token: "jwt" }],
      [
        "an OIDC token's file before a secret",
        { ...azure, AZURE_CLIENT_SECRET: "s", AZURE_FEDERATED_TOKEN_FILE: "/t" },
        { kind: "oidcFile", ...application, path: "/t", variable: "AZURE_FEDERATED_TOKEN_FILE" },
      ],
      [
        "the file under its ARM name",
        { ...azure, ARM_OIDC_TOKEN_FILE_PATH: "/t" },
        { kind: "oidcFile", ...application, path: "/t", variable: "ARM_OIDC_TOKEN_FILE_PATH" },
      ],
      [
        "GitHub's token where nothing else proves the application",
        { ...azure, ...gitHub },
        { kind: "oidcGitHub", ...application, ...gitHubRequest },
      ],
      [
        "GitHub's token before a secret where it is asked for",
        { ...azure, ...gitHub, AZURE_CLIENT_SECRET: "s", ARM_USE_OIDC: "true" },
        { kind: "oidcGitHub", ...application, ...gitHubRequest },
      ],
      [
        "another audience of GitHub's token",
        { ...azure, ...gitHub, ARM_OIDC_AUDIENCE: "api://own" },
        { kind: "oidcGitHub", ...application, ...gitHubRequest, audience: "api://own" },
      ],
      [
        "Azure DevOps' token where nothing else proves the application",
        { ...azure, ...azureDevOps },
        { kind: "oidcAzureDevOps", ...application, ...azureDevOpsRequest },
      ],
      [
        "Azure DevOps' token under its ARM names, before a secret where it is asked for",
        {
          ...azure,
          ARM_OIDC_REQUEST_URL: "https://vstoken.example/oidctoken",
          ARM_OIDC_REQUEST_TOKEN: "system",
          AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: OTHER,
          AZURE_CLIENT_SECRET: "s",
          ARM_USE_OIDC: "true",
        },
        { kind: "oidcAzureDevOps", ...application, ...azureDevOpsRequest },
      ],
      [
        "a secret before GitHub's token where it is not",
        { ...azure, ...gitHub, AZURE_CLIENT_SECRET: "s" },
        { kind: "clientSecret", ...application, clientSecret: "s" },
      ],
      [
        "a managed identity",
        { ARM_USE_MSI: "TRUE" },
        { kind: "managedIdentity", tenantId: undefined, clientId: undefined },
      ],
      [
        "a managed identity's id alone",
        { AZURE_CLIENT_ID: CLIENT },
        { kind: "default", tenantId: undefined, clientId: CLIENT },
      ],
      ["a directory alone", { ARM_TENANT_ID: TENANT }, { kind: "default", tenantId: TENANT, clientId: undefined }],
      [
        "empty variables as none",
        { AZURE_CLIENT_SECRET: "", ARM_CLIENT_ID: " " },
        { kind: "default", tenantId: undefined, clientId: undefined },
      ],
    ] as const) {
      it(`take ${what}`, () => assert.deepEqual(readSettings(env).credential, expected));
    }

    for (const [what, env, pattern] of [
      ["tenants", { AZURE_TENANT_ID: TENANT, ARM_TENANT_ID: OTHER }, /AZURE_TENANT_ID and ARM_TENANT_ID/],
      ["clients", { ...azure, AZURE_CLIENT_SECRET: "s", ARM_CLIENT_ID: OTHER }, /AZURE_CLIENT_ID and ARM_CLIENT_ID/],
      [
        "secrets",
        { ...azure, AZURE_CLIENT_SECRET: "s-one", ARM_CLIENT_SECRET: "s-two" },
        /AZURE_CLIENT_SECRET and ARM_CLIENT_SECRET/,
      ],
    ] as const) {
      it(`refuse two ${what}, and never say which`, () => {
        refuses(env, "CSP_CREDENTIAL_CONFLICT", pattern);
        assert.throws(
          () => readSettings(env),
          (error) => !/s-one|s-two/.test(String(error)),
        );
      });
    }

    for (const [env, pattern] of [
      [{ AZURE_TENANT_ID: "contoso onmicrosoft" }, /AZURE_TENANT_ID names "contoso onmicrosoft".*neither a GUID nor/],
      [
        { ...azure, ...gitHub, ACTIONS_ID_TOKEN_REQUEST_URL: "actions.example" },
        /ACTIONS_ID_TOKEN_REQUEST_URL names "actions\.example".*not a URL/,
      ],
      [{ ...azure, ...azureDevOps, SYSTEM_OIDCREQUESTURI: "oidc" }, /SYSTEM_OIDCREQUESTURI names "oidc".*not a URL/],
    ] as const) {
      it(`refuse what the sign-in library would fail on: ${Object.values(env).at(-1)}`, () => {
        refuses(env, "CSP_CREDENTIAL_UNUSABLE", pattern);
      });
    }

    for (const [what, env, pattern] of [
      ["a secret without a tenant", { AZURE_CLIENT_ID: CLIENT, AZURE_CLIENT_SECRET: "s" }, /AZURE_TENANT_ID/],
      ["a secret without a client", { ARM_TENANT_ID: TENANT, ARM_CLIENT_SECRET: "s" }, /ARM_CLIENT_ID/],
      ["an application without any proof", azure, /AZURE_CLIENT_SECRET/],
      ["an ARM client without any proof", { ARM_CLIENT_ID: CLIENT }, /ARM_CLIENT_SECRET/],
      ["OIDC without any token", { ...azure, AZURE_CLIENT_SECRET: "s", ARM_USE_OIDC: "1" }, /ARM_USE_OIDC/],
      [
        "OIDC in a job of Azure DevOps' without its service connection",
        {
          ...azure,
          ...azureDevOps,
          ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID: "",
          AZURE_CLIENT_SECRET: "s",
          ARM_USE_OIDC: "1",
        },
        /SYSTEM_OIDCREQUESTURI with SYSTEM_ACCESSTOKEN and ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID/,
      ],
    ] as const) {
      it(`refuse ${what}`, () => refuses(env, "CSP_CREDENTIAL_INCOMPLETE", pattern));
    }
  });

  describe("of a registration with a prefix", () => {
    const own = { ARM_CLIENT_SECRET: "run", ...azure, AZURE_USE_MSI: "true", ARM_OIDC_TOKEN: "run" };
    const named = { HUB_TENANT_ID: OTHER, HUB_CLIENT_ID: CLIENT };
    const other = { tenantId: OTHER, clientId: CLIENT };
    const credentialOf = (env: Record<string, string>) => readSettings(env, { credentialPrefix: "HUB" }).credential;

    it("take its variables and none of the run's", () => {
      const expected = [
        [{ HUB_CLIENT_SECRET: "s" }, { kind: "clientSecret", ...other, clientSecret: "s" }],
        [{ HUB_OIDC_TOKEN: "t" }, { kind: "oidcToken", ...other, token: "t" }],
        [
          { HUB_FEDERATED_TOKEN_FILE: "/f" },
          { kind: "oidcFile", ...other, path: "/f", variable: "HUB_FEDERATED_TOKEN_FILE" },
        ],
        [
          { HUB_CLIENT_CERTIFICATE_PATH: "/c", HUB_CLIENT_CERTIFICATE_PASSWORD: "p" },
          {
            kind: "clientCertificate",
            ...other,
            path: "/c",
            variable: "HUB_CLIENT_CERTIFICATE_PATH",
            password: "p",
            passwordVariable: "HUB_CLIENT_CERTIFICATE_PASSWORD",
          },
        ],
        [{ HUB_USE_MSI: "true" }, { kind: "managedIdentity", ...other }],
      ] as const;
      for (const [proof, credential] of expected) {
        assert.deepEqual(credentialOf({ ...own, ...named, ...proof }), credential);
      }
    });

    it("take the audience and the service connection that have its prefix", () => {
      const audience = credentialOf({ ...gitHub, ...named, ARM_OIDC_AUDIENCE: "run", HUB_OIDC_AUDIENCE: "own" });
      const connection = { HUB_ADO_PIPELINE_SERVICE_CONNECTION_ID: TENANT };
      const { kind, ...rest } = credentialOf({ ...azureDevOps, ...named, ...connection });

      assert.deepEqual(audience, { kind: "oidcGitHub", ...other, ...gitHubRequest, audience: "own" });
      assert.equal(kind, "oidcAzureDevOps");
      assert.deepEqual(rest, { ...other, ...azureDevOpsRequest, serviceConnectionId: TENANT });
    });

    it("take the workflow's token for the application that it names", () => {
      const { kind, ...rest } = credentialOf({ ...azure, ...gitHub, ...named });

      assert.equal(kind, "oidcGitHub");
      assert.deepEqual({ ...rest, ...other }, rest);
    });

    for (const [what, env, missing] of [
      ["nothing", {}, /HUB_TENANT_ID and HUB_CLIENT_ID, with HUB_CLIENT_SECRET/],
      ["a client alone", { HUB_CLIENT_ID: CLIENT }, /HUB_CLIENT_SECRET/],
      ["a secret without a tenant", { HUB_CLIENT_ID: CLIENT, HUB_CLIENT_SECRET: "s" }, /HUB_TENANT_ID is not/],
      ["an application without any proof", named, /HUB_CLIENT_SECRET/],
      ["OIDC without any token", { ...named, HUB_CLIENT_SECRET: "s", HUB_USE_OIDC: "true" }, /HUB_OIDC_TOKEN/],
    ] as const) {
      it(`refuse ${what}, whatever the run's own credential is`, () => {
        assert.throws(
          () => credentialOf({ ...own, ...env }),
          (error) => hasCode(error, "CSP_CREDENTIAL_INCOMPLETE") && missing.test(error.message),
        );
      });
    }
  });
});
