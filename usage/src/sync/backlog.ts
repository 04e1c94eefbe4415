import { dayOf } from "../domain/times.ts";
import type { StoredWindow } from "../store/windows.ts";

/** So many rows are published at once, since each publication writes a file for every usage day that it touches. */
const ENOUGH_ROWS = 250_000;

/** After so long, in milliseconds, fewer are published too, so that a slow Hub's usage can be looked at. */
const LONG_ENOUGH_IN_MS = 60_000;

/** The windows that a run still has to bring in, and what of them is staged and not published. */
export interface Backlog {
  /** Puts a window aside that is staged; gives what is to be published now, if anything is. */
  staged(window: StoredWindow): readonly StoredWindow[];
  /** A window that will not come in this run. */
  missing(window: StoredWindow): readonly StoredWindow[];
  /** What is left at the end. */
  rest(): readonly StoredWindow[];
}

/**
 * Gathers windows until those of whole reported days are there, so that a long backlog is written about once.
 *
 * Windows that are asked for again go together, for what they replace may lie in one file.
 */
export function createBacklog(
  windows: readonly StoredWindow[],
  { together, now }: { readonly together: boolean; readonly now: () => number },
): Backlog {
  const left = new Map<string, number>();
  for (const { start } of windows) left.set(dayOf(start), (left.get(dayOf(start)) ?? 0) + 1);
  const held = new Map<string, StoredWindow[]>();
  let ready: StoredWindow[] = [];
  let since = now();

  const settle = (window: StoredWindow, gained: readonly StoredWindow[]): readonly StoredWindow[] => {
    const day = dayOf(window.start);
    const open = (left.get(day) ?? 1) - 1;
    left.set(day, open);
    const ofDay = [...(held.get(day) ?? []), ...gained];
    held.set(day, ofDay);
    if (open === 0) {
      ready.push(...ofDay);
      held.delete(day);
    }
    const rows = ready.reduce((sum, each) => sum + each.rows, 0);
    if (together || ready.length === 0 || (rows < ENOUGH_ROWS && now() - since < LONG_ENOUGH_IN_MS)) return [];
    return hand();
  };
  const hand = () => {
    const batch = ready;
    ready = [];
    since = now();
    return batch;
  };
  return {
    staged: (window) => settle(window, [window]),
    missing: (window) => settle(window, []),
    rest: () => {
      ready.push(...[...held.values()].flat());
      held.clear();
      return hand();
    },
  };
}
