import { type Access, type AzureClients, hasCode, ProviderError, type Registration } from "@azurestack-csp/provider";
import pMap from "p-map";
import type { KeyedRegistration } from "../adopt/liveRows.ts";
import type { Terminal } from "../console/terminal.ts";
import { commandErrors } from "../errors/commandErrors.ts";

/** How many subscriptions are asked side by side. */
const CONCURRENCY = 8;

/** A registration that was found by signing in. */
export interface FoundRegistration extends KeyedRegistration {
  readonly billingModel: string | undefined;
  /** The display name of its subscription. */
  readonly subscription: string;
}

/** Who is asked for subscriptions and registrations. */
export type RegistrationFinder = Pick<AzureClients, "visibleSubscriptions"> & {
  readonly registrations: Pick<AzureClients["registrations"], "listRegistrations">;
};

/**
 * Finds the registrations in all subscriptions that the principal sees; one that is billed by capacity, which can have no
 * customers, is named and left out, and so is a subscription whose registrations may not be listed.
 *
 * @throws ProviderError `CSP_INIT_NO_REGISTRATIONS` where none is found; whatever else keeps a subscription from being read
 */
export async function findRegistrations(
  clients: RegistrationFinder,
  { access, terminal }: { readonly access: Access; readonly terminal: Pick<Terminal, "say"> },
): Promise<readonly FoundRegistration[]> {
  const subscriptions = await clients.visibleSubscriptions();
  const hidden: string[] = [];
  const perSubscription = await pMap(
    subscriptions,
    async ({ subscriptionId, name }) => {
      try {
        const registrations = await clients.registrations.listRegistrations(subscriptionId);
        return registrations.map((registration) => ({ registration, subscription: name }));
      } catch (error) {
        // Where the namespace is not registered, there can be no registration.
        if (hasCode(error, "CSP_PROVIDER_NOT_REGISTERED")) return [];
        if (!hasCode(error, "CSP_NOT_AUTHORIZED")) throw error;
        hidden.push(`${name} (${subscriptionId})`);
        return [];
      }
    },
    { concurrency: CONCURRENCY },
  );
  for (const each of hidden.toSorted())
    terminal.say(
      `warning: the registrations of subscription ${each} may not be listed; --registration names one of them.`,
    );
  const found = perSubscription.flat();
  for (const { registration } of found.filter((each) => isByCapacity(each.registration)))
    terminal.say(`warning: ${registration.id} is billed by capacity and can have no customers, so it is left out.`);
  const usable = found.filter(({ registration }) => !isByCapacity(registration));
  if (usable.length === 0)
    throw new ProviderError(commandErrors.CSP_INIT_NO_REGISTRATIONS, { count: String(subscriptions.length) });
  return withKeys(usable, access);
}

function isByCapacity({ billingModel }: Registration): boolean {
  return billingModel?.toLowerCase() === "capacity";
}

/** A key is the registration's name, with a number behind it where two have the same one. */
function withKeys(
  found: readonly { readonly registration: Registration; readonly subscription: string }[],
  access: Access,
): readonly FoundRegistration[] {
  const taken = new Set<string>();
  return found.map(({ registration, subscription }) => {
    const { registrationSubscriptionId, resourceGroup, registrationName, billingModel } = registration;
    const key = freeKey(registrationName, taken);
    taken.add(key);
    return {
      key,
      registration: { registrationSubscriptionId, resourceGroup, registrationName },
      ...(Object.keys(access).length > 0 ? { access } : {}),
      billingModel,
      subscription,
    };
  });
}

function freeKey(registrationName: string, taken: ReadonlySet<string>): string {
  const base =
    registrationName
      .replaceAll(/[^\w.-]/g, "-")
      .replace(/^[^A-Za-z0-9]+/, "")
      .slice(0, 60) || "hub";
  let key = base;
  for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
  return key;
}
