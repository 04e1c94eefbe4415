import { join } from "node:path";
import { type AskedHubs, type HubStatus, readHubs } from "./hubStatus.ts";
import { layoutOf } from "./layout.ts";
import { queryUsage, relationOf } from "./relation.ts";
import { liveSegmentsWithin } from "./segments.ts";
import { systemFiles } from "./storeFiles.ts";
import { openListToRead } from "./storeList.ts";
import { requireWhole, verifyAll } from "./torn.ts";
import { conditionsOf, type UsageFilter, valuesOf } from "./usageFilter.ts";

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
   * The files that hold the usage, to be read by any engine; none of them is ever changed. They are known to be there and
   * as long as they were written.
   *
   * @throws ProviderError `CSP_STORE_FILE_TORN`
   */
  liveFiles(filter?: UsageFilter): readonly string[];
  /**
   * Reads every file whole and compares it with the SHA-256 that was noted when it was written.
   *
   * @throws ProviderError `CSP_STORE_FILE_TORN`
   */
  verify(filter?: UsageFilter): Promise<void>;
  /** SQL for a relation of the usage, with `hub` as VARCHAR and `usage_date` as DATE beside the columns of docs/store.md. */
  relation(filter?: UsageFilter): string;
  /**
   * Rows of a query in which `usage` is that relation; decimals, large numbers and times as texts.
   *
   * @throws ProviderError `CSP_STORE_FILE_TORN`, `CSP_STORE_QUERY`
   */
  query<Row>(sql: string, filter?: UsageFilter): Promise<readonly Row[]>;
  /**
   * The Hubs that were ever synced, as they stand now.
   *
   * @throws ProviderError `CSP_STORE_HUB_UNKNOWN`
   */
  hubs(asked?: AskedHubs): readonly HubStatus[];
  setAside(filter?: UsageFilter): readonly SetAside[];
  /** The mappings of registrations and the local subscriptions of Hubs, as every sync has seen them. */
  notes(): readonly StoredNote[];
  close(): void;
}

/**
 * Opens a store to read.
 *
 * @throws ProviderError `CSP_STORE_MISSING`, `CSP_STORE_NEWER`, `CSP_STORE_OLDER`, `CSP_STORE_UNREADABLE`,
 *   `CSP_STORE_READ_REFUSED`, `CSP_STORE_LOCKED`
 */
export function openStore(folder: string): UsageStore {
  const layout = layoutOf(folder);
  const list = openListToRead(layout);
  const parts = { layout, list, files: systemFiles };
  const liveFiles = (filter: UsageFilter = {}) => {
    const segments = liveSegmentsWithin(list, filter);
    requireWhole(parts, segments);
    return segments.map(({ path }) => join(layout.folder, path));
  };
  const relation = (filter?: UsageFilter) => relationOf(liveFiles(filter));
  return {
    liveFiles,
    relation,
    query: async (sql, filter) => await queryUsage(relation(filter), sql),
    verify: async (filter = {}) => await verifyAll(parts, liveSegmentsWithin(list, filter)),
    hubs: (asked) => readHubs(list, folder, asked),
    setAside: (filter = {}) =>
      list
        .all<Omit<SetAside, "row"> & { readonly row: string }>(
          `SELECT cloud_id AS hub, code, usage_date AS day, start, "end", quantity, kept, row FROM set_aside
             JOIN window ON window.id = set_aside.window JOIN hub ON hub.id = window.hub WHERE true ${conditionsOf(filter)}
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
