import pMap from "p-map";
import type { Access } from "../domain/access.ts";
import { isProviderError } from "../domain/errors/providerError.ts";
import type { Directories } from "../domain/plan/liveFacts.ts";
import { type ClientSource, CONCURRENCY } from "./inspectRegistrations.ts";

/** A subscription whose directory is wanted, and the way to its cloud. */
export interface ReachedSubscription {
  readonly customerSubscriptionId: string;
  readonly access: Access;
}

/** Asks Azure for the directory of each subscription, each once; one that is not told is `undefined`. */
export async function inspectDirectories(
  clientOf: ClientSource,
  subscriptions: readonly ReachedSubscription[],
): Promise<Directories> {
  const asked = new Map(subscriptions.map((each) => [each.customerSubscriptionId.toLowerCase(), each]));
  const ask = async ([id, { access }]: readonly [string, ReachedSubscription]) =>
    [id, await directoryOf(clientOf, id, access)] as const;
  return new Map(await pMap(asked, ask, { concurrency: CONCURRENCY }));
}

async function directoryOf(clientOf: ClientSource, id: string, access: Access): Promise<string | undefined> {
  try {
    return await clientOf(access).getDirectory(id);
  } catch (error) {
    if (isProviderError(error)) return undefined;
    throw error;
  }
}
