import type { Granularity, ReportedWindow } from "@azurestack-csp/provider";
import { DAY_IN_MS, formatInstant, HOUR_IN_MS } from "./times.ts";

/** How long one reported window is: a full hour, or a full day of UTC, in milliseconds. */
export function windowLength(granularity: Granularity): number {
  return granularity === "hourly" ? HOUR_IN_MS : DAY_IN_MS;
}

/** A stretch of reported time in milliseconds since 1970; the end is not inside. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The fixed windows that lie wholly in a stretch, the earliest first.
 *
 * They are the same whenever they are asked for: the Hub sums what was reported within a window, so another way of
 * cutting would give other rows.
 */
export function windowsIn({ from, to }: Stretch, granularity: Granularity): readonly ReportedWindow[] {
  const length = windowLength(granularity);
  const windows: ReportedWindow[] = [];
  for (let start = Math.ceil(from / length) * length; start + length <= to; start += length) {
    windows.push({ start: formatInstant(start), end: formatInstant(start + length) });
  }
  return windows;
}
