import { type Granularity, hasCode, ProviderError } from "@azurestack-csp/provider";
import { stageRows } from "../domain/stagedRows.ts";
import { formatInstant } from "../domain/times.ts";
import { usageErrors } from "../errors.ts";
import { rememberSplit } from "../store/hubs.ts";
import { stagedFile } from "../store/layout.ts";
import { everSubscribed } from "../store/notes.ts";
import { isStagedWhole, stagePage } from "../store/staging.ts";
import { storeFailure } from "../store/storeFailure.ts";
import { notePage, restartWindow, type StoredHub, type StoredWindow } from "../store/windows.ts";
import type { Workshop } from "../store/workshop.ts";
import { keepEvidence } from "./keepEvidence.ts";
import type { PageAnswer, UsageSource } from "./usageSource.ts";

/** How often a Hub may forget its own link to the next page of one window. */
const MOST_RESTARTS = 3;

/**
 * How often a Hub is asked for all its subscribers before it is taken to be too much: once more than it has failed, since a
 * gateway may give up once, and each time takes it a minute; only once where it failed in the run before.
 */
const ATTEMPTS_OVER_ALL = { first: 2, again: 1 } as const;

/** What is known of a Hub while its windows are asked for. */
export interface HubSync {
  readonly workshop: Omit<Workshop, "engine">;
  readonly source: UsageSource;
  readonly hub: StoredHub;
  readonly granularity: Granularity;
  /** Whether windows are asked for one subscriber at a time; becomes `true` where the Hub's gateway gives up. */
  bySubscriber: boolean;
  /** The subscriptions that the Hub lists now, or why it could not. */
  readonly listed: ReadonlySet<string> | ProviderError;
  /** Told of a subscriber whose part of a window stays empty. */
  readonly onUnasked: (unasked: Unasked) => void;
  readonly keepPages: boolean;
  readonly signal: AbortSignal;
  /** Told of each page that was staged. */
  readonly onPage: (rows: number) => void;
}

/** A subscriber whose usage could not be asked for, and never can be. */
export interface Unasked {
  readonly subscriber: string;
  /** `notServed`: none of this provider's, as the Hub says; `gone`: neither in the Hub's list any more nor to be found. */
  readonly reason: "notServed" | "gone";
}

type Page = Extract<PageAnswer, { kind: "page" }>;
type Refusal = Extract<PageAnswer, { kind: "notServed" | "refused" }>;

/**
 * Asks for a window to its end, page by page, from where it stands, and stages its rows; each page is noted before the next
 * one is asked for.
 *
 * @returns the window, all of it staged
 * @throws ProviderError `CSP_SYNC_TIMED_OUT`, `CSP_SYNC_LINK_EXPIRED`, `CSP_SYNC_LINK_REPEATED`, `CSP_SYNC_SUBSCRIBER_REFUSED`,
 *   `CSP_SYNC_NO_SUBSCRIBERS`, `CSP_SYNC_CLOCK`, those of the store and whatever the Hub refuses
 */
