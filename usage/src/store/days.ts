import { DAY_IN_MS, dayOf, daysBetween, formatInstant, HOUR_IN_MS } from "../domain/times.ts";
import { windowLength } from "../domain/windows.ts";
import type { StoreList } from "./storeList.ts";
import type { StoredHub } from "./windows.ts";

/** How the windows stand in which usage of a day is reported: within it and for some hours after it. */
export interface DayWindows {
  readonly day: string;
  /** Windows in all, those that are done, and those that are due and are not. */
  readonly windows: number;
  readonly done: number;
  readonly missing: number;
}

/** Until when windows are looked at, and how long after a day its usage is still reported. */
export interface DayTerms {
  readonly lagHours: number;
  /** The latest end of a window that was due, in milliseconds since 1970. */
  readonly due: number;
}

/** Every usage day from the Hub's first window to the one that is due. */
export function dayWindows(list: StoreList, hub: StoredHub, { lagHours, due }: DayTerms): readonly DayWindows[] {
  const done = new Set(
    list
      .all<{ start: string }>("SELECT start FROM window WHERE hub = ? AND state = 'done'", hub.id)
      .map(({ start }) => Date.parse(start)),
  );
  const length = windowLength(hub.granularity);
  const first = Date.parse(hub.firstWindow);
  // A day whose first hours were never to be asked for cannot be whole.
  const days = daysBetween(dayOf(formatInstant(Math.ceil(first / DAY_IN_MS) * DAY_IN_MS)), dayOf(formatInstant(due)));
  return days.map((day) => {
    const begin = Date.parse(day);
    const end = begin + DAY_IN_MS + Math.ceil((lagHours * HOUR_IN_MS) / length) * length;
    let [windows, held, missing] = [0, 0, 0];
    for (let start = begin; start < end; start += length) {
      windows += 1;
      if (done.has(start)) held += 1;
      else if (start + length <= due) missing += 1;
    }
    return { day, windows, done: held, missing };
  });
}

/**
 * Closes the usage days of which all is there that can be expected, unless this very run has changed them; opens those that were
 * closed and are not whole, since a shorter lag was given then or windows are asked for again.
 *
 * @returns those that are closed now and were not
 */
export function closeDays(
  { list, now }: { readonly list: StoreList; readonly now: () => string },
  hub: StoredHub,
  { request, begun }: { readonly request: { delayHours: number; lagHours: number }; readonly begun: string },
): readonly string[] {
  const { delayHours, lagHours } = request;
  const due = Date.parse(now()) - delayHours * HOUR_IN_MS;
  const days = dayWindows(list, hub, { lagHours, due });
  const whole = days.filter(({ windows, done }) => windows === done);
  return list.transaction("published", () => {
    for (const { day } of days.filter(({ windows, done }) => windows > done)) {
      list.run("UPDATE day SET closed_at = NULL WHERE hub = ? AND usage_date = ?", hub.id, day);
    }
    return whole.flatMap(({ day }) => {
      const known = list.get<{ closed_at: string | null; reopened_at: string | null }>(
        "SELECT closed_at, reopened_at FROM day WHERE hub = ? AND usage_date = ?",
        hub.id,
        day,
      );
      if (known && (known.closed_at !== null || (known.reopened_at !== null && known.reopened_at >= begun))) return [];
      list.run(
        `INSERT INTO day (hub, usage_date, changed_at, closed_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (hub, usage_date) DO UPDATE SET closed_at = excluded.closed_at`,
        hub.id,
        day,
        now(),
        now(),
      );
      return [day];
    });
  });
}
