import {
  type Access,
  type AzureClients,
  type DeclaredLock,
  isCatalogueError,
  ownLocks,
  type ProviderError,
} from "@azurestack-csp/provider";
import pMap from "p-map";
import type { Terminal } from "../console/terminal.ts";
import type { KeyedRegistration } from "./liveRows.ts";

/** Where locks are read. */
export type LockClients = { readonly registrations: Pick<AzureClients["registrations"], "listLocks"> };

/** How many registrations are asked side by side. */
const CONCURRENCY = 16;

/**
 * The registrations with the lock that is set on each itself, so that an audit finds one that was lifted and not put back.
 *
 * What a registration inherits is not its own to declare. Locks that may not be read are not declared, and that is said
 * once; so is a further lock of a registration, of which a list declares one.
 */
export async function declareLocks(
  clientsOf: (access: Access) => LockClients,
  {
    registrations,
    terminal,
  }: { readonly registrations: readonly KeyedRegistration[]; readonly terminal: Pick<Terminal, "say"> },
): Promise<readonly KeyedRegistration[]> {
  const looked = await pMap(registrations, async (each) => await look(clientsOf, each), { concurrency: CONCURRENCY });
  const unread = looked.filter((each) => "error" in each);
  const [first] = unread;
  if (first) {
    const keys = unread.map(({ registration: { key } }) => key).join(", ");
    terminal.say(`warning: whether ${keys} has a lock is not known, so none is declared: ${first.error.message}`);
  }
  return looked.map((each) => {
    if ("error" in each) return each.registration;
    const { registration, locks } = each;
    const [lock, ...further] = locks;
    for (const { name, level } of further)
      terminal.say(
        `warning: ${registration.key} has lock "${name}" (${level}) too; a list declares one, and not this one.`,
      );
    return lock ? { ...registration, lock } : registration;
  });
}

type Looked = { readonly registration: KeyedRegistration } & (
  | { readonly locks: readonly DeclaredLock[] }
  | { readonly error: ProviderError }
);

async function look(clientsOf: (access: Access) => LockClients, registration: KeyedRegistration): Promise<Looked> {
  const { registration: id, access = {} } = registration;
  try {
    return { registration, locks: ownLocks(await clientsOf(access).registrations.listLocks(id), id) };
  } catch (error) {
    if (!isCatalogueError(error)) throw error;
    return { registration, error };
  }
}
