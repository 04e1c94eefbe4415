import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { ProviderError } from "@azurestack-csp/provider";
import { usageErrors } from "../errors.ts";
import type { Layout } from "./layout.ts";
import { liveSegments, type Segment } from "./segments.ts";
import type { StoreFiles } from "./storeFiles.ts";
import type { StoreList } from "./storeList.ts";

/** A segment whose file is not as it was written. */
interface Torn {
  readonly segment: Segment;
  readonly reason: string;
}

type Parts = { readonly layout: Layout; readonly list: StoreList; readonly files: StoreFiles };

/**
 * Makes sure that files are there and as long as they were written, which costs next to nothing.
 *
 * @throws ProviderError `CSP_STORE_FILE_TORN` with all that are not
 */
export function requireWhole(parts: Parts, segments: readonly Segment[]): void {
  const torn = segments.flatMap((segment) => tornBySize(parts, segment));
  if (torn.length > 0) throw tornError(parts, torn);
}

/** Windows of a Hub that are asked for again, the end not inside. */
export interface ReplacedRange {
  readonly from: string;
  readonly to: string;
}

/**
 * Makes sure of all files of a Hub before anything is asked for or noted, save of those that the sync replaces whole: with
 * a range what it holds, else what an earlier sync has left to be asked for again.
 *
 * @throws ProviderError `CSP_STORE_FILE_TORN` with all that are not whole, and one range that covers them
 */
export function requireWholeBefore(parts: Parts, hub: number, replaced: ReplacedRange | undefined): void {
  const torn = liveSegments(parts.list, hub).flatMap((segment) => tornBySize(parts, segment));
  if (torn.some(({ segment }) => !isReplaced(parts, segment, replaced))) throw tornError(parts, torn);
}

function isReplaced({ list }: Parts, { id }: Segment, range: ReplacedRange | undefined): boolean {
  const of = "SELECT count(*) AS others FROM window JOIN segment_window ON window = window.id WHERE segment = ?";
  const found = range
    ? list.get<{ others: number }>(`${of} AND (start < ? OR start >= ?)`, id, range.from, range.to)
    : list.get<{ others: number }>(`${of} AND state = 'done'`, id);
  return found?.others === 0;
}

/**
 * Compares files with the SHA-256 that was noted of them; where one differs, all files of the Hub are looked at, so that
 * the error has the whole of what to ask for again.
 *
 * @throws ProviderError `CSP_STORE_FILE_TORN`
 */
export async function requireUndamaged(parts: Parts, hub: number, segments: readonly Segment[]): Promise<void> {
  if ((await damaged(parts, segments)).length === 0) return;
  throw tornError(parts, await damaged(parts, liveSegments(parts.list, hub)));
}

/**
 * Compares every file with the SHA-256 that was noted of it.
 *
 * @throws ProviderError `CSP_STORE_FILE_TORN` with all that differ
 */
export async function verifyAll(parts: Parts, segments: readonly Segment[]): Promise<void> {
  const torn = await damaged(parts, segments);
  if (torn.length > 0) throw tornError(parts, torn);
}

/** The SHA-256 of a file, in hexadecimal digits. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

function tornBySize({ layout, files }: Parts, segment: Segment): readonly Torn[] {
  const size = files.size(join(layout.folder, segment.path));
  if (size === segment.bytes) return [];
  return [{ segment, reason: size === undefined ? "it is gone" : `it has ${size} bytes of ${segment.bytes}` }];
}

async function damaged(parts: Parts, segments: readonly Segment[]): Promise<readonly Torn[]> {
  const torn: Torn[] = [];
  for (const segment of segments) {
    const bySize = tornBySize(parts, segment);
    torn.push(...bySize);
    if (bySize.length > 0) continue;
    const found = await hashOf(join(parts.layout.folder, segment.path)).catch(() => undefined);
    if (found === segment.sha256) continue;
    torn.push({ segment, reason: found === undefined ? "it cannot be read" : "its SHA-256 is another" });
  }
  return torn;
}

/** Names every file, and one range of each Hub's windows that brings all of them back: half of it would need the others. */
function tornError({ layout, list }: Parts, torn: readonly Torn[]): ProviderError {
  const ids = JSON.stringify(torn.map(({ segment }) => segment.id));
  const { from, to } = list.get<{ from: string; to: string }>(
    `SELECT min(start) AS "from", max("end") AS "to" FROM window
       WHERE id IN (SELECT window FROM segment_window WHERE segment IN (SELECT value FROM json_each(?)))`,
    ids,
  ) ?? { from: "", to: "" };
  const hubs = new Map(
    list
      .all<{ id: number; key: string }>("SELECT hub AS id, key FROM hub_key ORDER BY last_seen")
      .map(({ id, key }) => [id, key]),
  );
  const keys = [...new Set(torn.map(({ segment }) => hubs.get(segment.hub) ?? ""))];
  const again = `${keys.map((key) => `--hub ${key} `).join("")}--again ${toHour(from)}..${toHour(to)}`;
  const files = torn.map(({ segment, reason }) => {
    const key = hubs.get(segment.hub) ?? "";
    return `${join(layout.folder, segment.path)} (usage of "${key}" on ${segment.day}; ${reason})`;
  });
  return new ProviderError(usageErrors.CSP_STORE_FILE_TORN, { files: files.join(", "), again });
}

function toHour(instant: string): string {
  return `${instant.slice(0, 13)}:00Z`;
}
