import { join } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import { quoted } from "./engine.ts";
import { draftFile, segmentPath } from "./layout.ts";
import { type SegmentSources, writeSegment } from "./segmentSql.ts";
import type { Segment, WrittenSegment } from "./segments.ts";
import { storeFailure } from "./storeFailure.ts";
import { hashOf, requireUndamaged } from "./torn.ts";
import type { StoredHub } from "./windows.ts";
import type { Workshop } from "./workshop.ts";

/** What a new segment of a day is to hold. */
export interface NewSegment extends Omit<SegmentSources, "files" | "granularity" | "hub"> {
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
 * What goes over into it is compared with its SHA-256 before, so that no damage is carried on.
 *
 * @returns `undefined` where no row is left for it
 * @throws ProviderError `CSP_STORE_FILE_TORN`
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
  await requireUndamaged(workshop, hub.id, read);
  const paths = read.map(({ path }) => join(layout.folder, path));
  await engine.run(
    `write the usage of ${day}`,
    writeSegment({ hub: hub.cloudId, day, granularity: hub.granularity, staged, files: paths, without }, draft),
  );
  const [{ rows } = { rows: 0 }] = await engine.rows<{ rows: number }>(
    `read back the usage of ${day}`,
    `SELECT CAST(count(*) AS INTEGER) AS rows FROM read_parquet(${quoted(draft)}, hive_partitioning = false)`,
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
  return {
    id,
    hub: hub.id,
    day,
    path,
    rows,
    bytes,
    sha256,
    windows: holds,
    instead: instead.map((segment) => segment.id),
  };
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
