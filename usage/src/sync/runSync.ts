import { join } from "node:path";
import { formatInstant } from "../domain/times.ts";
import { startEngine } from "../store/engine.ts";
import { type Layout, layoutOf } from "../store/layout.ts";
import { engineFailure } from "../store/storeFailure.ts";
import { type StoreFiles, systemFiles } from "../store/storeFiles.ts";
import { makeStoreFolder } from "../store/storeFolder.ts";
import { openList } from "../store/storeList.ts";
import { beginRun, busyError, endRun, takeLock } from "../store/syncLock.ts";
import { sweep } from "../store/tidy.ts";
import type { HubJob, HubRequest, SyncWatch } from "./hubJob.ts";
import { emptyOutcome, type HubOutcome } from "./hubOutcome.ts";
import { createQueue } from "./queue.ts";
import { syncHub } from "./syncHub.ts";
import type { UsageSource } from "./usageSource.ts";

/** What a sync is asked. */
export interface SyncRequest extends HubRequest {
  /** The folder of the store, which is made where it is not there. */
  readonly store: string;
  readonly sources: readonly UsageSource[];
  /** Ends the sync; what is staged stays for the next one. */
  readonly signal: AbortSignal;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  /** @default nobody watches */
  readonly watch?: SyncWatch;
  /** @default those of this machine */
  readonly files?: StoreFiles;
  /** How many windows of a Hub are asked for at one time. @default 4 */
  readonly windowsAtOnce?: number;
}

/** So many Hubs are asked at one time. */
const HUBS_AT_ONCE = 4;

/**
 * Brings the usage of Hubs into a store; whatever it is killed at, the next one goes on from there.
 *
 * A Hub that fails leaves the others alone; its outcome says why.
 *
 * @throws ProviderError `CSP_STORE_BUSY` and the others of the store, for nothing goes on without it; an `AbortError` where
 *   the signal fires
 */
export async function runSync(request: SyncRequest): Promise<readonly HubOutcome[]> {
  const { store, signal, files = systemFiles } = request;
  const now = () => formatInstant(request.now());
  const layout = layoutOf(store);
  makeStoreFolder(layout);
  const lock = takeLock(layout) ?? refuse(layout);
  try {
    const list = openList(layout);
    try {
      const run = beginRun(list, now());
      sweep({ layout, list, files, now });
      const failure = (cause: unknown, action: string) => engineFailure(cause, { store, action });
      const engine = await startEngine({ spill: join(layout.staging, "spill"), failure });
      try {
        const job = { workshop: { layout, list, files, engine, now }, request, signal };
        const outcomes = await syncAll(job, request);
        endRun(list, { run, now: now() });
        return outcomes;
      } finally {
        engine.close();
      }
    } finally {
      list.close();
    }
  } finally {
    lock.release();
  }
}

/** Every Hub, a few at one time. */
async function syncAll(
  base: Pick<HubJob, "workshop" | "request" | "signal">,
  { sources, watch = UNWATCHED, windowsAtOnce = 4 }: SyncRequest,
): Promise<readonly HubOutcome[]> {
  const job: HubJob = { ...base, queue: createQueue(), watch, atOnce: windowsAtOnce, met: new Map() };
  const outcomes = new Map<UsageSource, HubOutcome>();
  const waiting = [...sources];
  const work = async () => {
    for (let source = waiting.shift(); source; source = waiting.shift()) {
      try {
        outcomes.set(source, await syncHub(job, source));
      } catch (error) {
        waiting.length = 0;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: HUBS_AT_ONCE }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return sources.map((source) => outcomes.get(source) ?? emptyOutcome(source.key));
}

const UNWATCHED: SyncWatch = { windows: () => undefined, page: () => undefined, window: () => undefined };

function refuse(layout: Layout): never {
  throw busyError(layout);
}
