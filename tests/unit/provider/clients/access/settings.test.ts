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
  it("means public Azure, the oldest version and whatever credential there is by default", () => {
    assert.deepEqual(readSettings({}), {
      cloud: {
        name: "public",
        resourceManager: "https://management.azure.com",
        authority: "https://login.microsoftonline.com",
        audience: "https://management.azure.com",
        isKnownAuthority: true,
      },
      credential: { kind: "default", tenantId: undefined, clientId: undefined },
      apiVersion: "2017-06-01",
      proxy: undefined,
      changeLog: undefined,
    });
  });

  describe("of the cloud", () => {
    for (const [name, resourceManager, ...spellings] of [
      ["public", "https://management.azure.com", "public", "AzureCloud", "AzurePublicCloud"],
      ["usgovernment", "https://management.usgovcloudapi.net", "usgovernment", "USGov", "AzureUSGovernment"],
      ["china", "https://management.chinacloudapi.cn", "china", "AzureChinaCloud"],
    ] as const) {
      for (const spelling of spellings) {
        it(`take ${spelling} for ${name}, under either name of the variable`, () => {
          for (const variable of ["ARM_ENVIRONMENT", "AZURE_ENVIRONMENT"]) {
            const { cloud } = readSettings({ [variable]: spelling });
            assert.equal(cloud.name, name);
            assert.equal(cloud.resourceManager, resourceManager);
            assert.equal(cloud.audience, resourceManager);
          }
        });
      }
    }

    it("take two spellings of one cloud for the same", () => {
      assert.equal(
        readSettings({ ARM_ENVIRONMENT: "china", AZURE_ENVIRONMENT: "AzureChinaCloud" }).cloud.name,
        "china",
      );
    });

    it("refuse two clouds", () => {
      refuses({ ARM_ENVIRONMENT: "china", AZURE_ENVIRONMENT: "public" }, "CSP_CREDENTIAL_CONFLICT", /ARM_ENVIRONMENT/);
    });

    it("refuse an unknown cloud", () => refuses({ ARM_ENVIRONMENT: "german" }, "CSP_CLOUD_UNKNOWN", /"german"/));

    it("take a custom one, whose audience is the resource manager", () => {
      const env = {
        AZURESTACK_CSP_RESOURCE_MANAGER: "https://127.0.0.1:8443/",
        AZURE_AUTHORITY_HOST: "https://127.0.0.1:8444/",
      };
      assert.deepEqual(readSettings(env).cloud, {
        name: "custom",
        resourceManager: "https://127.0.0.1:8443",
        authority: "https://127.0.0.1:8444",
        audience: "https://127.0.0.1:8443",
        isKnownAuthority: false,
      });
      const named = readSettings({ ...env, AZURESTACK_CSP_AUDIENCE: "https://management.core.windows.net/" });
      assert.equal(named.cloud.audience, "https://management.core.windows.net/");
    });

    it("take an authority without its scheme", () => {
      const { cloud } = readSettings({ AZURE_AUTHORITY_HOST: "login.microsoftonline.us" });
      assert.equal(cloud.authority, "https://login.microsoftonline.us");
      assert(cloud.isKnownAuthority);
    });

    for (const value of ["http://127.0.0.1:8080", "management.azure.com", "https://x.example/?a=b", "https://"]) {
      it(`refuse ${value} as a resource manager`, () => {
        refuses({ AZURESTACK_CSP_RESOURCE_MANAGER: value }, "CSP_ENDPOINT_MALFORMED");
      });
    }

    it("refuse a user in an address without repeating the password", () => {
      const env = { AZURESTACK_CSP_RESOURCE_MANAGER: "https://user:pa55word@x.example" };
      refuses(env, "CSP_ENDPOINT_MALFORMED", /\*\*\*@x\.example/);
      assert.throws(
        () => readSettings(env),
        (error) => !String(error).includes("pa55word"),
      );
    });
  });

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
        { kind: "clientCertificate", ...application, path: "/c.pem", password: "p" },
      ],
      ["an OIDC token", { ...azure, ARM_OIDC_TOKEN: "jwt" }, { kind: "oidcToken", ...application, token: "jwt" }],
      [
        "an OIDC token's file before a secret",
        { ...azure, AZURE_CLIENT_SECRET: "s", AZURE_FEDERATED_TOKEN_FILE: "/t" },
        { kind: "oidcFile", ...application, path: "/t" },
      ],
      [
        "the file under its ARM name",
        { ...azure, ARM_OIDC_TOKEN_FILE_PATH: "/t" },
        { kind: "oidcFile", ...application, path: "/t" },
      ],
      [
        "GitHub's token where nothing else proves the application",
        { ...azure, ...gitHub },
        { kind: "oidcGitHub", ...application, requestUrl: "https://actions.example/token?v=1", requestToken: "jwt" },
      ],
      [
        "GitHub's token before a secret where it is asked for",
        { ...azure, ...gitHub, AZURE_CLIENT_SECRET: "s", ARM_USE_OIDC: "true" },
        { kind: "oidcGitHub", ...application, requestUrl: "https://actions.example/token?v=1", requestToken: "jwt" },
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

    for (const [what, env, pattern] of [
      ["a secret without a tenant", { AZURE_CLIENT_ID: CLIENT, AZURE_CLIENT_SECRET: "s" }, /AZURE_TENANT_ID/],
      ["a secret without a client", { ARM_TENANT_ID: TENANT, ARM_CLIENT_SECRET: "s" }, /ARM_CLIENT_ID/],
      ["an application without any proof", azure, /AZURE_CLIENT_SECRET/],
      ["an ARM client without any proof", { ARM_CLIENT_ID: CLIENT }, /ARM_CLIENT_SECRET/],
      ["OIDC without any token", { ...azure, AZURE_CLIENT_SECRET: "s", ARM_USE_OIDC: "1" }, /ARM_USE_OIDC/],
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
        [{ HUB_FEDERATED_TOKEN_FILE: "/f" }, { kind: "oidcFile", ...other, path: "/f" }],
        [
          { HUB_CLIENT_CERTIFICATE_PATH: "/c", HUB_CLIENT_CERTIFICATE_PASSWORD: "p" },
          { kind: "clientCertificate", ...other, path: "/c", password: "p" },
        ],
        [{ HUB_USE_MSI: "true" }, { kind: "managedIdentity", ...other }],
      ] as const;
      for (const [proof, credential] of expected) {
        assert.deepEqual(credentialOf({ ...own, ...named, ...proof }), credential);
      }
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

  describe("of a registration with a cloud", () => {
    it("take it with its own authority, whatever the environment's cloud is", () => {
      const env = { ARM_ENVIRONMENT: "china", AZURE_AUTHORITY_HOST: "https://login.chinacloudapi.cn" };

      assert.deepEqual(readSettings(env, { cloud: "usgovernment" }).cloud, {
        name: "usgovernment",
        resourceManager: "https://management.usgovcloudapi.net",
        authority: "https://login.microsoftonline.us",
        audience: "https://management.usgovcloudapi.net",
        isKnownAuthority: true,
      });
    });

    it("refuse it beside a resource manager or an audience of the environment", () => {
      for (const variable of ["AZURESTACK_CSP_RESOURCE_MANAGER", "AZURESTACK_CSP_AUDIENCE"]) {
        assert.throws(
          () => readSettings({ [variable]: "https://127.0.0.1" }, { cloud: "public" }),
          (error) => hasCode(error, "CSP_CLOUD_WITH_ENDPOINT") && error.message.includes(variable),
        );
      }
    });
  });

  it("take the versions that serve customer subscriptions", () => {
    assert.equal(readSettings({ AZURESTACK_CSP_API_VERSION: "2022-06-01" }).apiVersion, "2022-06-01");
    refuses({ AZURESTACK_CSP_API_VERSION: "2016-01-01" }, "CSP_API_VERSION_UNKNOWN", /"2016-01-01"/);
  });

  it("name every problem at once", () => {
    refuses(
      { ARM_ENVIRONMENT: "moon", ARM_CLIENT_SECRET: "s", AZURESTACK_CSP_API_VERSION: "1.0" },
      "CSP_SETTINGS_UNUSABLE",
      /^\[CSP_SETTINGS_UNUSABLE\] 4 settings/,
      /CSP_CLOUD_UNKNOWN/,
      /ARM_TENANT_ID/,
      /ARM_CLIENT_ID/,
      /CSP_API_VERSION_UNKNOWN/,
    );
  });
});
