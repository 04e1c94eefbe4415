import { zstdCompressSync } from "node:zlib";
import { type Granularity, hasCode, ProviderError } from "@azurestack-csp/provider";
import { stageRows } from "../domain/stagedRows.ts";
import { usageErrors } from "../errors.ts";
import { askBySubscriber } from "../store/hubs.ts";
import { evidenceFile, stagedFile } from "../store/layout.ts";
import { everSubscribed } from "../store/notes.ts";
import { isStagedWhole, stagePage } from "../store/staging.ts";
import { storeFailure } from "../store/storeFailure.ts";
import { notePage, restartWindow, type StoredHub, type StoredWindow } from "../store/windows.ts";
import type { Workshop } from "../store/workshop.ts";
import type { PageAnswer, UsageSource } from "./usageSource.ts";

/** How often a Hub may forget its own link to the next page of one window. */
const MOST_RESTARTS = 3;

/** What is known of a Hub while its windows are asked for. */
export interface HubSync {
  readonly workshop: Omit<Workshop, "engine">;
  readonly source: UsageSource;
  readonly hub: StoredHub;
  readonly granularity: Granularity;
  /** Whether windows are asked for one subscriber at a time; becomes `true` where the Hub's gateway gives up. */
  bySubscriber: boolean;
  readonly keepPages: boolean;
  readonly signal: AbortSignal;
  /** Told of each page that was staged. */
  readonly onPage: (rows: number) => void;
}

type Page = Extract<PageAnswer, { kind: "page" }>;

/**
 * Asks for a window to its end, page by page, from where it stands, and stages its rows; each page is noted before the next
 * one is asked for.
 *
 * @returns the window, all of it staged
 * @throws ProviderError `CSP_SYNC_TIMED_OUT`, `CSP_SYNC_LINK_EXPIRED`, `CSP_SYNC_LINK_REPEATED`, those of the store and
 *   whatever the Hub refuses
 */
export async function syncWindow(sync: HubSync, found: StoredWindow): Promise<StoredWindow> {
  let window = await begin(sync, found);
  let restarts = 0;
  while (window.state === "asking") {
    sync.signal.throwIfAborted();
    const subscriber = window.subscribers?.[window.position];
    if (window.subscribers && subscriber === undefined) {
      window = advance(sync, { ...window, state: "staged" });
      break;
    }
    const answer = await sync.source.usagePage(
      {
        window: { start: window.start, end: window.end },
        granularity: sync.granularity,
        ...(subscriber === undefined ? {} : { subscriberId: subscriber }),
      },
      window.nextLink,
    );
    if (answer.kind === "page") {
      window = take(sync, window, answer);
    } else if (answer.kind === "lost") {
      restarts += 1;
      if (restarts > MOST_RESTARTS) throw failed(sync, window, "CSP_SYNC_LINK_EXPIRED", { count: String(restarts) });
      window = restart(sync, window);
    } else {
      window = split(sync, window);
    }
  }
  return window;
}

/** Where a sync goes on; what a power failure took from it is asked for again. */
async function begin(sync: HubSync, found: StoredWindow): Promise<StoredWindow> {
  const { layout } = sync.workshop;
  const isFresh = found.pages === 0 && found.position === 0;
  if (isFresh || !(await isStagedWhole(layout, found))) return restart(sync, found);
  return found;
}

function restart(sync: HubSync, window: StoredWindow): StoredWindow {
  const { list } = sync.workshop;
  const subscribers = sync.bySubscriber ? everSubscribed(list, sync.hub.id) : undefined;
  return restartWindow(list, window, subscribers);
}

/** Never cuts time otherwise: another window would hold other sums. */
function split(sync: HubSync, window: StoredWindow): StoredWindow {
  const subscriber = window.subscribers?.[window.position];
  if (subscriber !== undefined) throw failed(sync, window, "CSP_SYNC_TIMED_OUT", { subscriber });
  if (!sync.bySubscriber) askBySubscriber(sync.workshop.list, sync.hub.id);
  sync.bySubscriber = true;
  return restart(sync, window);
}

/** Stages a page; the file first, since what lies behind the noted length is cut off by whoever goes on. */
function take(sync: HubSync, window: StoredWindow, page: Page): StoredWindow {
  const { layout, files, now } = sync.workshop;
  const number = window.pages + 1;
  if (page.nextLink !== undefined && page.nextLink === window.nextLink) {
    throw failed(sync, window, "CSP_SYNC_LINK_REPEATED", { page: String(number) });
  }
  const lines = stageRows(page.rows, { window: window.id, first: window.rows });
  const staged = guarded(sync, stagedFile(layout, window.id), () => stagePage({ layout, files }, window, lines));
  if (sync.keepPages) keepEvidence(sync, { window, number, body: page.body });
  const isLast = page.nextLink === undefined;
  const position = window.position + (isLast ? 1 : 0);
  const isDone = isLast && position >= (window.subscribers?.length ?? 1);
  const next = advance(sync, {
    ...window,
    ...staged,
    state: isDone ? "staged" : "asking",
    position,
    nextLink: page.nextLink,
    pages: number,
    rows: window.rows + page.rows.length,
    fetchedAt: now(),
  });
  sync.onPage(page.rows.length);
  return next;
}

function advance({ workshop }: HubSync, window: StoredWindow): StoredWindow {
  notePage(workshop.list, window);
  return window;
}

function keepEvidence(
  sync: HubSync,
  { window, number, body }: { readonly window: StoredWindow; readonly number: number; readonly body: string },
): void {
  const { layout, files } = sync.workshop;
  const file = evidenceFile(layout, { hub: sync.hub.cloudId, start: window.start, page: number });
  guarded(sync, file, () => files.writeAt(file, zstdCompressSync(body), 0));
}

function guarded<Result>({ workshop }: HubSync, file: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw storeFailure(error, { store: workshop.layout.folder, file });
  }
}

/** What keeps one window from its end, and no other. */
const OF_ONE_WINDOW = ["CSP_SYNC_TIMED_OUT", "CSP_SYNC_LINK_EXPIRED", "CSP_SYNC_LINK_REPEATED"] as const;

type OfOneWindow = (typeof OF_ONE_WINDOW)[number];

function failed(
  { source }: HubSync,
  { start, end }: StoredWindow,
  code: OfOneWindow,
  details: Readonly<Record<string, string>>,
): ProviderError {
  const texts = { key: source.key, start, end, subscriber: "", count: "", page: "", ...details };
  return new ProviderError(usageErrors[code], texts);
}

/** Whether the windows beside the one that failed may well do better. */
export function isOfOneWindow(error: unknown): boolean {
  return (
    hasCode(error, "CSP_USAGE_PAGE_UNREADABLE", usageErrors.CSP_SYNC_ROW_LENGTH) ||
    OF_ONE_WINDOW.some((code) => hasCode(error, usageErrors[code]))
  );
}
