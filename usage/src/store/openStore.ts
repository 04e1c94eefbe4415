import { join } from "node:path";
import { type Granularity, ProviderError } from "@azurestack-csp/provider";
import { HOUR_IN_MS } from "../domain/times.ts";
import { usageErrors } from "../errors.ts";
import { type DayWindows, dayWindows } from "./days.ts";
import { quotedList, startEngine } from "./engine.ts";
import { layoutOf } from "./layout.ts";
import { systemFiles } from "./storeFiles.ts";
import { isThere, openListToRead, type StoreList } from "./storeList.ts";
import { tornError, tornReason } from "./tidy.ts";
import type { StoredHub } from "./windows.ts";

/** Which usage is meant; what is left out is not narrowed. */
export interface UsageFilter {
  /** Cloud ids of Hubs. */
  readonly hubs?: readonly string[];
  /** The first and the last usage day, both inside: `2026-10-01`. */
  readonly from?: string;
  readonly to?: string;
}

/** A Hub as its latest sync left it. */
export interface HubStatus extends Omit<StoredHub, "id"> {
  /** What the list has called its registration, the latest first. */
  readonly keys: readonly string[];
  readonly lastSynced: string;
  readonly days: readonly DayStatus[];
}

/**
 * A usage day of a Hub. `closed`: everything is there that can be expected; `open`: some of it is not due yet;
 * `missing`: windows were due and could not be had; `partial`: it lies before the first window that was ever asked for.
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

/** A row that is in no sum. */
export interface SetAside {
  readonly hub: string;
  readonly code: string;
  readonly day: string;
  /** The reported window that it came in. */
  readonly start: string;
  readonly end: string;
  readonly quantity: string;
  /** What counts in its place; `null` where nothing does. */
  readonly kept: string | null;
  /** The row's other members. */
  readonly row: Readonly<Record<string, string | number | null>>;
}

/** What was noted of a Hub at a sync, and from when to when it was seen to be so. */
export interface StoredNote {
  readonly hub: string;
  readonly kind: "subscription" | "mapping";
  /** The local subscription, or the customer subscription. */
  readonly name: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** The first and the last sync that saw it so. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** The first one that saw it otherwise, or gone; `null` while it is so. */
  readonly endedAt: string | null;
}

/** A store that is read; a sync may go on meanwhile, and what was read stays what it was. */
export interface UsageStore {
  /**
   * The files that hold the usage, to be read by any engine; none of them is ever changed.
   *
   * @throws ProviderError `CSP_STORE_FILE_TORN`
   */
  liveFiles(filter?: UsageFilter): readonly string[];
  /** SQL for a relation of the usage, with `hub` as VARCHAR and `usage_date` as DATE beside the columns of docs/store.md. */
  relation(filter?: UsageFilter): string;
  /** Rows of a query in which `usage` is that relation; decimals, large numbers and times as texts. */
  query<Row>(sql: string, filter?: UsageFilter): Promise<readonly Row[]>;
  hubs(): readonly HubStatus[];
  setAside(filter?: UsageFilter): readonly SetAside[];
  /** The mappings of registrations and the local subscriptions of Hubs, as every sync has seen them. */
  notes(): readonly StoredNote[];
  close(): void;
}

/**
 * Opens a store to read.
 *
 * @throws ProviderError `CSP_STORE_MISSING`, `CSP_STORE_NEWER`, `CSP_STORE_UNREADABLE`
 */
