import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import { draftFile, segmentPath } from "./layout.ts";
import { type SegmentSources, writeSegment } from "./segmentSql.ts";
import { storeFailure } from "./storeFailure.ts";
import type { StoreList } from "./storeList.ts";
import type { StoredHub } from "./windows.ts";
import type { Workshop } from "./workshop.ts";

/** A file of the store that holds usage of one day of one Hub. */
export interface Segment {
  readonly id: number;
  readonly day: string;
  /** Below the store's folder, with slashes. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** The windows whose rows it holds, by number. */
  readonly windows: readonly number[];
}

/** A segment whose file is at its place and on the disk, and which no reader knows yet. */
export interface WrittenSegment extends Segment {
  readonly sha256: string;
  /** The live ones that it takes the place of. */
  readonly instead: readonly number[];
}

interface SegmentRow {
  id: number;
  day: string;
  path: string;
  rows: number;
  bytes: number;
  windows: string;
}

const SELECT = `SELECT id, usage_date AS day, path, rows, bytes,
    (SELECT json_group_array(window) FROM segment_window WHERE segment = segment.id) AS windows
  FROM segment`;

function fromRow(row: SegmentRow): Segment {
  return { ...row, windows: JSON.parse(row.windows) as number[] };
}

/** The live segments of a Hub, or those of one of its days. */
export function liveSegments(list: StoreList, hub: number, day?: string): readonly Segment[] {
  const rows =
    day === undefined
      ? list.all<SegmentRow>(`${SELECT} WHERE hub = ? AND state = 'live' ORDER BY usage_date, id`, hub)
      : list.all<SegmentRow>(`${SELECT} WHERE hub = ? AND state = 'live' AND usage_date = ? ORDER BY id`, hub, day);
  return rows.map(fromRow);
}

/** The live segments that hold rows of windows. */
export function segmentsOf(list: StoreList, windows: readonly number[]): readonly Segment[] {
  const ids = windows.flatMap((window) =>
    list.all<{ segment: number }>("SELECT segment FROM segment_window WHERE window = ?", window),
  );
  return [...new Set(ids.map(({ segment }) => segment))].flatMap((id) =>
    list.all<SegmentRow>(`${SELECT} WHERE id = ? AND state = 'live'`, id).map(fromRow),
  );
}

/** What a new segment of a day is to hold. */
export interface NewSegment extends Omit<SegmentSources, "files" | "granularity"> {
  readonly id: number;
  /** The live segments that it takes the place of. */
  readonly instead: readonly Segment[];
  /** The windows of the batch that have rows of the day, and those whose rows do not go over, by number. */
  readonly windows: readonly number[];
  readonly replaced: ReadonlySet<number>;
}

/**
 * Writes a segment, brings it to the disk and gives it its name, which says what is in it and is never used again.
 *
 * @returns `undefined` where no row is left for it
 */
export async function makeSegment(
  workshop: Workshop,
  hub: StoredHub,
  { id, day, staged, instead, windows, replaced, without }: NewSegment,
): Promise<WrittenSegment | undefined> {
  const { layout, engine, files } = workshop;
  const draft = draftFile(layout, id);
  // What is replaced whole need not be read, and so may be torn.
  const read = instead.filter((segment) => segment.windows.some((window) => !replaced.has(window)));
  if (staged.length === 0 && read.length === 0) return undefined;
  const paths = read.map(({ path }) => join(layout.folder, path));
  await engine.run(
    `write the usage of ${day}`,
    writeSegment({ day, granularity: hub.granularity, staged, files: paths, without }, draft),
  );
  const [{ rows } = { rows: 0 }] = await engine.rows<{ rows: number }>(
    `read back the usage of ${day}`,
    `SELECT CAST(count(*) AS INTEGER) AS rows FROM read_parquet('${draft.replaceAll("'", "''")}')`,
  );
  if (rows === 0) {
    files.remove(draft);
    return undefined;
  }
  const held = read.flatMap((segment) => segment.windows).filter((window) => !replaced.has(window));
  const sha256 = await hashOf(draft);
  const path = segmentPath({ hub: hub.cloudId, day, generation: id, sha256 });
  const bytes = files.size(draft) ?? 0;
  publishFile(workshop, draft, path);
  const holds = [...new Set([...held, ...windows])];
  return { id, day, path, rows, bytes, sha256, windows: holds, instead: instead.map((segment) => segment.id) };
}

/** What a file system says that cannot give a file its name in one step. */
const WITHOUT_RENAME: ReadonlySet<string> = new Set(["EXDEV", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EPERM"]);

/** It is noted before it is there, so that nothing but what a killed sync has left is ever swept away. */
function publishFile({ layout, list, files }: Workshop, draft: string, path: string): void {
  const file = join(layout.folder, path);
  list.run("INSERT INTO draft (path) VALUES (?) ON CONFLICT DO NOTHING", path);
  try {
    files.sync(draft);
    files.publish(draft, file);
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && WITHOUT_RENAME.has(String(cause.code))) {
      const details = { store: layout.folder, reason: `a file cannot be renamed (${String(cause.code)})` };
      throw new ProviderError(usageErrors.CSP_STORE_FILE_SYSTEM, details, { cause });
    }
    throw storeFailure(cause, { store: layout.folder, file });
  }
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

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
