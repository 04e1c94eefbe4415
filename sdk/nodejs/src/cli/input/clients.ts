import {
  type Access,
  type AzureClients,
  type ClientSource,
  createClientsByAccess,
  type TenantList,
} from "@azurestack-csp/provider";
import { connectList } from "../../tenantList/connectList.ts";
import type { CommandContext } from "../console/commandContext.ts";

/** The clients of each way in which registrations are reached; nothing is sent before the first question. */
export function createClients({ env, terminal, signal }: CommandContext): (access: Access) => AzureClients {
  return createClientsByAccess(env, { say: terminal.say, abortSignal: signal });
}

/**
 * How registrations are reached, as the list and the environment say.
 *
 * @throws ProviderError where the environment lacks what a registration of the list is reached with.
 */
export function connect(context: CommandContext, list: TenantList): ClientSource {
  return connectList(list, createClients(context));
}
