import { isProviderError, ProviderError } from "@azurestack-csp/provider";
import { formatInstant, HOUR_IN_MS } from "../domain/times.ts";
import { windowsIn } from "../domain/windows.ts";
import { usageErrors } from "../errors.ts";
import { closeDays } from "../store/days.ts";
import { type Noted, noteAll } from "../store/notes.ts";
import { compact } from "../store/tidy.ts";
import { requireWholeBefore } from "../store/torn.ts";
import {
  addWindows,
  askAgain,
  askAgainTooEarly,
  type StoredHub,
  type StoredWindow,
  unfinishedWindows,
} from "../store/windows.ts";
import type { Workshop } from "../store/workshop.ts";
import { bringIn } from "./bringIn.ts";
import { endsRun, type HubJob, type HubRequest } from "./hubJob.ts";
import { emptyOutcome, type HubOutcome } from "./hubOutcome.ts";
import { identifyHub } from "./identifyHub.ts";
import type { UsageSource } from "./usageSource.ts";

/**
 * Brings the usage of one Hub into the store.
 *
 * @throws ProviderError those of the store, which end the whole run; the Hub's are problems of the outcome
 */
export async function syncHub(job: HubJob, source: UsageSource): Promise<HubOutcome> {
  const { workshop, request, queue, signal, watch } = job;
  const begun = workshop.now();
  let outcome = emptyOutcome(source.key);
  try {
    const { hub, asker } = await identifyHub(job, source);
    outcome = { ...outcome, cloudId: hub.cloudId, granularity: hub.granularity };
    const { listed, problems } = await noteFacts(job, source, hub);
    outcome = { ...outcome, problems };
    const { again } = request;
    const replaced = again && { from: formatInstant(again.from), to: formatInstant(again.to) };
    requireWholeBefore(workshop, hub.id, replaced);
    const windows = dueWindows(workshop, hub, { request, key: source.key });
    watch.windows(windows.length);
    const brought = await bringIn(job, { source, hub, asker, listed, windows });
    // The list's own error is one of these where windows needed it.
    outcome = { ...outcome, ...brought, problems: [...new Set([...problems, ...brought.problems])] };
    await queue.add(async () => await compact(workshop, hub));
    return { ...outcome, closed: closeDays(workshop, hub, { request, begun }) };
  } catch (error) {
    if (endsRun(signal, error)) throw error;
    return { ...outcome, problems: [...outcome.problems, error] };
  }
}

/** What a sync found out beside usage. */
interface Noticed {
  /** The subscriptions that the Hub lists, or why it could not. */
  readonly listed: ReadonlySet<string> | ProviderError;
  readonly problems: readonly ProviderError[];
}

/** Notes who is on the Hub and who is registered; what cannot be told is a problem, and windows that do not need it go on. */
async function noteFacts({ workshop, signal }: HubJob, source: UsageSource, hub: StoredHub): Promise<Noticed> {
  const note = async (kind: "subscription" | "mapping", ask: () => Promise<readonly Noted[]>) => {
    try {
      const facts = await ask();
      noteAll(workshop.list, { hub: hub.id, kind, now: workshop.now() }, facts);
      return new Set(facts.map(({ name }) => name));
    } catch (error) {
      if (endsRun(signal, error) || !isProviderError(error)) throw error;
      return error;
    }
  };
  const listed = await note("subscription", async () => await source.subscriptions());
  const mapped = await note("mapping", async () => await source.mappings());
  return { listed, problems: [listed, mapped].filter(isProviderError) };
}

/** The windows to ask for: each once, when it is long enough over. */
function dueWindows(
  { list, now }: Workshop,
  hub: StoredHub,
  { request, key }: { readonly request: HubRequest; readonly key: string },
): readonly StoredWindow[] {
  const { again, stretch, delayHours } = request;
  if (again) {
    const range = { hub: hub.id, from: formatInstant(again.from), to: formatInstant(again.to) };
    if (list.transaction("published", () => askAgain(list, range)) === 0) {
      throw new ProviderError(usageErrors.CSP_SYNC_AGAIN_UNKNOWN, { key, from: range.from, to: range.to });
    }
    return unfinishedWindows(list, range);
  }
  const due = Date.parse(now()) - delayHours * HOUR_IN_MS;
  const from = stretch.from ?? Date.parse(hub.firstWindow);
  const to = Math.min(stretch.to ?? due, due);
  const range = { hub: hub.id, from: formatInstant(from), to: formatInstant(Math.max(from, to)) };
  list.transaction("published", () => {
    addWindows(list, hub.id, windowsIn({ from, to }, hub.granularity));
    askAgainTooEarly(list, range, delayHours);
  });
  return unfinishedWindows(list, range);
}
