import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient, ProxySettings } from "@azure/core-rest-pipeline";
import { requireAzure } from "../wire/http/azurePackages.ts";
import { readClientCertificate } from "./clientCertificate.ts";
import type { Cloud } from "./cloud.ts";
import { readTokenFile } from "./credentialFile.ts";
import type { CredentialSettings } from "./credentialSettings.ts";
import { fetchAzureDevOpsToken, fetchGitHubToken } from "./jobToken.ts";
import { tellingTools } from "./silentTools.ts";

/** How long a tool such as `az` may take to give a token, as any request of a sign-in. */
const TOOL_TIMEOUT_IN_MS = 30_000;

/** Makes the credential of `@azure/identity` that the settings mean; the package is loaded here and not before. */
export async function createAzureCredential(options: {
  readonly settings: CredentialSettings;
  readonly cloud: Cloud;
  readonly httpClient: HttpClient;
  readonly proxyOptions?: ProxySettings | undefined;
  /** How long a tool such as `az` may take to give a token; 30,000 by default. */
  readonly toolTimeoutInMs?: number | undefined;
}): Promise<TokenCredential> {
  const { settings, cloud, httpClient, proxyOptions, toolTimeoutInMs = TOOL_TIMEOUT_IN_MS } = options;
  const identity: typeof import("@azure/identity") = requireAzure("@azure/identity");
  const proxied = proxyOptions ? { proxyOptions } : {};
  const base = {
    ...proxied,
    httpClient,
    authorityHost: cloud.authority,
    disableInstanceDiscovery: !cloud.isKnownAuthority,
    // A registration's subscription may live in another directory than the application.
    additionallyAllowedTenants: ["*"],
  };
  // Sign-ins are repeated where all requests are, by the pipeline that asked for the token.
  const common = { ...base, retryOptions: { maxRetries: 0 } };
  switch (settings.kind) {
    case "oidcToken":
      return new identity.ClientAssertionCredential(
        settings.tenantId,
        settings.clientId,
        async () => settings.token,
        common,
      );
    case "oidcFile":
      return new identity.ClientAssertionCredential(
        settings.tenantId,
        settings.clientId,
        () => readTokenFile(settings),
        common,
      );
    case "oidcGitHub":
      return new identity.ClientAssertionCredential(
        settings.tenantId,
        settings.clientId,
        () => fetchGitHubToken({ ...settings, audience: settings.audience ?? cloud.exchangeAudience }, httpClient),
        common,
      );
    case "oidcAzureDevOps":
      return new identity.ClientAssertionCredential(
        settings.tenantId,
        settings.clientId,
        () => fetchAzureDevOpsToken(settings, httpClient),
        common,
      );
    case "clientSecret":
      return new identity.ClientSecretCredential(settings.tenantId, settings.clientId, settings.clientSecret, common);
    case "clientCertificate":
      return new identity.ClientCertificateCredential(
        settings.tenantId,
        settings.clientId,
        { certificate: await readClientCertificate(settings) },
        common,
      );
    case "managedIdentity":
      return settings.clientId === undefined
        ? new identity.ManagedIdentityCredential({ ...proxied, httpClient })
        : new identity.ManagedIdentityCredential({ ...proxied, clientId: settings.clientId, httpClient });
    case "default":
      return tellingTools(
        new identity.DefaultAzureCredential({
          ...base,
          processTimeoutInMs: toolTimeoutInMs,
          ...(settings.tenantId === undefined ? {} : { tenantId: settings.tenantId }),
          ...(settings.clientId === undefined ? {} : { managedIdentityClientId: settings.clientId }),
        }),
        toolTimeoutInMs,
      );
  }
}

/** What was tried to sign in with, for a person. */
export function describeCredential(settings: CredentialSettings): string {
  switch (settings.kind) {
    case "oidcToken":
      return `the OIDC token of application ${settings.clientId}`;
    case "oidcFile":
      return `the OIDC token file of application ${settings.clientId}`;
    case "oidcGitHub":
      return `GitHub's OIDC token of application ${settings.clientId}`;
    case "oidcAzureDevOps":
      return `Azure DevOps' OIDC token of application ${settings.clientId}`;
    case "clientSecret":
      return `the secret of application ${settings.clientId}`;
    case "clientCertificate":
      return `the certificate of application ${settings.clientId}`;
    case "managedIdentity":
      return settings.clientId ? `managed identity ${settings.clientId}` : "the machine's managed identity";
    case "default":
      return "environment variables, workload identity, managed identity, Azure CLI, Azure PowerShell, Azure Developer CLI";
  }
}
