import {
  type AzureClients,
  type ClientSource,
  createAzureClients,
  createClientsByAccess,
  type TenantList,
} from "@azurestack-csp/provider";
import type { CommandContext } from "./commandContext.ts";

/** The clients of the run's own cloud and credential; nothing is sent before the first question. */
export function createClients({ env, terminal, signal }: CommandContext): AzureClients {
  return createAzureClients(env, { say: terminal.say, abortSignal: signal });
}

/**
 * How registrations are reached, as the list and the environment say.
 *
 * @throws ProviderError where the environment lacks what a registration of the list is reached with.
 */
export function connect({ env, terminal, signal }: CommandContext, { registrations }: TenantList): ClientSource {
  const clients = createClientsByAccess(env, { say: terminal.say, abortSignal: signal });
  for (const { access = {} } of registrations) clients(access);
  return (access) => clients(access).registrations;
}
