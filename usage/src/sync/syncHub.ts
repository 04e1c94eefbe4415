import { type Granularity, isProviderError, ProviderError } from "@azurestack-csp/provider";
import type { OpenStretch } from "../domain/stretches.ts";
import { formatInstant, HOUR_IN_MS } from "../domain/times.ts";
import { type Stretch, windowsIn } from "../domain/windows.ts";
import { usageErrors } from "../errors.ts";
import { closeDays } from "../store/days.ts";
import { enterHub } from "../store/hubs.ts";
import { addSubscribers, type Noted, noteAll } from "../store/notes.ts";
import { type Published, publishWindows } from "../store/publish.ts";
import { compact } from "../store/tidy.ts";
import { requireWholeBefore } from "../store/torn.ts";
import { addWindows, askAgain, type StoredHub, type StoredWindow, unfinishedWindows } from "../store/windows.ts";
import type { Workshop } from "../store/workshop.ts";
import { createBacklog } from "./backlog.ts";
import type { Queue } from "./queue.ts";
import { type HubSync, isOfOneWindow, syncWindow } from "./syncWindow.ts";
import type { UsageSource } from "./usageSource.ts";

/** What is asked of every Hub. */
export interface HubRequest {
  /** Which reported time; what is left open is what earlier syncs were asked for, up to the latest window that is due. */
  readonly stretch: OpenStretch;
  /** Windows whose rows are replaced; then nothing else is asked for. */
  readonly again: Stretch | undefined;
  readonly granularity: Granularity | undefined;
  readonly delayHours: number;
  readonly lagHours: number;
  readonly keepPages: boolean;
}

/** What goes on, for whoever shows it. */
export interface SyncWatch {
  /** So many windows are to be asked for. */
  windows(count: number): void;
  page(rows: number): void;
  /** A window came to its end, or cannot be had; `start` is when it begins. */
  window(start: string): void;
}

/** What a sync has done for one Hub. */
export interface HubOutcome {
  readonly key: string;
  /** `undefined` where it could not be told. */
  cloudId: string | undefined;
  granularity: Granularity | undefined;
  /** Windows that were published. */
  windows: number;
  /** Windows that were due, and could not be had. */
  missing: number;
  pages: number;
  /** Rows that count. */
  rows: number;
  setAside: number;
  /** Usage days that are closed now. */
  closed: readonly string[];
  /** Usage days that had been closed and got other rows. */
  reopened: readonly string[];
  /** Whether its gateway gave up over all subscribers, so that each is asked for by itself from now on. */
  wasSplit: boolean;
  /** What went wrong; the sync went on where it could. */
  readonly problems: unknown[];
}

/** How a Hub is synced. */
export interface HubJob {
  readonly workshop: Workshop;
  readonly request: HubRequest;
  /** Publications of all Hubs, one after the other. */
  readonly queue: Queue;
  readonly signal: AbortSignal;
  readonly watch: SyncWatch;
  /** How many windows of a Hub are asked for at one time. */
  readonly atOnce: number;
  /** Which Hubs have been met in this run, by cloud id, with their keys. */
  readonly met: Map<string, string>;
}

/**
 * Brings the usage of one Hub into the store.
 *
 * @throws ProviderError those of the store, which end the whole run; the Hub's are problems of the outcome
 */
export async function syncHub(job: HubJob, source: UsageSource, outcome: HubOutcome): Promise<void> {
  const { workshop, request, queue } = job;
  const begun = workshop.now();
  const hub = await identify(job, source, outcome);
  await noteFacts(job, source, { hub, outcome });
  const { again } = request;
  const replaced = again && { from: formatInstant(again.from), to: formatInstant(again.to) };
  requireWholeBefore(workshop, hub.id, replaced);
  const windows = dueWindows(workshop, hub, { request, key: source.key });
  job.watch.windows(windows.length);
  await bringIn(job, { source, hub, windows, outcome });
  await queue.add(async () => await compact(workshop, hub));
  outcome.closed = closeDays(workshop, hub, { request, begun });
}

