import { aFew, didYouMean, type Granularity, nearWords, ProviderError } from "@azurestack-csp/provider";
import { formatInstant, HOUR_IN_MS } from "../domain/times.ts";
import { usageErrors } from "../errors.ts";
import { type DayWindows, dayWindows } from "./days.ts";
import type { StoreList } from "./storeList.ts";
import type { StoredHub } from "./windows.ts";

/** Which Hubs are meant, and when. */
export interface AskedHubs {
  /** Keys of registrations or cloud ids. @default all that were ever synced */
  readonly names?: readonly string[];
  /** In milliseconds since 1970. @default the present */
  readonly now?: number;
}

/** A Hub as it stands now. */
export interface HubStatus extends Omit<StoredHub, "id"> {
  /** What the list has called its registration, the latest first. */
  readonly keys: readonly string[];
  readonly lastSynced: string;
  /** Until when reported time is due now, whether or not a sync has been there to ask. */
  readonly due: string;
  readonly days: readonly DayStatus[];
}

/**
 * A usage day of a Hub. `closed`: everything is there that can be expected; `open`: some of it is not due yet;
 * `missing`: windows are due now and not there; `partial`: it lies before the first window that was ever asked for.
 */
export interface DayStatus extends DayWindows {
  readonly state: "closed" | "open" | "missing" | "partial";
  /** Rows that count. */
  readonly rows: number;
  readonly setAside: number;
  /** When its rows were last changed; `null` where none ever came. */
  readonly changedAt: string | null;
  readonly closedAt: string | null;
  /** When late rows came that opened it again. */
  readonly reopenedAt: string | null;
}

interface HubRow {
  id: number;
  cloud_id: string;
  granularity: Granularity;
  first_window: string;
  by_subscriber: number;
  delay_hours: number;
  lag_hours: number;
  last_synced: string;
}

/** The Hubs that were ever synced, or those of the names, with their days until now. */
export function readHubs(
  list: StoreList,
  store: string,
  { names = [], now = Date.now() }: AskedHubs = {},
): readonly HubStatus[] {
  const hubs = list.all<HubRow>("SELECT * FROM hub ORDER BY cloud_id").map((row) => readHub(list, row, now));
  const known = hubs.flatMap(({ keys, cloudId }) => [...keys, cloudId]);
  const value = names.find((name) => !known.includes(name));
  if (value !== undefined) {
    const nearest = didYouMean(nearWords(value, known).slice(0, 1));
    const details = { store, value, nearest, known: aFew(hubs.map(({ keys, cloudId }) => keys[0] ?? cloudId)) };
    throw new ProviderError(usageErrors.CSP_STORE_HUB_UNKNOWN, details);
  }
  if (names.length === 0) return hubs;
  return hubs.filter(({ keys, cloudId }) => names.some((name) => name === cloudId || keys.includes(name)));
}

function readHub(list: StoreList, row: HubRow, now: number): HubStatus {
  const { id, cloud_id: cloudId, granularity, first_window: firstWindow, last_synced: lastSynced } = row;
  const keys = list
    .all<{ key: string }>("SELECT key FROM hub_key WHERE hub = ? ORDER BY last_seen DESC, key", id)
    .map(({ key }) => key);
  const hub = { id, cloudId, granularity, firstWindow, bySubscriber: row.by_subscriber === 1 };
  const due = now - row.delay_hours * HOUR_IN_MS;
  return {
    cloudId,
    granularity,
    firstWindow,
    bySubscriber: hub.bySubscriber,
    keys,
    lastSynced,
    due: formatInstant(due),
    days: readDays(list, hub, { lagHours: row.lag_hours, due }),
  };
}

interface DayRow {
  day: string;
  rows: number;
  set_aside: number;
  changed_at: string | null;
  closed_at: string | null;
  reopened_at: string | null;
}

function readDays(
  list: StoreList,
  hub: StoredHub,
  terms: { readonly lagHours: number; readonly due: number },
): readonly DayStatus[] {
  const rows = list.all<DayRow>(
    `SELECT usage_date AS day, changed_at, closed_at, reopened_at,
       (SELECT coalesce(sum(rows), 0) FROM segment WHERE hub = day.hub AND usage_date = day.usage_date AND state = 'live') AS rows,
       (SELECT count(*) FROM set_aside JOIN window ON window.id = set_aside.window
          WHERE hub = day.hub AND usage_date = day.usage_date) AS set_aside
     FROM day WHERE hub = ?`,
    hub.id,
  );
  const known = new Map(rows.map((row) => [row.day, row]));
  const expected = dayWindows(list, hub, terms);
  const within = new Set(expected.map(({ day }) => day));
  const beside = rows
    .filter(({ day }) => !within.has(day))
    .map(({ day }) => ({ day, windows: 0, done: 0, missing: 0 }));
  return [...beside, ...expected]
    .toSorted((one, other) => (one.day < other.day ? -1 : 1))
    .map((day) => {
      const row = known.get(day.day);
      return {
        ...day,
        state: stateOf(day, row, hub),
        rows: row?.rows ?? 0,
        setAside: row?.set_aside ?? 0,
        changedAt: row === undefined || (row.rows === 0 && row.set_aside === 0) ? null : row.changed_at,
        closedAt: row?.closed_at ?? null,
        reopenedAt: row?.reopened_at ?? null,
      };
    });
}

function stateOf({ day, windows, missing }: DayWindows, row: DayRow | undefined, hub: StoredHub): DayStatus["state"] {
  if (windows === 0) return day < hub.firstWindow ? "partial" : "open";
  if (missing > 0) return "missing";
  return row && row.closed_at !== null ? "closed" : "open";
}
