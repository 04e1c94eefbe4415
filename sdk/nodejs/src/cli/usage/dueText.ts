import { count } from "../console/text.ts";

/** Which reported time is asked for, and from when on what was reported is asked for; times in milliseconds since 1970. */
interface Asked {
  readonly stretch: { readonly from?: number; readonly to?: number };
  readonly delayHours: number;
  readonly now: number;
}

const HOUR_IN_MS = 3_600_000;

/** What of the time that is asked for is not due yet; `undefined` where all of it is, or its end is left open. */
export function dueText({ stretch: { from, to }, delayHours, now }: Asked): string | undefined {
  const due = Math.floor((now - delayHours * HOUR_IN_MS) / HOUR_IN_MS) * HOUR_IN_MS;
  const why = `a window is asked for ${count(delayHours, "hour")} after its end (--delay)`;
  if (from !== undefined && from >= due) return `Nothing of what was asked for is due yet: ${why}.`;
  if (to === undefined || to <= due) return undefined;
  return `What is reported from ${hour(due)} to ${hour(to)} is not due yet, and not asked for: ${why}.`;
}

function hour(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`;
}
