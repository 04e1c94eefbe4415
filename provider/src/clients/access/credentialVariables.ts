/** The environment variables that a credential is read from; of several for one thing, the first that is set. */
export interface CredentialVariables {
  readonly tenantId: readonly string[];
  readonly clientId: readonly string[];
  readonly clientSecret: readonly string[];
  readonly certificatePath: readonly string[];
  readonly certificatePassword: readonly string[];
  readonly oidcToken: readonly string[];
  readonly oidcFile: readonly string[];
  readonly oidcAudience: readonly string[];
  readonly serviceConnection: readonly string[];
  readonly useOidc: readonly string[];
  readonly useManagedIdentity: readonly string[];
}

const OWN: CredentialVariables = {
  tenantId: ["AZURE_TENANT_ID", "ARM_TENANT_ID"],
  clientId: ["AZURE_CLIENT_ID", "ARM_CLIENT_ID"],
  clientSecret: ["AZURE_CLIENT_SECRET", "ARM_CLIENT_SECRET"],
  certificatePath: ["AZURE_CLIENT_CERTIFICATE_PATH", "ARM_CLIENT_CERTIFICATE_PATH"],
  certificatePassword: ["AZURE_CLIENT_CERTIFICATE_PASSWORD", "ARM_CLIENT_CERTIFICATE_PASSWORD"],
  oidcToken: ["ARM_OIDC_TOKEN"],
  oidcFile: ["AZURE_FEDERATED_TOKEN_FILE", "ARM_OIDC_TOKEN_FILE_PATH"],
  oidcAudience: ["ARM_OIDC_AUDIENCE"],
  // The second is another name of the first; the third is the service connection of the AzureCLI task around the run.
  serviceConnection: [
    "ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID",
    "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID",
    "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
  ],
  useOidc: ["ARM_USE_OIDC", "AZURE_USE_OIDC"],
  useManagedIdentity: ["ARM_USE_MSI", "AZURE_USE_MSI"],
};

/**
 * The variables of a credential: those of the whole run, or those that begin with a registration's prefix.
 *
 * The two are never mixed, so that a secret is not sent for another application.
 */
export function credentialVariables(prefix: string | undefined): CredentialVariables {
  if (prefix === undefined) return OWN;
  return {
    tenantId: [`${prefix}_TENANT_ID`],
    clientId: [`${prefix}_CLIENT_ID`],
    clientSecret: [`${prefix}_CLIENT_SECRET`],
    certificatePath: [`${prefix}_CLIENT_CERTIFICATE_PATH`],
    certificatePassword: [`${prefix}_CLIENT_CERTIFICATE_PASSWORD`],
    oidcToken: [`${prefix}_OIDC_TOKEN`],
    oidcFile: [`${prefix}_FEDERATED_TOKEN_FILE`, `${prefix}_OIDC_TOKEN_FILE_PATH`],
    oidcAudience: [`${prefix}_OIDC_AUDIENCE`],
    serviceConnection: [`${prefix}_ADO_PIPELINE_SERVICE_CONNECTION_ID`],
    useOidc: [`${prefix}_USE_OIDC`],
    useManagedIdentity: [`${prefix}_USE_MSI`],
  };
}
