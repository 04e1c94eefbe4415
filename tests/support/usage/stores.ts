import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HubOutcome, openStore, runSync, type SyncRequest, type UsageSource } from "@azurestack-csp/usage";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Report } from "./hubDouble.ts";

/** When the tests' syncs run, unless they say otherwise. */
export const NOW = "2026-10-10T00:30:00Z";

type SyncOptions = Partial<Omit<SyncRequest, "store" | "sources" | "now">> & { readonly now?: string };

/** Syncs Hubs into a store, from 1 October on. */
export async function sync(
  store: string,
  sources: UsageSource | readonly UsageSource[],
  { now = NOW, ...options }: SyncOptions = {},
): Promise<readonly HubOutcome[]> {
  return await runSync({
    store,
    sources: "key" in sources ? [sources] : sources,
    stretch: { from: Date.parse("2026-10-01") },
    again: undefined,
    granularity: undefined,
    delayHours: 6,
    lagHours: 48,
    keepPages: false,
    signal: new AbortController().signal,
    now: () => Date.parse(now),
    ...options,
  });
}

/** Folders for stores, removed after each test. */
export function storeFolders(): () => string {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), "usage-store-"));
    folders.push(folder);
    return join(folder, "usage-store");
  };
}

/** The sum of a key. */
export interface KeySum {
  readonly subscription: string;
  readonly meter: string;
  readonly resource: string;
  readonly start: string;
  readonly quantity: string;
}

const SUMS = `SELECT subscription, meter, resource, CAST(start AS VARCHAR) AS start, CAST(sum(quantity) AS VARCHAR) AS quantity
  FROM keyed GROUP BY ALL ORDER BY ALL`;

/** What the store holds, key by key. */
export async function storedSums(folder: string): Promise<readonly KeySum[]> {
  const store = openStore(folder);
  try {
    return await store.query<KeySum>(
      `WITH keyed AS (SELECT subscription_id AS subscription, meter_id AS meter, resource_id AS resource,
         usage_start AS start, quantity FROM usage) ${SUMS}`,
    );
  } finally {
    store.close();
  }
}

/** What reports come to, by an SQL of its own over plain rows: those that were reported in time, each counted once. */
export async function plainSums(
  reports: readonly Report[],
  { granularity, before }: { readonly granularity: "hourly" | "daily"; readonly before: string },
): Promise<readonly KeySum[]> {
  const connection = await (await DuckDBInstance.create()).connect();
  try {
    await connection.run(
      "CREATE TABLE plain (reported TIMESTAMP, start TIMESTAMP, subscription VARCHAR, meter VARCHAR, resource VARCHAR, quantity DECIMAL(38,20))",
    );
    const rows = reports.map(({ reported, usageStart, subscription, meter, resource, quantity }) => {
      const [at, start] = [reported.slice(0, 19), usageStart.slice(0, 19)];
      return `('${at}', '${start}', '${subscription}', '${meter}', '${resource.toLowerCase()}', '${quantity}')`;
    });
    for (let from = 0; from < rows.length; from += 1_000) {
      await connection.run(`INSERT INTO plain VALUES ${rows.slice(from, from + 1_000).join(", ")}`);
    }
    const start = granularity === "hourly" ? "start" : "CAST(CAST(start AS DATE) AS TIMESTAMP)";
    const reader = await connection.runAndReadAll(
      `WITH keyed AS (SELECT subscription, meter, resource, ${start} AS start, quantity FROM plain
         WHERE reported < TIMESTAMP '${before.slice(0, 19)}') ${SUMS}`,
    );
    return reader.getRowObjectsJson() as unknown as readonly KeySum[];
  } finally {
    connection.closeSync();
  }
}
