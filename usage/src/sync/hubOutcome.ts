import type { Granularity } from "@azurestack-csp/provider";
import type { Replaced } from "../store/publish.ts";
import type { SplitWindows } from "../store/windows.ts";
import type { Unasked } from "./syncWindow.ts";

/** What a sync has done for one Hub. */
export interface HubOutcome {
  readonly key: string;
  /** `undefined` where it could not be told. */
  readonly cloudId: string | undefined;
  readonly granularity: Granularity | undefined;
  /** Windows that were published. */
  readonly windows: number;
  /** Windows that were due, and could not be had. */
  readonly missing: number;
  readonly pages: number;
  /** Rows that count. */
  readonly rows: number;
  readonly setAside: number;
  /** Rows that counted of windows that were asked for again, before and now. */
  readonly replaced: Replaced;
  /** Usage days that are closed now. */
  readonly closed: readonly string[];
  /** Usage days that had been closed and got other rows. */
  readonly reopened: readonly string[];
  /**
   * All windows in the store for which subscribers were asked one by one, since the gateway gave up over all of them; usage of
   * a subscription that was made and deleted between two syncs is not in them, and nobody can tell.
   */
  readonly split: SplitWindows | undefined;
  /** Subscribers whose part of the windows stays empty, each once. */
  readonly unasked: readonly Unasked[];
  /** What went wrong; the sync went on where it could. */
  readonly problems: readonly unknown[];
}

/** The outcome of a Hub of which nothing is known and to which nothing was done. */
export function emptyOutcome(key: string): HubOutcome {
  return {
    key,
    cloudId: undefined,
    granularity: undefined,
    windows: 0,
    missing: 0,
    pages: 0,
    rows: 0,
    setAside: 0,
    replaced: { before: 0, after: 0 },
    closed: [],
    reopened: [],
    split: undefined,
    unasked: [],
    problems: [],
  };
}
