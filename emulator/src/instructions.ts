import type { Emulator } from "./createEmulator.ts";

/** What a person needs who wants to point clients at the emulator; lines to paste. */
export function instructions(emulator: Emulator): string {
  const { resourceManager, authority, tenantId, clientId, clientSecret, caCertificate, control } = emulator;
  const environment = {
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_AUTHORITY_HOST: authority,
    AZURESTACK_CSP_RESOURCE_MANAGER: resourceManager,
    ...(caCertificate === null ? {} : { NODE_EXTRA_CA_CERTS: caCertificate }),
  };
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  const clients =
    caCertificate === null ? [] : [...azureCli(emulator, caCertificate), "", ...terraform(emulator, caCertificate)];
  return `${[
    `Azure Resource Manager is emulated on ${resourceManager}. Control: ${control}. Ctrl+C ends it.`,
    "",
    "# Environment of azurestack-csp and other programs",
    ...exports,
    "",
    ...clients,
  ].join("\n")}\n`;
}

function azureCli({ resourceManager, tenantId, clientId, clientSecret, authority }: Emulator, ca: string): string[] {
  return [
    "# Azure CLI",
    `export REQUESTS_CA_BUNDLE='${ca}'`,
    "az config set core.instance_discovery=false",
    `az cloud register --name emulator --endpoint-resource-manager ${resourceManager} --endpoint-active-directory ${authority} --endpoint-active-directory-resource-id https://management.azure.com/`,
    "az cloud set --name emulator",
    `az login --service-principal --tenant ${tenantId} --username ${clientId} --password '${clientSecret}'`,
  ];
}

function terraform({ resourceManager, tenantId, clientId, authority }: Emulator, ca: string): string[] {
  return [
    "# Terraform, provider azapi (on Linux SSL_CERT_FILE names the authority; ARM_CLIENT_SECRET as AZURE_CLIENT_SECRET above)",
    `export SSL_CERT_FILE='${ca}' ARM_CLIENT_SECRET="$AZURE_CLIENT_SECRET"`,
    'provider "azapi" {',
    `  tenant_id                  = "${tenantId}"`,
    `  client_id                  = "${clientId}"`,
    "  disable_instance_discovery = true",
    "  skip_provider_registration = true",
    "  endpoint = [{",
    `    resource_manager_endpoint       = "${resourceManager}"`,
    `    active_directory_authority_host = "${authority}"`,
    '    resource_manager_audience       = "https://management.azure.com"',
    "  }]",
    "}",
  ];
}
