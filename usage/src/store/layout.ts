import { basename, join } from "node:path";

/** Where the parts of a store lie in its folder. */
export interface Layout {
  readonly folder: string;
  /** The list of everything, in SQLite. */
  readonly list: string;
  /** What a sync locks while it works. */
  readonly lock: string;
  readonly staging: string;
  readonly data: string;
  readonly evidence: string;
}

/** The parts of the store in a folder. */
export function layoutOf(folder: string): Layout {
  return {
    folder,
    list: join(folder, "store.db"),
    lock: join(folder, "sync.lock"),
    staging: join(folder, "staging"),
    data: join(folder, "data"),
    evidence: join(folder, "evidence"),
  };
}

/** Where the rows of a window are staged. */
export function stagedFile({ staging }: Layout, window: number): string {
  return join(staging, `window-${window}.rows`);
}

/** Where a segment is written before it is published. */
export function draftFile({ staging }: Layout, generation: number): string {
  return join(staging, `segment-${generation}.parquet`);
}

/** Whether a file in the folder of what is staged has a name that a sync gives, or that DuckDB gives to what it spills. */
export function isStagedFile(file: string): boolean {
  return /^(?:window-\d+\.rows|segment-\d+\.parquet|duckdb_temp_.*)$/.test(basename(file));
}

/** A segment's path below the store's folder, with slashes; its folders let engines skip days, and say nothing that is not in the file. */
export function segmentPath(segment: { hub: string; day: string; generation: number; sha256: string }): string {
  const { hub, day, generation, sha256 } = segment;
  return `data/hub=${hub}/usage_date=${day}/${generation}-${sha256.slice(0, 8)}.parquet`;
}

/** Where the body of a page is kept as evidence. */
export function evidenceFile(
  { evidence }: Layout,
  page: { hub: string; start: string; page: number; subscriber: string | undefined; attempt: number },
): string {
  const { hub, start, page: number, subscriber, attempt } = page;
  const time = start.replaceAll(/[-:]/g, "");
  // A subscription's id is the Hub's text, and need be no GUID.
  const whose = subscriber === undefined ? "all" : subscriber.replaceAll(/[^\w-]/g, "_").slice(0, 64);
  const name = `${time}-${whose}-${String(number).padStart(4, "0")}-${attempt}.json.zst`;
  return join(evidence, `hub=${hub}`, time.slice(0, 8), name);
}
