import assert from "node:assert/strict";
import { readSettings } from "../../../../../provider/src/clients/access/settings.ts";
import type { ErrorCode } from "../../../../../provider/src/domain/errors/catalogue.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";

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
        exchangeAudience: "api://AzureADTokenExchange",
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
        exchangeAudience: "api://AzureADTokenExchange",
        isKnownAuthority: false,
      });
      const named = readSettings({ ...env, AZURESTACK_CSP_AUDIENCE: "https://management.core.windows.net/" });
      assert.equal(named.cloud.audience, "https://management.core.windows.net/");
    });

    for (const [what, env, audience] of [
      ["the public cloud", {}, "api://AzureADTokenExchange"],
      ["US Government's", { ARM_ENVIRONMENT: "usgovernment" }, "api://AzureADTokenExchangeUSGov"],
      ["China's", { AZURE_ENVIRONMENT: "AzureChinaCloud" }, "api://AzureADTokenExchangeChina"],
      [
        "one that its authority alone tells",
        { AZURE_AUTHORITY_HOST: "login.microsoftonline.us" },
        "api://AzureADTokenExchangeUSGov",
      ],
      [
        "a named one behind an authority of its own",
        { ARM_ENVIRONMENT: "china", AZURE_AUTHORITY_HOST: "https://127.0.0.1:8444" },
        "api://AzureADTokenExchangeChina",
      ],
    ] as const) {
      it(`know the audience of exchanged tokens in ${what}`, () => {
        assert.equal(readSettings(env).cloud.exchangeAudience, audience);
      });
    }

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

  describe("of a registration with a cloud", () => {
    it("take it with its own authority, whatever the environment's cloud is", () => {
      const env = { ARM_ENVIRONMENT: "china", AZURE_AUTHORITY_HOST: "https://login.chinacloudapi.cn" };

      assert.deepEqual(readSettings(env, { cloud: "usgovernment" }).cloud, {
        name: "usgovernment",
        resourceManager: "https://management.usgovcloudapi.net",
        authority: "https://login.microsoftonline.us",
        audience: "https://management.usgovcloudapi.net",
        exchangeAudience: "api://AzureADTokenExchangeUSGov",
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
