import { type AzureClients, type ClientSource, createAzureClients } from "@azurestack-csp/provider";
import type { CommandContext } from "./commandContext.ts";

/** The clients of the run's own cloud and credential; nothing is sent before the first question. */
export function createClients({ env, terminal, signal }: CommandContext): AzureClients {
  return createAzureClients(env, { say: terminal.say, abortSignal: signal });
}

/** How registrations are reached, as the environment says. */
export function connect(context: CommandContext): ClientSource {
  const { registrations } = createClients(context);
  return () => registrations;
}
