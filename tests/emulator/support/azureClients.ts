import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { AzureStackManagementClient } from "@azure/arm-azurestack";
import { ResourceManagementClient } from "@azure/arm-resources";
import { ClientSecretCredential } from "@azure/identity";
import type { Emulator } from "@azurestack-csp/emulator";

/** Microsoft's own clients, pointed at the emulator over HTTPS. */
export function createAzureClients(emulator: Emulator, subscriptionId: string) {
  const ca = emulator.caPem ?? "";
  const tlsOptions = { ca };
  const credential = new ClientSecretCredential(emulator.tenantId, emulator.clientId, emulator.clientSecret, {
    authorityHost: emulator.authority,
    disableInstanceDiscovery: true,
    additionallyAllowedTenants: ["*"],
    tlsOptions,
  });
  return {
    credential,
    azureStack: new AzureStackManagementClient(credential, subscriptionId, {
      baseUri: emulator.resourceManager,
      agentSettings: { http: new HttpAgent(), https: new HttpsAgent({ ca }) },
      noRetryPolicy: true,
    }),
    resources: new ResourceManagementClient(credential, subscriptionId, {
      endpoint: emulator.resourceManager,
      tlsOptions,
      retryOptions: { maxRetries: 0 },
    }),
  };
}
