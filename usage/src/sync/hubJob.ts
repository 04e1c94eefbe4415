import { type Granularity, isProviderError } from "@azurestack-csp/provider";
import type { OpenStretch } from "../domain/stretches.ts";
import type { Stretch } from "../domain/windows.ts";
import type { Workshop } from "../store/workshop.ts";
import type { Queue } from "./queue.ts";

/** What is asked of every Hub. */
export interface HubRequest {
  /** Which reported time; what is left open is what earlier syncs were asked for, up to the latest window that is due. */
  readonly stretch: OpenStretch;
  /** Windows whose rows are replaced; then nothing else is asked for. */
  readonly again: Stretch | undefined;
  /** How many rows fewer than before windows may come to that are asked for again. @default 0 */
  readonly maxRowsLost?: number;
  readonly granularity: Granularity | undefined;
  readonly delayHours: number;
  readonly lagHours: number;
  readonly keepPages: boolean;
}

/** What goes on, for whoever shows it. */
export interface SyncWatch {
  /** So many windows are to be asked for. */
  windows(count: number): void;
  page(rows: number): void;
  /** A window came to its end, or cannot be had; `start` is when it begins. */
  window(start: string): void;
}

/** How a Hub is synced. */
export interface HubJob {
  readonly workshop: Workshop;
  readonly request: HubRequest;
  /** Publications of all Hubs, one after the other. */
  readonly queue: Queue;
  readonly signal: AbortSignal;
  readonly watch: SyncWatch;
  /** How many windows of a Hub are asked for at one time. */
  readonly atOnce: number;
  /** Which Hubs have been met in this run, by cloud id, with their keys. */
  readonly met: Map<string, string>;
}

/** Whether an error ends the whole run: the user stopped it, the store fails, without which no Hub can go on, or it is unknown. */
export function endsRun(signal: AbortSignal, error: unknown): boolean {
  return signal.aborted || !isProviderError(error) || /^CSP_STORE_/.test(error.code);
}
