import {
  type Activation,
  type ClientSource,
  createHubClient,
  type HubClient,
  type HubClientOptions,
  isProviderError,
  type ListedRegistration,
  type LocalSubscription,
  parseRegistrationId,
  registrationKey,
  type TenantList,
} from "@azurestack-csp/provider";
import pMap from "p-map";
import { hubOf } from "../../tenantList/hubOf.ts";
import type { CommandContext } from "../console/commandContext.ts";

/** How many Hubs are asked at once. */
const AT_ONCE = 8;

/** The local subscriptions of a Hub, deleted ones aside, and which of them are the operator's; or why they are not known. */
export type LocalFacts =
  | { readonly problem: string }
  | {
      readonly subscriptions: readonly LocalSubscription[];
      /** The Default Provider Subscription. */
      readonly operatorSubscriptionId: string | undefined;
      /** The operator's own directory, where the Hub tells it. */
      readonly homeTenantId: string | undefined;
    };

/** What a Hub says of its registration, or why it was not to be had. */
export type HubFacts = {
  /** The key of the registration in the list. */
  readonly key: string;
} & (
  | { readonly problem: string }
  | {
      /** `undefined` where the Hub surely has none. */
      readonly activation: Activation | undefined;
      /** Of the registration that the Hub names, where that is not the one in the list and could be read. */
      readonly otherCloudId: string | undefined;
      readonly local: LocalFacts;
    }
);

/**
 * Asks the Hubs of a list what they say of their registrations and whom they serve, at their admin endpoints; the others are
 * not asked.
 *
 * A Hub that does not answer, or for which the environment has no credential, keeps no other from being asked.
 */
export async function lookAtHubs(
  context: Pick<CommandContext, "env" | "folder" | "signal" | "terminal">,
  { registrations }: Pick<TenantList, "registrations">,
  clientOf: ClientSource,
): Promise<readonly HubFacts[]> {
  const { env, folder, signal, terminal } = context;
  const options: HubClientOptions = { say: terminal.say, abortSignal: signal };

  async function look(listed: ListedRegistration): Promise<HubFacts> {
    const { key } = listed;
    const hub = hubOf(listed, folder);
    try {
      if (!hub) throw new TypeError(`${key} has no Hub.`);
      const client = createHubClient(env, hub, options);
      const activation = await client.activation();
      const otherCloudId = await readOtherCloudId(listed, activation, clientOf);
      return { key, activation, otherCloudId, local: await readLocal(client, signal) };
    } catch (error) {
      signal.throwIfAborted();
      if (!isProviderError(error)) throw error;
      return { key, problem: error.message };
    }
  }

  const asked = registrations.filter(({ hub }) => hub?.adminEndpoint !== undefined);
  return await pMap(asked, look, { concurrency: AT_ONCE });
}

async function readLocal(client: HubClient, signal: AbortSignal): Promise<LocalFacts> {
  try {
    const { subscriptionId, homeTenantId } = await client.describe();
    return { subscriptions: await client.localSubscriptions(), operatorSubscriptionId: subscriptionId, homeTenantId };
  } catch (error) {
    signal.throwIfAborted();
    if (!isProviderError(error)) throw error;
    return { problem: error.message };
  }
}

/** A registration that was moved or made anew keeps the Hub's cloud id, by which a person tells it from another Hub's. */
async function readOtherCloudId(
  { registration, access = {} }: ListedRegistration,
  activation: Activation | undefined,
  clientOf: ClientSource,
): Promise<string | undefined> {
  const other = parseRegistrationId(activation?.registrationId ?? "");
  if (!other || registrationKey(other) === registrationKey(registration)) return undefined;
  try {
    return (await clientOf(access).getRegistration(other)).cloudId;
  } catch (error) {
    if (isProviderError(error)) return undefined;
    throw error;
  }
}
