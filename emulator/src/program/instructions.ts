import type { Emulator } from "../createEmulator.ts";
import type { HubConnection } from "../hubConnections.ts";

/** What a person needs who wants to point clients at the emulator; lines to paste. */
export function instructions(emulator: Emulator): string {
  const { resourceManager, authority, tenantId, clientId, clientSecret, caCertificate, control, hubs } = emulator;
  const environment = {
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_AUTHORITY_HOST: authority,
    AZURESTACK_CSP_RESOURCE_MANAGER: resourceManager,
    ...Object.fromEntries(hubs.flatMap(hubVariables)),
    ...(caCertificate === null ? {} : { NODE_EXTRA_CA_CERTS: caCertificate }),
  };
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  const clients =
    caCertificate === null ? [] : [...azureCli(emulator, caCertificate), "", ...terraform(emulator, caCertificate)];
  return `${[
    `Azure Resource Manager is emulated on ${resourceManager}. Control: ${control}. Ctrl+C ends it.`,
    ...hubs.map(
      ({ name, admin, user, usage }) =>
        `Hub ${name}: ${admin.resourceManager} for its operator, ${user.resourceManager} for users; ${usageText(usage)}.`,
    ),
    "",
    "# Environment of azurestack-csp and other programs",
    ...exports,
    "",
    ...clients,
  ].join("\n")}\n`;
}

function hubVariables({ name, admin, user }: HubConnection): readonly (readonly [string, string])[] {
  const prefix = `AZURESTACK_CSP_HUB_${name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")}`;
  const variables: readonly (readonly [string, string | undefined])[] = [
    ["ADMIN_ENDPOINT", admin.resourceManager],
    ["ADMIN_AUDIENCE", admin.audience],
    ["ADMIN_SUBSCRIPTION", admin.subscriptionId],
    ["ADMIN_CLIENT_ID", admin.clientId],
    ["ADMIN_CLIENT_SECRET", admin.clientSecret],
    ["USER_ENDPOINT", user.resourceManager],
    ["USER_AUDIENCE", user.audience],
    ["USER_TENANT", user.tenantId],
    ["USER_SUBSCRIPTION", user.subscriptionId],
    ["USER_CLIENT_ID", user.clientId],
    ["USER_CLIENT_SECRET", user.clientSecret],
  ];
  return variables.flatMap(([end, value]) => (value === undefined ? [] : [[`${prefix}_${end}`, value] as const]));
}

function usageText({ firstReported, lastReported }: HubConnection["usage"]): string {
  return firstReported === null ? "no usage" : `usage was reported from ${firstReported} to ${lastReported}`;
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
  const environment = {
    SSL_CERT_FILE: ca,
    ARM_TENANT_ID: tenantId,
    ARM_CLIENT_ID: clientId,
    ARM_RESOURCE_MANAGER_ENDPOINT: resourceManager,
    ARM_RESOURCE_MANAGER_AUDIENCE: "https://management.azure.com",
    ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST: authority,
    ARM_SKIP_PROVIDER_REGISTRATION: "true",
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
  };
  return [
    '# Terraform, provider "azapi" {} of 2.7 or newer (older ones cannot switch instance discovery off), on Linux',
    ...Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`),
    'export ARM_CLIENT_SECRET="$AZURE_CLIENT_SECRET"',
  ];
}