export async function syncWindow(sync: HubSync, found: StoredWindow): Promise<StoredWindow> {
  let window = await begin(sync, found);
  let restarts = 0;
  let timeouts = 0;
  const links = new Set<string>();
  while (window.state === "asking") {
    sync.signal.throwIfAborted();
    const subscriber = window.subscribers?.[window.position];
    const answer = await sync.source.usagePage(
      {
        window: { start: window.start, end: window.end },
        granularity: sync.granularity,
        ...(subscriber === undefined ? {} : { subscriberId: subscriber }),
      },
      window.nextLink,
    );
    if (answer.kind === "page") {
      requireClock(sync, answer);
      requireNewLink(sync, { window, links, nextLink: answer.nextLink });
      window = take(sync, window, answer);
      if (window.nextLink === undefined) links.clear();
    } else if (answer.kind === "lost") {
      restarts += 1;
      if (restarts > MOST_RESTARTS) throw failed(sync, window, "CSP_SYNC_LINK_EXPIRED", { count: String(restarts) });
      links.clear();
      window = restart(sync, window);
    } else if (answer.kind === "timedOut") {
      timeouts += 1;
      if (mayAnswerYet(sync, window, timeouts)) continue;
      window = split(sync, window);
    } else {
      sync.onUnasked(unaskedOf(sync, { window, subscriber: subscriber ?? "", answer }));
      window = advance(sync, endOfPart(window));
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
  return restartWindow(sync.workshop.list, window, sync.bySubscriber ? subscribersNow(sync) : undefined);
}

/** Whom to ask for; a window that left somebody out would pass for whole, so that it is not begun where that is not known. */
function subscribersNow({ source: { key }, workshop: { list }, hub, listed }: HubSync): readonly string[] {
  if (listed instanceof Error) throw listed;
  const subscribers = everSubscribed(list, hub.id);
  if (subscribers.length === 0) throw new ProviderError(usageErrors.CSP_SYNC_NO_SUBSCRIBERS, { key });
  return subscribers;
}

/** The part of one subscriber, or the whole window, has come to its end. */
function endOfPart(window: StoredWindow): StoredWindow {
  const position = window.position + 1;
  const isDone = position >= (window.subscribers?.length ?? 1);
  return { ...window, state: isDone ? "staged" : "asking", position, nextLink: undefined };
}

function mayAnswerYet({ bySubscriber, hub }: HubSync, { subscribers }: StoredWindow, timeouts: number): boolean {
  if (subscribers !== undefined || bySubscriber) return false;
  return timeouts < (hub.bySubscriber ? ATTEMPTS_OVER_ALL.again : ATTEMPTS_OVER_ALL.first);
}

/** Never cuts time otherwise: another window would hold other sums. */
function split(sync: HubSync, window: StoredWindow): StoredWindow {
  const subscriber = window.subscribers?.[window.position];
  if (subscriber !== undefined) throw failed(sync, window, "CSP_SYNC_TIMED_OUT", { subscriber });
  if (!sync.bySubscriber) rememberSplit(sync.workshop.list, sync.hub.id, true);
  sync.bySubscriber = true;
  return restart(sync, window);
}

/** How far this machine's clock may be ahead of the Hub's, whose hours are the windows. */
const MOST_AHEAD_IN_MS = 5 * 60_000;

/** A clock that is behind asks later than need be; one ahead would ask for windows in which usage is still reported. */
function requireClock({ source: { key }, workshop: { now } }: HubSync, { answeredAt }: Page): void {
  const here = now();
  if (answeredAt === undefined || Date.parse(here) - answeredAt <= MOST_AHEAD_IN_MS) return;
  throw new ProviderError(usageErrors.CSP_SYNC_CLOCK, { key, here, there: formatInstant(answeredAt) });
}

/** A link that was followed before leads in a circle; the window is begun anew, for what it repeated is no usage. */
function requireNewLink(
  sync: HubSync,
  { window, links, nextLink }: { window: StoredWindow; links: Set<string>; nextLink: string | undefined },
): void {
  if (window.nextLink !== undefined) links.add(window.nextLink);
  if (nextLink === undefined || !links.has(nextLink)) return;
  restart(sync, window);
  throw failed(sync, window, "CSP_SYNC_LINK_REPEATED", { page: String(window.pages + 1) });
}

/** Stages a page; the file first, since what lies behind the noted length is cut off by whoever goes on. */
function take(sync: HubSync, window: StoredWindow, page: Page): StoredWindow {
  const { layout, files, now } = sync.workshop;
  const number = window.pages + 1;
  const lines = stageRows(page.rows, { window: window.id, first: window.rows });
  const staged = guarded(sync, stagedFile(layout, window.id), () => stagePage({ layout, files }, window, lines));
  if (sync.keepPages) keepEvidence(sync.workshop, { hub: sync.hub, window, number, body: page.body });
  const { nextLink } = page;
  const grown = { ...window, ...staged, pages: number, rows: window.rows + page.rows.length, fetchedAt: now() };
  const next = advance(sync, nextLink === undefined ? endOfPart(grown) : { ...grown, nextLink });
  sync.onPage(page.rows.length);
  return next;
}

function advance({ workshop }: HubSync, window: StoredWindow): StoredWindow {
  notePage(workshop.list, window);
  return window;
}

function guarded<Result>({ workshop }: HubSync, file: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw storeFailure(error, { store: workshop.layout.folder, file });
  }
}

/** What keeps one window from its end, and no other. */
const OF_ONE_WINDOW = [
  "CSP_SYNC_TIMED_OUT",
  "CSP_SYNC_LINK_EXPIRED",
  "CSP_SYNC_LINK_REPEATED",
  "CSP_SYNC_SUBSCRIBER_REFUSED",
] as const;

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

/** A refusal counts as no usage only where the Hub says so, or where list and answer agree that nobody is there. */
function unaskedOf(
  { source: { key }, listed }: HubSync,
  { window: { start, end }, subscriber, answer }: { window: StoredWindow; subscriber: string; answer: Refusal },
): Unasked {
  if (answer.kind === "notServed") return { subscriber, reason: "notServed" };
  const { error } = answer;
  const isListed = listed instanceof Error || listed.has(subscriber);
  if (error.answer?.status === 404 && !isListed) return { subscriber, reason: "gone" };
  const details = { key, subscriber, start, end, reason: error.code };
  throw new ProviderError(usageErrors.CSP_SYNC_SUBSCRIBER_REFUSED, details, { cause: error });
}

/** Whether the windows beside the one that failed may well do better. */
export function isOfOneWindow(error: unknown): boolean {
  return (
    hasCode(error, "CSP_USAGE_PAGE_UNREADABLE", "CSP_PAGING_BROKEN", usageErrors.CSP_SYNC_ROW_LENGTH) ||
    OF_ONE_WINDOW.some((code) => hasCode(error, usageErrors[code]))
  );
}
