import type { Granularity, ReportedWindow } from "@azurestack-csp/provider";
import type { StoreList } from "./storeList.ts";

/** A window of reported time, and how far it has been asked for. */
export interface StoredWindow extends ReportedWindow {
  readonly id: number;
  readonly hub: number;
  readonly state: "asking" | "staged" | "done";
  /** Whom it is asked for, one by one; `undefined` where it is asked for all at once. */
  readonly subscribers: readonly string[] | undefined;
  /** Which of them is next. */
  readonly position: number;
  /** Where the next page is; `undefined` for a first page. */
  readonly nextLink: string | undefined;
  readonly pages: number;
  readonly rows: number;
  /** What is staged, in bytes, and its CRC-32. */
  readonly length: number;
  readonly crc: number;
  /** When its last page came; `undefined` before the first. */
  readonly fetchedAt: string | undefined;
  /** How many rows of it are live; `undefined` where it was never published. */
  readonly counted: number | undefined;
}

interface WindowRow {
  id: number;
  hub: number;
  start: string;
  end: string;
  state: StoredWindow["state"];
  subscribers: string | null;
  position: number;
  next_link: string | null;
  pages: number;
  rows: number;
  length: number;
  crc: number;
  fetched_at: string | null;
  counted: number | null;
}

function fromRow({ next_link, subscribers, fetched_at, counted, ...row }: WindowRow): StoredWindow {
  return {
    ...row,
    subscribers: subscribers === null ? undefined : (JSON.parse(subscribers) as string[]),
    nextLink: next_link ?? undefined,
    fetchedAt: fetched_at ?? undefined,
    counted: counted ?? undefined,
  };
}

const BEGUN_ANEW =
  "state = 'asking', subscribers = NULL, position = 0, next_link = NULL, pages = 0, rows = 0, length = 0, crc = 0";

/** Notes windows that are to be asked for; those that are known stay as they are. */
export function addWindows(list: StoreList, hub: number, windows: readonly ReportedWindow[]): void {
  for (const { start, end } of windows) {
    list.run(
      `INSERT INTO window (hub, start, "end", state) VALUES (?, ?, ?, 'asking') ON CONFLICT (hub, start) DO NOTHING`,
      hub,
      start,
      end,
    );
  }
}

/** Which windows are meant; the end is not inside. */
export interface WindowRange {
  readonly hub: number;
  readonly from: string;
  readonly to: string;
}

/** The windows that start within a range and are not done, the earliest first. */
export function unfinishedWindows(list: StoreList, { hub, from, to }: WindowRange): readonly StoredWindow[] {
  return list
    .all<WindowRow>(
      "SELECT * FROM window WHERE hub = ? AND start >= ? AND start < ? AND state <> 'done' ORDER BY start",
      hub,
      from,
      to,
    )
    .map(fromRow);
}

/**
 * Has windows asked for again from their first page; what is published of them stays live until the new answer replaces it,
 * and what an earlier, stopped command had staged of them is forgotten.
 */
export function askAgain(list: StoreList, { hub, from, to }: WindowRange): number {
  const { known = 0 } =
    list.get<{ known: number }>(
      "SELECT count(*) AS known FROM window WHERE hub = ? AND start >= ? AND start < ?",
      hub,
      from,
      to,
    ) ?? {};
  list.run(`UPDATE window SET ${BEGUN_ANEW} WHERE hub = ? AND start >= ? AND start < ?`, hub, from, to);
  return known;
}

/** Has windows asked for again whose answer came sooner after their end than usage is now waited for. */
export function askAgainTooEarly(list: StoreList, { hub, from, to }: WindowRange, delayHours: number): void {
  list.run(
    `UPDATE window SET ${BEGUN_ANEW} WHERE hub = ? AND start >= ? AND start < ? AND state = 'done'
       AND fetched_at < strftime('%Y-%m-%dT%H:%M:%SZ', "end", ?)`,
    hub,
    from,
    to,
    `+${delayHours} hours`,
  );
}

/** Has a window begun anew: nothing of it was published, and what was staged is forgotten. */
export function restartWindow(
  list: StoreList,
  window: StoredWindow,
  subscribers: readonly string[] | undefined,
): StoredWindow {
  const text = subscribers === undefined ? null : JSON.stringify(subscribers);
  list.transaction("staged", () =>
    list.run(
      `UPDATE window SET state = 'asking', subscribers = ?, position = 0, next_link = NULL, pages = 0, rows = 0, length = 0,
         crc = 0 WHERE id = ?`,
      text,
      window.id,
    ),
  );
  return {
    ...window,
    state: "asking",
    subscribers,
    position: 0,
    nextLink: undefined,
    pages: 0,
    rows: 0,
    length: 0,
    crc: 0,
  };
}

/** Leaves windows as they were published before they were asked for again; what came since is forgotten. */
export function keepPublished(list: StoreList, windows: readonly StoredWindow[]): void {
  list.transaction("published", () => {
    for (const { id } of windows) {
      list.run("UPDATE window SET state = 'done', next_link = NULL, length = 0, crc = 0 WHERE id = ?", id);
    }
  });
}

/** Notes that a page is staged, and where the next one is; one transaction. */
export function notePage(list: StoreList, window: StoredWindow): void {
  const { id, state, position, nextLink, pages, rows, length, crc, fetchedAt } = window;
  list.transaction("staged", () =>
    list.run(
      `UPDATE window SET state = ?, position = ?, next_link = ?, pages = ?, rows = ?, length = ?, crc = ?, fetched_at = ?
         WHERE id = ?`,
      state,
      position,
      nextLink ?? null,
      pages,
      rows,
      length,
      crc,
      fetchedAt ?? null,
      id,
    ),
  );
}

/** Windows for which subscribers were asked one by one, and from when to when they lie; the gaps between them count too. */
export interface SplitWindows {
  readonly windows: number;
  readonly from: string;
  readonly to: string;
}

/** The windows of a Hub that hold the usage of named subscribers alone, so that nobody else's is in them. */
export function splitWindows(list: StoreList, hub: number): SplitWindows | undefined {
  const found = list.get<SplitWindows>(
    `SELECT count(*) AS windows, min(start) AS "from", max("end") AS "to" FROM window
       WHERE hub = ? AND state = 'done' AND subscribers IS NOT NULL`,
    hub,
  );
  return found && found.windows > 0 ? { ...found } : undefined;
}

/** A Hub of the store. */
export interface StoredHub {
  readonly id: number;
  /** The registration's cloud id, by which its usage is kept. */
  readonly cloudId: string;
  readonly granularity: Granularity;
  /** The start of the earliest window that is to be asked for. */
  readonly firstWindow: string;
  /** Whether the Hub could not answer for all subscribers at once when it was last asked to. */
  readonly bySubscriber: boolean;
}
