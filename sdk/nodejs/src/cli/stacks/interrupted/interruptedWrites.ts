import { type HostJournal, isAtWork, readHostJournals } from "../../../journal/hostJournal.ts";
import { type IntendedWrite, writeKey } from "../../../journal/intendedWrite.ts";
import type { Stack } from "../stack.ts";
import type { Deployment } from "../state/deployment.ts";
import type { StackState } from "../state/stackState.ts";
import { openJournal, unreadableJournal } from "./journal.ts";
import { pendingWrites } from "./pendingWrites.ts";

/**
 * What runs of a stack that did not come to their end were about to write: by the journal of a `reconcile`, else by the
 * state itself, and by what the hosts of Pulumi's own commands have noted.
 *
 * @throws ProviderError `CSP_RECONCILE_JOURNAL_UNREADABLE`
 */
export async function interruptedWrites(stack: Stack, { deployment }: StackState): Promise<readonly IntendedWrite[]> {
  const journal = await openJournal(stack);
  const own = (await journal.read()) ?? pendingWrites(deployment);
  const folder = await stack.hosts();
  const hosts = await readHostJournals(folder).catch((error: unknown) => {
    throw unreadableJournal(folder, error);
  });
  const noted = hosts.filter((each) => !isAtWork(each) && !isSaved(each, deployment)).flatMap(({ writes }) => writes);
  // Journal and state know more of a write than its host, as its URN.
  return [...new Map([...noted, ...own].map((write) => [writeKey(write), write])).values()];
}

/** An engine that writes its state at its end does so after its hosts have ended; what is missing there then is meant to. */
function isSaved({ endedAt }: HostJournal, { manifest }: Deployment): boolean {
  if (endedAt === undefined) return false;
  const savedAt = Date.parse(String((manifest as { readonly time?: unknown } | undefined)?.time));
  return savedAt >= Date.parse(endedAt);
}
