import { join, sep } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import { formatInstant, HOUR_IN_MS } from "../domain/times.ts";
import { usageErrors } from "../errors.ts";
import { isStagedFile, stagedFile } from "./layout.ts";
import { makeSegment } from "./makeSegment.ts";
import { enterSegments, liveSegments, nextSegment } from "./segments.ts";
import type { StoredHub } from "./windows.ts";
import type { Workshop } from "./workshop.ts";

/** How long a file stays that is no longer live, for readers who have it in their hands. */
const GRACE_IN_MS = 24 * HOUR_IN_MS;

/** From this many files on a day is written into one; a backlog gives a day two or three. */
const MANY_SEGMENTS = 6;

/** Removes what killed syncs left behind, and files that have long ceased to be live. */
export function sweep({ layout, list, files, now }: Omit<Workshop, "engine">): void {
  const old = formatInstant(Date.parse(now()) - GRACE_IN_MS);
  const gone = list.all<{ id: number; path: string }>(
    "SELECT id, path FROM segment WHERE state = 'superseded' AND superseded_at <= ?",
    old,
  );
  for (const { path } of gone) files.remove(join(layout.folder, path));
  list.transaction("published", () => {
    for (const { id } of gone) {
      list.run("DELETE FROM segment_window WHERE segment = ?", id);
      list.run("DELETE FROM segment WHERE id = ?", id);
    }
  });
  const drafts = list.all<{ path: string }>("SELECT path FROM draft");
  for (const { path } of drafts) files.remove(join(layout.folder, path));
  list.transaction("published", () => list.run("DELETE FROM draft"));
  const staged = new Set(
    list
      .all<{ id: number }>("SELECT id FROM window WHERE length > 0 AND state <> 'done'")
      .map(({ id }) => stagedFile(layout, id)),
  );
  for (const file of files.list(layout.staging).map(native)) {
    if (isStagedFile(file) && !staged.has(file)) files.remove(file);
  }
}

function native(file: string): string {
  return file.replaceAll("/", sep);
}

/** Writes each day into one file that has come to lie in many. */
export async function compact(workshop: Workshop, hub: StoredHub): Promise<void> {
  const { list } = workshop;
  const crowded = list.all<{ day: string }>(
    "SELECT usage_date AS day FROM segment WHERE hub = ? AND state = 'live' GROUP BY day HAVING count(*) >= ? ORDER BY day",
    hub.id,
    MANY_SEGMENTS,
  );
  for (const { day } of crowded) {
    const instead = liveSegments(list, hub.id, day);
    const id = nextSegment(list);
    const nothing = { staged: [], windows: [], replaced: new Set<number>(), without: [] };
    const segment = await makeSegment(workshop, hub, { id, day, instead, ...nothing });
    if (segment?.rows !== instead.reduce((sum, { rows }) => sum + rows, 0)) {
      const reason = `${segment?.rows ?? 0} rows of ${day} came out, and others went in`;
      throw new ProviderError(usageErrors.CSP_STORE_ENGINE, { action: "compact", reason });
    }
    list.transaction("published", () =>
      enterSegments(workshop, hub.id, { written: [segment], superseded: segment.instead }),
    );
  }
}
