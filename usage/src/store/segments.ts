import type { StoreList } from "./storeList.ts";
import { conditionsOf, type UsageFilter, valuesOf } from "./usageFilter.ts";
import type { Workshop } from "./workshop.ts";

/** A file of the store that holds usage of one day of one Hub. */
export interface Segment {
  readonly id: number;
  /** The number of its Hub. */
  readonly hub: number;
  readonly day: string;
  /** Below the store's folder, with slashes. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of the file, as it was written. */
  readonly sha256: string;
  /** The windows whose rows it holds, by number. */
  readonly windows: readonly number[];
}

/** A segment whose file is at its place and on the disk, and which no reader knows yet. */
export interface WrittenSegment extends Segment {
  /** The live ones that it takes the place of. */
  readonly instead: readonly number[];
}

interface SegmentRow extends Omit<Segment, "windows"> {
  readonly windows: string;
}

const SELECT = `SELECT segment.id, hub, usage_date AS day, path, rows, bytes, sha256,
    (SELECT json_group_array(window) FROM segment_window WHERE segment = segment.id) AS windows
  FROM segment JOIN hub ON hub.id = segment.hub`;

function fromRow(row: SegmentRow): Segment {
  return { ...row, windows: JSON.parse(row.windows) as number[] };
}

/** The live segments of a Hub, or those of one of its days. */
export function liveSegments(list: StoreList, hub: number, day?: string): readonly Segment[] {
  const rows =
    day === undefined
      ? list.all<SegmentRow>(`${SELECT} WHERE hub = ? AND state = 'live' ORDER BY usage_date, segment.id`, hub)
      : list.all<SegmentRow>(
          `${SELECT} WHERE hub = ? AND state = 'live' AND usage_date = ? ORDER BY segment.id`,
          hub,
          day,
        );
  return rows.map(fromRow);
}

/** The live segments that hold rows of what is meant, by their paths. */
export function liveSegmentsWithin(list: StoreList, filter: UsageFilter): readonly Segment[] {
  const sql = `${SELECT} WHERE state = 'live' ${conditionsOf(filter)} ORDER BY path`;
  return list.all<SegmentRow>(sql, ...valuesOf(filter)).map(fromRow);
}

/** The live segments that hold rows of windows. */
export function segmentsOf(list: StoreList, windows: readonly number[]): readonly Segment[] {
  const ids = windows.flatMap((window) =>
    list.all<{ segment: number }>("SELECT segment FROM segment_window WHERE window = ?", window),
  );
  return [...new Set(ids.map(({ segment }) => segment))].flatMap((id) =>
    list.all<SegmentRow>(`${SELECT} WHERE segment.id = ? AND state = 'live'`, id).map(fromRow),
  );
}

/** Enters segments in the list, and takes those out that they stand for; part of a transaction. */
export function enterSegments(
  { list, now }: Pick<Workshop, "list" | "now">,
  hub: number,
  { written, superseded }: { readonly written: readonly WrittenSegment[]; readonly superseded: readonly number[] },
): void {
  for (const { id, day, path, rows, bytes, sha256, windows } of written) {
    list.run(
      `INSERT INTO segment (id, hub, usage_date, path, rows, bytes, sha256, state, published_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'live', ?)`,
      id,
      hub,
      day,
      path,
      rows,
      bytes,
      sha256,
      now(),
    );
    list.run("DELETE FROM draft WHERE path = ?", path);
    for (const window of windows) list.run("INSERT INTO segment_window (segment, window) VALUES (?, ?)", id, window);
  }
  for (const id of superseded) {
    list.run("UPDATE segment SET state = 'superseded', superseded_at = ? WHERE id = ?", now(), id);
  }
}

/** The number of the next segment; one that was given out once is not given out again. */
export function nextSegment(list: StoreList): number {
  const last = list.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'segment'");
  return (last?.seq ?? 0) + 1;
}
