import type { ClientSource } from "@azurestack-csp/provider";
import type { CommandContext } from "./commandContext.ts";

/** How registrations are reached, as environment and list say; nothing is sent before the first question. */
export async function connect({ env, terminal, signal }: CommandContext): Promise<ClientSource> {
  const { createAzureClients } = await import("@azurestack-csp/provider");
  const { registrations } = createAzureClients(env, { say: terminal.say, abortSignal: signal });
  return () => registrations;
}
