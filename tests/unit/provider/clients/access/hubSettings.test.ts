import assert from "node:assert/strict";
import { readHubSettings } from "../../../../../provider/src/clients/access/hubSettings.ts";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";

const ENDPOINT = "https://adminmanagement.local.azurestack.external";
const AUDIENCE = `${ENDPOINT}/audience`;
const ENTRA = { identityProvider: "entra", authority: "https://login.windows.net", audience: AUDIENCE } as const;
const ADFS = {
  identityProvider: "adfs",
  authority: "https://adfs.local.azurestack.external",
  audience: AUDIENCE,
} as const;

const application = { HUB_CLIENT_ID: "app", HUB_CLIENT_SECRET: "hush-hush" };

describe("readHubSettings", () => {
  it("reads the credential of the prefix alone, and signs in where the Hub says, by the authority's present name", () => {
    const env = { ...application, HUB_TENANT_ID: "home", AZURE_CLIENT_ID: "other", AZURE_CLIENT_SECRET: "another" };

    const { cloud, credential } = readHubSettings(env, ENDPOINT, "HUB").signIn(ENTRA);

    assert.deepEqual(credential, {
      kind: "clientSecret",
      tenantId: "home",
      clientId: "app",
      clientSecret: "hush-hush",
    });
    assert.deepEqual(cloud, {
      name: "custom",
      resourceManager: ENDPOINT,
      authority: "https://login.microsoftonline.com",
      audience: AUDIENCE,
      exchangeAudience: "api://AzureADTokenExchange",
      isKnownAuthority: true,
    });
  });

  it("needs a directory at Entra ID, and none at AD FS", () => {
    const settings = readHubSettings(application, ENDPOINT, "HUB");

    assert.throws(
      () => settings.signIn(ENTRA),
      (error) => hasCode(error, "CSP_CREDENTIAL_INCOMPLETE") && error.details.missing === "HUB_TENANT_ID",
    );
    const { cloud, credential } = settings.signIn(ADFS);
    assert.equal("tenantId" in credential && credential.tenantId, "adfs");
    assert.deepEqual([cloud.authority, cloud.isKnownAuthority], [ADFS.authority, false]);
  });

  it("refuses what is missing besides before anything is sent", () => {
    assert.throws(
      () => readHubSettings({ HUB_CLIENT_ID: "app" }, ENDPOINT, "HUB"),
      (error) => hasCode(error, "CSP_CREDENTIAL_INCOMPLETE"),
    );
    assert.throws(
      () => readHubSettings({ HTTPS_PROXY: "http://a b", AZURE_AUTHORITY_HOST: "http://clear" }, ENDPOINT),
      (error) => hasCode(error, "CSP_SETTINGS_UNUSABLE"),
    );
  });

  it("trusts authorities of Microsoft's, and the one that the environment names", () => {
    const { isTrusted } = readHubSettings({ AZURE_AUTHORITY_HOST: "https://login.example/path" }, ENDPOINT);

    for (const authority of [
      "https://login.microsoftonline.com",
      "https://login.windows.net",
      "https://login.microsoftonline.us",
      "https://login.chinacloudapi.cn",
      "https://login.example",
    ]) {
      assert(isTrusted(authority), authority);
    }
    assert(!isTrusted("https://login.microsoftonline.com.evil.example"));
    assert(!readHubSettings({}, ENDPOINT).isTrusted("https://login.example"));
  });
});
