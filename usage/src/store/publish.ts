import { ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import { stagedFile } from "./layout.ts";
import { makeSegment } from "./makeSegment.ts";
import { addSubscribers } from "./notes.ts";
import {
  COUNT_DAYS,
  COUNT_REPEATED,
  COUNT_SURPLUS,
  FIND_REPEATED,
  FIND_SUBSCRIBERS,
  findSurplus,
  loadPlaces,
  loadWindows,
  NO_SURPLUS,
  setAside,
} from "./segmentSql.ts";
import { enterSegments, nextSegment, type Segment, segmentsOf, type WrittenSegment } from "./segments.ts";
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
  /** Rows that counted of windows that were there already, before and now. */
  readonly replaced: Replaced;
}

/** How many rows of windows counted before they were asked for again, and how many do now. */
export interface Replaced {
  readonly before: number;
  readonly after: number;
}

/** What is to be published, and how much of what was published may go for it. */
export interface Publication {
  readonly windows: readonly StoredWindow[];
  /** How many rows fewer than before the windows may come to that are replaced. */
  readonly maxRowsLost: number;
}

/**
 * Publishes windows whose last page is staged: their rows become live, and whatever was live of them goes, in one step.
 *
 * Whatever it is killed at, the windows stay staged until that step, and it is done anew.
 *
 * @throws ProviderError `CSP_SYNC_ROWS_LOST`, `CSP_STORE_ENGINE`, `CSP_STORE_FULL`, `CSP_STORE_UNWRITABLE`, `CSP_STORE_FILE_SYSTEM`
 */
export async function publishWindows(
  workshop: Workshop,
  hub: StoredHub,
  { windows, maxRowsLost }: Publication,
): Promise<Published> {
  const { list, layout, files } = workshop;
  const { days, aside, subscribers } = await judgeBatch(workshop, windows);
  const counted = countRows(windows, days);
  const replaced = replacedRows(counted, maxRowsLost);
  const written = await writeDays(workshop, hub, { windows, days });
  const segments = written.flatMap(({ segment }) => segment ?? []);
  const changed = [...new Set([...written.map(({ day }) => day), ...aside.map((row) => row.usage_date)])];
  const reopened = list.transaction("published", () => {
    enterSegments(workshop, hub.id, { written: segments, superseded: written.flatMap(({ instead }) => instead) });
    enterSetAside(workshop, windows, aside);
    addSubscribers(list, hub.id, subscribers);
    for (const { window, rows } of counted) {
      list.run("UPDATE window SET state = 'done', next_link = NULL, counted = ? WHERE id = ?", rows, window.id);
    }
    return changed.filter((day) => noteChange(workshop, hub.id, day));
  });
  for (const { id } of windows) files.remove(stagedFile(layout, id));
  return { rows: written.reduce((sum, { fresh }) => sum + fresh, 0), reopened, setAside: aside.length, replaced };
}

/** A window and how many of its staged rows count. */
interface CountedWindow {
  readonly window: StoredWindow;
  readonly rows: number;
}

function countRows(windows: readonly StoredWindow[], days: readonly DayCount[]): readonly CountedWindow[] {
  const rows = new Map<number, number>();
  for (const { window, counting } of days) rows.set(window, (rows.get(window) ?? 0) + counting);
  return windows.map((window) => ({ window, rows: rows.get(window.id) ?? 0 }));
}

/** How long a Hub keeps usage is written nowhere: what it no longer has must not take what is here along. */
function replacedRows(counted: readonly CountedWindow[], maxRowsLost: number): Replaced {
  let [before, after, lost] = [0, 0, 0];
  const fewer: StoredWindow[] = [];
  for (const { window, rows } of counted) {
    if (window.counted === undefined) continue;
    before += window.counted;
    after += rows;
    if (rows >= window.counted) continue;
    lost += window.counted - rows;
    fewer.push(window);
  }
  if (lost <= maxRowsLost) return { before, after };
  const [{ start } = { start: "" }, end = ""] = [fewer[0], fewer.at(-1)?.end];
  const counts = { lost: String(lost), before: String(before), after: String(after), windows: String(fewer.length) };
  throw new ProviderError(usageErrors.CSP_SYNC_ROWS_LOST, { ...counts, start, end });
}