export function openStore(folder: string): UsageStore {
  const layout = layoutOf(folder);
  if (!isThere(layout)) throw new ProviderError(usageErrors.CSP_STORE_MISSING, { store: folder });
  const list = openListToRead(layout);
  const liveFiles = (filter: UsageFilter = {}) => {
    const segments = list.all<LiveFile>(
      `SELECT segment.id, cloud_id AS cloudId, usage_date AS day, path, bytes FROM segment JOIN hub ON hub.id = segment.hub
         WHERE state = 'live' ${where(filter)} ORDER BY path`,
      ...valuesOf(filter),
    );
    return segments.map((segment) => {
      const reason = tornReason({ layout, files: systemFiles }, segment);
      if (reason !== undefined) throw tornError({ layout, list }, segment, { segment, reason });
      return join(layout.folder, segment.path);
    });
  };
  const relation = (filter?: UsageFilter) => relationOf(liveFiles(filter));
  return {
    liveFiles,
    relation,
    async query<Row>(sql: string, filter?: UsageFilter) {
      const engine = await startEngine({ store: folder, spill: join(layout.staging, `reader-${process.pid}`) });
      try {
        await engine.run("name the usage", `CREATE VIEW usage AS ${relation(filter)}`);
        return await engine.rows<Row>("answer", sql);
      } finally {
        engine.close();
      }
    },
    hubs: () => readHubs(list),
    setAside: (filter = {}) =>
      list
        .all<Omit<SetAside, "row"> & { readonly row: string }>(
          `SELECT cloud_id AS hub, code, usage_date AS day, start, "end", quantity, kept, row FROM set_aside
             JOIN window ON window.id = set_aside.window JOIN hub ON hub.id = window.hub WHERE true ${where(filter)}
             ORDER BY hub, day, set_aside.id`,
          ...valuesOf(filter),
        )
        .map((each) => ({ ...each, row: JSON.parse(each.row) as SetAside["row"] })),
    notes: () =>
      list
        .all<Omit<StoredNote, "facts"> & { readonly facts: string }>(
          `SELECT cloud_id AS hub, kind, name, facts, first_seen AS firstSeen, last_seen AS lastSeen, ended_at AS endedAt
             FROM note JOIN hub ON hub.id = note.hub ORDER BY cloud_id, kind, name, first_seen, note.id`,
        )
        .map((note) => ({ ...note, facts: JSON.parse(note.facts) as StoredNote["facts"] })),
    close: () => list.close(),
  };
}

interface LiveFile {
  readonly id: number;
  readonly cloudId: string;
  readonly day: string;
  readonly path: string;
  readonly bytes: number;
}

function where({ hubs, from, to }: UsageFilter): string {
  const terms = [
    hubs ? `cloud_id IN (${hubs.map(() => "?").join(", ")})` : "",
    from === undefined ? "" : "usage_date >= ?",
    to === undefined ? "" : "usage_date <= ?",
  ];
  return terms.map((term) => (term ? `AND ${term}` : "")).join(" ");
}

function valuesOf({ hubs = [], from, to }: UsageFilter): readonly string[] {
  return [...hubs, ...(from === undefined ? [] : [from]), ...(to === undefined ? [] : [to])];
}

/** The columns of no file, for a store without usage. */
const NO_USAGE = `SELECT NULL::VARCHAR AS subscription_id, NULL::VARCHAR AS meter_id, NULL::TIMESTAMP AS usage_start,
  NULL::TIMESTAMP AS usage_end, NULL::VARCHAR AS granularity, NULL::DECIMAL(38,20) AS quantity,
  NULL::VARCHAR AS quantity_text, NULL::VARCHAR AS resource_id, NULL::VARCHAR AS resource_uri, NULL::VARCHAR AS location,
  NULL::VARCHAR AS tags, NULL::VARCHAR AS additional_info, NULL::TIMESTAMP AS reported_start,
  NULL::TIMESTAMP AS fetched_at, NULL::VARCHAR AS hub, NULL::DATE AS usage_date WHERE false`;

function relationOf(files: readonly string[]): string {
  if (files.length === 0) return NO_USAGE;
  return `SELECT * FROM read_parquet(${quotedList(files)}, hive_partitioning = true,
    hive_types = {hub: VARCHAR, usage_date: DATE})`;
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

function readHubs(list: StoreList): readonly HubStatus[] {
  return list.all<HubRow>("SELECT * FROM hub ORDER BY cloud_id").map((row) => {
    const { id, cloud_id: cloudId, granularity, first_window: firstWindow, last_synced: lastSynced } = row;
    const keys = list
      .all<{ key: string }>("SELECT key FROM hub_key WHERE hub = ? ORDER BY last_seen DESC, key", id)
      .map(({ key }) => key);
    const hub = { id, cloudId, granularity, firstWindow, bySubscriber: row.by_subscriber === 1 };
    const due = Date.parse(lastSynced) - row.delay_hours * HOUR_IN_MS;
    return {
      cloudId,
      granularity,
      firstWindow,
      bySubscriber: hub.bySubscriber,
      keys,
      lastSynced,
      days: readDays(list, hub, { lagHours: row.lag_hours, due }),
    };
  });
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
