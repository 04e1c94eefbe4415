import { createDefaultHttpClient, type HttpClient } from "@azure/core-rest-pipeline";
import type { Emulator } from "@azurestack-csp/emulator";
import { type AzureClients, createAzureClients } from "../../provider/src/clients/connect.ts";
import type { Clock } from "../../provider/src/clients/wire/clock.ts";

/** The environment that points the provider at an emulator. */
export function environmentOf(emulator: Emulator): Record<string, string> {
  return {
    AZURESTACK_CSP_RESOURCE_MANAGER: emulator.resourceManager,
    AZURE_AUTHORITY_HOST: emulator.authority,
    AZURE_TENANT_ID: emulator.tenantId,
    AZURE_CLIENT_ID: emulator.clientId,
    AZURE_CLIENT_SECRET: emulator.clientSecret,
  };
}

/** The production clients over HTTPS, changed by nothing but the authority they trust and a clock that never waits. */
export function createEmulatedClients(emulator: Emulator, env: Record<string, string> = {}): AzureClients {
  const httpClient = trusting(emulator);
  const clock = createHastyClock();
  return createAzureClients({ ...environmentOf(emulator), ...env }, { httpClient: async () => httpClient, clock });
}

/** A clock that jumps over every pause. */
export function createHastyClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    random: () => 0.5,
    async sleep(milliseconds) {
      ahead += milliseconds;
    },
  };
}

/** An HTTP client that trusts the emulator's authority, as NODE_EXTRA_CA_CERTS would make the whole process do. */
export function trusting(emulator: Emulator): HttpClient {
  const inner = createDefaultHttpClient();
  const tlsSettings = { ca: emulator.caPem ?? "" };
  return {
    sendRequest(request) {
      request.tlsSettings = tlsSettings;
      return inner.sendRequest(request);
    },
  };
}
