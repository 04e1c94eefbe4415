import { ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import { stagedFile } from "./layout.ts";
import {
  COUNT_DAYS,
  DROP_REFUSED,
  DROP_SURPLUS,
  FIND_REPEATED,
  FIND_SURPLUS,
  loadStaged,
  loadWindows,
  SET_ASIDE,
} from "./segmentSql.ts";
import {
  enterSegments,
  liveSegments,
  makeSegment,
  nextSegment,
  type Segment,
  type WrittenSegment,
} from "./segments.ts";
import { enterSetAside, type SetAsideRow } from "./setAside.ts";
import type { StoredHub, StoredWindow } from "./windows.ts";
import type { Workshop } from "./workshop.ts";

/** What a publication came to. */
export interface Published {
  /** Rows that count. */
  readonly rows: number;
  /** Usage days that had been closed, and have other rows now. */
  readonly reopened: readonly string[];
  readonly setAside: number;
}

/**
 * Publishes windows whose last page is staged: their rows become live, and whatever was live of them goes, in one step.
 *
 * Whatever it is killed at, the windows stay staged until that step, and it is done anew.
 *
 * @throws ProviderError `CSP_STORE_ENGINE`, `CSP_STORE_FULL`, `CSP_STORE_UNWRITABLE`, `CSP_STORE_FILE_SYSTEM`
 */
export async function publishWindows(
  workshop: Workshop,
  hub: StoredHub,
  windows: readonly StoredWindow[],
): Promise<Published> {
  const { list, layout, files } = workshop;
  const aside = await loadBatch(workshop, windows);
  const written = await writeDays(workshop, hub, windows);
  const segments = written.flatMap(({ segment }) => segment ?? []);
  const changed = [...new Set([...written.map(({ day }) => day), ...aside.map((row) => row.usage_date)])];
  const reopened = list.transaction("published", () => {
    enterSegments(workshop, hub.id, { written: segments, superseded: written.flatMap(({ instead }) => instead) });
    enterSetAside(workshop, windows, aside);
    for (const { id } of windows) list.run("UPDATE window SET state = 'done', next_link = NULL WHERE id = ?", id);
    return changed.filter((day) => noteChange(workshop, hub.id, day));
  });
  for (const { id } of windows) files.remove(stagedFile(layout, id));
  return { rows: written.reduce((sum, { fresh }) => sum + fresh, 0), reopened, setAside: aside.length };
}

/** Loads what is staged, and takes out what does not count; gives what is set aside of it. */
async function loadBatch(
  { engine, layout }: Workshop,
  windows: readonly StoredWindow[],
): Promise<readonly SetAsideRow[]> {
  const filled = windows.filter(({ length }) => length > 0);
  const action = "read what is staged";
  await engine.run(action, loadStaged(filled.map(({ id }) => stagedFile(layout, id))));
  await engine.run(
    action,
    loadWindows(windows.map(({ id, start, fetchedAt }) => ({ id, start, fetchedAt: fetchedAt ?? start }))),
  );
  await requireAll({ engine }, filled);
  await engine.run(action, FIND_REPEATED);
  await engine.run(action, FIND_SURPLUS);
  const aside = await engine.rows<SetAsideRow>(action, SET_ASIDE);
  await engine.run(action, DROP_SURPLUS);
  await engine.run(action, DROP_REFUSED);
  return aside;
}

/** Every row that was staged has to come out again. */
async function requireAll({ engine }: Pick<Workshop, "engine">, windows: readonly StoredWindow[]): Promise<void> {
  const counts = await engine.rows<{ w: number; rows: number }>(
    "count what is staged",
    "SELECT w, CAST(count(*) AS INTEGER) AS rows FROM staged GROUP BY w",
  );
  const found = new Map(counts.map(({ w, rows }) => [w, rows]));
  for (const { id, rows, start } of windows) {
    if (found.get(id) === rows) continue;
    const reason = `of ${rows} rows reported from ${start} on, ${found.get(id) ?? 0} came out`;
    throw new ProviderError(usageErrors.CSP_STORE_ENGINE, { action: "read what is staged", reason });
  }
}

/** What was written for a day. */
interface WrittenDay {
  readonly day: string;
  readonly segment: WrittenSegment | undefined;
  /** Live segments that go. */
  readonly instead: readonly number[];
  /** Rows of the batch. */
  readonly fresh: number;
}

/** Writes a segment for each day that the windows have, or had, rows of. */
async function writeDays(
  workshop: Workshop,
  hub: StoredHub,
  windows: readonly StoredWindow[],
): Promise<readonly WrittenDay[]> {
  const { engine, list } = workshop;
  const counts = await engine.rows<{ usage_date: string; w: number; rows: number }>("count the days", COUNT_DAYS);
  const batch = new Map(windows.map(({ id, start }) => [id, start]));
  const affected = liveSegments(list, hub.id).filter((segment) => segment.windows.some((window) => batch.has(window)));
  const days = [...new Set([...counts.map((count) => count.usage_date), ...affected.map(({ day }) => day)])].toSorted();
  const replaced = new Set(batch.keys());
  const written: WrittenDay[] = [];
  const first = nextSegment(list);
  for (const [index, day] of days.entries()) {
    const own = counts.filter((count) => count.usage_date === day);
    const instead: readonly Segment[] = affected.filter((segment) => segment.day === day);
    const without = [...new Set(instead.flatMap((segment) => segment.windows))].flatMap((id) => batch.get(id) ?? []);
    const segment = await makeSegment(workshop, hub, {
      id: first + index,
      day,
      instead,
      windows: own.map(({ w }) => w),
      replaced,
      without,
    });
    written.push({
      day,
      segment,
      instead: instead.map(({ id }) => id),
      fresh: own.reduce((sum, { rows }) => sum + rows, 0),
    });
  }
  return written;
}

/** Notes that a day has other rows than before; tells whether it had been closed. */
function noteChange({ list, now }: Workshop, hub: number, day: string): boolean {
  const before = list.get<{ closed_at: string | null }>(
    "SELECT closed_at FROM day WHERE hub = ? AND usage_date = ?",
    hub,
    day,
  );
  const wasClosed = before !== undefined && before.closed_at !== null;
  list.run(
    `INSERT INTO day (hub, usage_date, changed_at) VALUES (?, ?, ?)
       ON CONFLICT (hub, usage_date) DO UPDATE SET changed_at = excluded.changed_at`,
    hub,
    day,
    now(),
  );
  if (wasClosed) {
    list.run("UPDATE day SET closed_at = NULL, reopened_at = ? WHERE hub = ? AND usage_date = ?", now(), hub, day);
  }
  return wasClosed;
}
