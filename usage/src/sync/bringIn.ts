import { hasCode, type ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import { rememberSplit } from "../store/hubs.ts";
import { stagedFile } from "../store/layout.ts";
import { addSubscribers, everSubscribed } from "../store/notes.ts";
import { type Published, publishWindows } from "../store/publish.ts";
import { keepPublished, type StoredHub, type StoredWindow, splitWindows } from "../store/windows.ts";
import { createBacklog } from "./backlog.ts";
import { endsRun, type HubJob } from "./hubJob.ts";
import type { HubOutcome } from "./hubOutcome.ts";
import { type HubSync, isOfOneWindow, syncWindow, type Unasked } from "./syncWindow.ts";
import type { Asker, UsageSource } from "./usageSource.ts";

/** What is to be brought in of a Hub. */
export interface HubTask {
  readonly source: UsageSource;
  readonly hub: StoredHub;
  readonly asker: Asker;
  readonly listed: HubSync["listed"];
  readonly windows: readonly StoredWindow[];
}

/** What came of it. */
export type Brought = Omit<HubOutcome, "key" | "cloudId" | "granularity" | "closed">;

/**
 * Asks for several windows at one time, each page by page; they are published as whole reported days come together.
 *
 * @throws ProviderError those of the store; the Hub's are problems of what is returned
 */
export async function bringIn(job: HubJob, task: HubTask): Promise<Brought> {
  const { workshop, request, queue, signal, watch, atOnce } = job;
  const { source, hub, asker, listed, windows } = task;
  const counts = { windows: 0, missing: 0, pages: 0, rows: 0, setAside: 0 };
  let [before, after] = [0, 0];
  const reopened = new Set<string>();
  const unasked = new Map<string, Unasked>();
  const problems: unknown[] = [];
  if (asker.subscription !== undefined) addSubscribers(workshop.list, hub.id, [asker.subscription]);
  const isEach = asksEach(job, task);
  const sync: HubSync = {
    workshop,
    source,
    hub,
    granularity: hub.granularity,
    bySubscriber: isEach || hub.bySubscriber,
    listed,
    keepPages: request.keepPages,
    signal,
    onPage(rows) {
      counts.pages += 1;
      watch.page(rows);
    },
    onUnasked: (each) => unasked.set(each.subscriber, each),
  };
  const backlog = createBacklog(windows, {
    together: request.again !== undefined,
    now: () => Date.parse(workshop.now()),
  });
  const publish = async (ready: readonly StoredWindow[]) => {
    if (ready.length === 0) return;
    await queue.add(async () => {
      const { published, problem, windows: count } = await publishOrKeep(job, hub, ready);
      if (problem) problems.push(problem);
      counts.windows += count;
      if (!published) return;
      counts.rows += published.rows;
      counts.setAside += published.setAside;
      before += published.replaced.before;
      after += published.replaced.after;
      for (const day of published.reopened) reopened.add(day);
    });
  };
  const waiting = [...windows];
  let staged = 0;
  let isStopped = false;
  const fail = (window: StoredWindow, error: unknown): readonly StoredWindow[] => {
    if (!isOfOneWindow(error)) {
      if (!isStopped) problems.push(error);
      isStopped = true;
    } else if (!problems.some((each) => isSameRefusal(each, error))) problems.push(error);
    return backlog.missing(window);
  };
  const work = async (most = Number.POSITIVE_INFINITY) => {
    for (let left = most; left > 0 && !isStopped; left -= 1) {
      const window = waiting.shift();
      if (!window) return;
      signal.throwIfAborted();
      let ready: readonly StoredWindow[];
      try {
        const whole = await syncWindow(sync, window);
        staged += 1;
        ready = backlog.staged(whole);
      } catch (error) {
        if (endsRun(signal, error)) {
          waiting.length = 0;
          throw error;
        }
        ready = fail(window, error);
      }
      watch.window(window.start);
      await publish(ready);
    }
  };
  // A Hub that gave up in an earlier run is tried once more, with a window of which nothing is there yet.
  const untouched = waiting.findIndex(({ pages, position }) => pages === 0 && position === 0);
  if (hub.bySubscriber && !isEach && untouched >= 0) {
    waiting.unshift(...waiting.splice(untouched, 1));
    sync.bySubscriber = false;
    await work(1);
    if (!sync.bySubscriber && staged > 0) rememberSplit(workshop.list, hub.id, false);
  }
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, async () => await work()));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  counts.missing = windows.length - staged;
  await publish(backlog.rest());
  return {
    ...counts,
    replaced: { before, after },
    reopened: [...reopened].toSorted(),
    split: asker.kind === "admin" ? splitWindows(workshop.list, hub.id) : undefined,
    unasked: [...unasked.values()],
    problems,
  };
}

/** What a publication came to; where it would take rows away that nobody gave up, only windows that are new are published. */
async function publishOrKeep(
  { workshop, request: { maxRowsLost = 0 } }: HubJob,
  hub: StoredHub,
  windows: readonly StoredWindow[],
): Promise<{ readonly published?: Published; readonly problem?: ProviderError; readonly windows: number }> {
  try {
    return { published: await publishWindows(workshop, hub, { windows, maxRowsLost }), windows: windows.length };
  } catch (error) {
    if (!hasCode(error, usageErrors.CSP_SYNC_ROWS_LOST)) throw error;
    const known = windows.filter(({ counted }) => counted !== undefined);
    keepPublished(workshop.list, known);
    for (const { id } of known) workshop.files.remove(stagedFile(workshop.layout, id));
    const fresh = windows.filter(({ counted }) => counted === undefined);
    if (fresh.length === 0) return { problem: error, windows: 0 };
    const published = await publishWindows(workshop, hub, { windows: fresh, maxRowsLost });
    return { published, problem: error, windows: fresh.length };
  }
}

/** Whether a user's subscriptions are asked for one by one: also where but one is left of several, for the others' usage. */
function asksEach({ workshop: { list } }: HubJob, { hub, asker }: HubTask): boolean {
  return asker.kind === "user" && (asker.subscription === undefined || everSubscribed(list, hub.id).length > 1);
}

/** A subscription that is refused is refused in every window, which is one problem. */
function isSameRefusal(one: unknown, other: unknown): boolean {
  return isRefusal(one) && isRefusal(other) && one.details.subscriber === other.details.subscriber;
}

function isRefusal(error: unknown): error is ProviderError<typeof usageErrors.CSP_SYNC_SUBSCRIBER_REFUSED> {
  return hasCode(error, usageErrors.CSP_SYNC_SUBSCRIBER_REFUSED);
}