/** How many rows of a window belong to a day, and how many of them count. */
interface DayCount {
  readonly day: string;
  readonly window: number;
  readonly counting: number;
}

/** What is staged, looked at without its texts. */
interface JudgedBatch {
  readonly days: readonly DayCount[];
  readonly aside: readonly SetAsideRow[];
  readonly subscribers: readonly string[];
}

type Counted = { readonly usage_date: string; readonly w: number; readonly rows: number };

/** Tells which rows of a batch count. */
async function judgeBatch({ engine, layout }: Workshop, windows: readonly StoredWindow[]): Promise<JudgedBatch> {
  const files = windows.filter(({ length }) => length > 0).map(({ id }) => stagedFile(layout, id));
  if (files.length === 0) return { days: [], aside: [], subscribers: [] };
  const action = "read what is staged";
  const batch = windows.map(({ id, start, fetchedAt }) => ({ id, start, fetchedAt: fetchedAt ?? start }));
  await engine.run(action, loadWindows(batch));
  await engine.run(action, loadPlaces(files));
  const found = await engine.rows<Counted & { readonly refused: number }>(action, COUNT_DAYS);
  requireAll(windows, found);
  await engine.run(action, FIND_REPEATED);
  const [{ keys } = { keys: 0 }] = await engine.rows<{ keys: number }>(action, COUNT_REPEATED);
  await engine.run(action, keys > 0 ? findSurplus(files) : NO_SURPLUS);
  const surplus = await engine.rows<Counted & { readonly conflicts: number }>(action, COUNT_SURPLUS);
  const isAside = found.some(({ refused }) => refused > 0) || surplus.some(({ conflicts }) => conflicts > 0);
  const aside = isAside ? await engine.rows<SetAsideRow>(action, setAside(files)) : [];
  const days = found.map(({ usage_date: day, w: window, rows, refused }) => {
    const again = surplus.find((each) => each.w === window && each.usage_date === day)?.rows ?? 0;
    return { day, window, counting: rows - refused - again };
  });
  const subscribers = await engine.rows<{ id: string }>(action, FIND_SUBSCRIBERS);
  return { days, aside, subscribers: subscribers.map(({ id }) => id) };
}

/** Every row that was staged has to come out again. */
function requireAll(windows: readonly StoredWindow[], found: readonly Counted[]): void {
  for (const { id, rows, start } of windows) {
    const out = found.reduce((sum, each) => (each.w === id ? sum + each.rows : sum), 0);
    if (out === rows) continue;
    const reason = `of ${rows} rows reported from ${start} on, ${out} came out`;
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
  { windows, days }: { readonly windows: readonly StoredWindow[]; readonly days: readonly DayCount[] },
): Promise<readonly WrittenDay[]> {
  const { layout, list } = workshop;
  const batch = new Map(windows.map(({ id, start }) => [id, start]));
  const replaced = new Set(batch.keys());
  const affected = segmentsOf(list, [...batch.keys()]);
  const touched = [...new Set([...days, ...affected].map(({ day }) => day))].toSorted();
  const written: WrittenDay[] = [];
  const first = nextSegment(list);
  for (const [index, day] of touched.entries()) {
    const own = days.filter((count) => count.day === day && count.counting > 0);
    const fresh = own.reduce((sum, { counting }) => sum + counting, 0);
    const instead: readonly Segment[] = affected.filter((segment) => segment.day === day);
    const segment = await makeSegment(workshop, hub, {
      id: first + index,
      day,
      staged: own.map(({ window }) => stagedFile(layout, window)),
      instead,
      windows: own.map(({ window }) => window),
      replaced,
      without: [...new Set(instead.flatMap((each) => each.windows))].flatMap((id) => batch.get(id) ?? []),
    });
    if (instead.length === 0 && (segment?.rows ?? 0) !== fresh) {
      const reason = `${segment?.rows ?? 0} of ${fresh} rows of ${day} came out`;
      throw new ProviderError(usageErrors.CSP_STORE_ENGINE, { action: "write usage", reason });
    }
    written.push({ day, segment, instead: instead.map(({ id }) => id), fresh });
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
