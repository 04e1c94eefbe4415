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

/** What commands ask about the registrations of a list. */
export interface ListClients {
  readonly clientOf: ClientSource;
  readonly nameOf: NameSource;
}

/** The display name of a subscription that is reached in some way; `undefined` where it cannot be told. */
export type NameSource = (access: Access, subscriptionId: string) => Promise<string | undefined>;

/**
 * How registrations are reached, as the list and the environment say.
 *
 * @throws ProviderError where the environment lacks what a registration of the list is reached with.
 */
export function connect(context: CommandContext, list: TenantList): ListClients {
  const clientsBy = createClients(context);
  return {
    clientOf: connectList(list, clientsBy),
    nameOf: async (access, subscriptionId) => await clientsBy(access).subscriptionName(subscriptionId),
  };
}