/** Which Hub of the store it is. */
async function identify(job: HubJob, source: UsageSource, outcome: HubOutcome): Promise<StoredHub> {
  const { workshop, request, met } = job;
  const { key } = source;
  const cloudId = (await source.cloudId()).toLowerCase();
  // It becomes the name of a folder, and engines take one of digits alone for a number.
  if (!/^(?!\d+$)[a-z\d][\w.-]{0,63}$/.test(cloudId)) {
    throw new ProviderError(usageErrors.CSP_SYNC_CLOUD_ID, { key, cloudId });
  }
  outcome.cloudId = cloudId;
  const other = met.get(cloudId);
  if (other !== undefined) throw new ProviderError(usageErrors.CSP_SYNC_HUB_TWICE, { key, other, hub: cloudId });
  met.set(cloudId, key);
  const { granularity, stretch, delayHours, lagHours } = request;
  const now = workshop.now();
  const [year = 0, month = 1] = now.split("-").map(Number);
  const hub = enterHub(workshop.list, {
    key,
    cloudId,
    granularity,
    from: stretch.from === undefined ? undefined : formatInstant(stretch.from),
    defaultFrom: formatInstant(Date.UTC(year, month - 2, 1)),
    delayHours,
    lagHours,
    now,
  });
  outcome.granularity = hub.granularity;
  return hub;
}

/** Notes who is on the Hub and who is registered; usage is asked for all the same where that cannot be told. */
async function noteFacts(
  { workshop, signal }: HubJob,
  source: UsageSource,
  { hub, outcome }: { readonly hub: StoredHub; readonly outcome: HubOutcome },
): Promise<void> {
  const kinds: readonly ["subscription" | "mapping", () => Promise<readonly Noted[]>][] = [
    ["subscription", async () => await source.subscriptions()],
    ["mapping", async () => await source.mappings()],
  ];
  for (const [kind, ask] of kinds) {
    const facts = await ask().catch((error: unknown) => {
      signal.throwIfAborted();
      outcome.problems.push(error);
      return undefined;
    });
    if (facts) noteAll(workshop.list, { hub: hub.id, kind, now: workshop.now() }, facts);
  }
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
  list.transaction("published", () => addWindows(list, hub.id, windowsIn({ from, to }, hub.granularity)));
  return unfinishedWindows(list, { hub: hub.id, from: formatInstant(from), to: formatInstant(Math.max(from, to)) });
}

/** Several windows at one time, each page by page; they are published as whole reported days come together. */
async function bringIn(
  job: HubJob,
  {
    source,
    hub,
    windows,
    outcome,
  }: { source: UsageSource; hub: StoredHub; windows: readonly StoredWindow[]; outcome: HubOutcome },
): Promise<void> {
  const { workshop, request, queue, signal, watch, atOnce } = job;
  const onPage = (rows: number) => {
    outcome.pages += 1;
    watch.page(rows);
  };
  const sync: HubSync = {
    workshop,
    source,
    hub,
    granularity: hub.granularity,
    bySubscriber: hub.bySubscriber || (await source.isAskedBySubscriber()),
    keepPages: request.keepPages,
    signal,
    onPage,
  };
  const wasSplit = sync.bySubscriber;
  const own = await source.ownSubscription();
  if (own !== undefined) addSubscribers(workshop.list, hub.id, [own]);
  const backlog = createBacklog(windows, {
    together: request.again !== undefined,
    now: () => Date.parse(workshop.now()),
  });
  const publish = async (batch: readonly StoredWindow[]) => {
    if (batch.length === 0) return;
    await queue.add(async () => count(outcome, batch, await publishWindows(workshop, hub, batch)));
  };
  const waiting = [...windows];
  let stopped: { readonly error: unknown } | undefined;
  const work = async () => {
    for (let window = waiting.shift(); window && !stopped; window = waiting.shift()) {
      signal.throwIfAborted();
      let batch: readonly StoredWindow[];
      try {
        batch = backlog.staged(await syncWindow(sync, window));
      } catch (error) {
        if (signal.aborted || isOfStore(error) || !isProviderError(error)) {
          waiting.length = 0;
          throw error;
        }
        batch = backlog.missing(window);
        outcome.missing += 1;
        if (isOfOneWindow(error)) outcome.problems.push(error);
        else stopped ??= { error };
      }
      watch.window(window.start);
      await publish(batch);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  outcome.missing += waiting.length;
  outcome.wasSplit = sync.bySubscriber && !wasSplit;
  await publish(backlog.rest());
  if (stopped) throw stopped.error;
}

function count(outcome: HubOutcome, batch: readonly StoredWindow[], { rows, reopened, setAside }: Published): void {
  outcome.windows += batch.length;
  outcome.rows += rows;
  outcome.setAside += setAside;
  outcome.reopened = [...new Set([...outcome.reopened, ...reopened])].toSorted();
}

/** Whether the store itself is in trouble, so that no Hub can go on. */
export function isOfStore(error: unknown): boolean {
  return isProviderError(error) && /^CSP_STORE_/.test(error.code);
}
