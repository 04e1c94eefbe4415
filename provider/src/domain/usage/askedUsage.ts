import { ProviderError } from "../errors/providerError.ts";
import { escapeUnprintable } from "../printable.ts";
import type { Granularity, ReportedWindow } from "./usageQuery.ts";
import { readUsageTime } from "./usageTime.ts";

/** Which usage is asked for, as somebody writes it. */
export interface UsageRequest {
  /**
   * The beginning of the reported time, inside: `2026-10-01T18:00:00Z`, `2026-10-01` for its midnight, or a `Date`; in UTC,
   * on the hour, for daily usage at midnight. Usage is reported after it was used: all usage of a day is in the three
   * days of reported time from its midnight, where 48 hours are waited for late reports.
   */
  readonly from: string | Date;
  /** The end, not inside, written alike; not in the future. */
  readonly to: string | Date;
  /**
   * What usage is summed by, in any letter case.
   *
   * @default "daily", as the usage API has it
   */
  readonly granularity?: Granularity | Capitalize<Granularity>;
  /** One local subscription of the Hub; by default all that the principal may see. */
  readonly subscriberId?: string;
}

/** Which usage is asked for, judged. */
export interface AskedUsage {
  /** The windows that are asked for one by one, the earliest first; each within one day of UTC. */
  readonly windows: readonly ReportedWindow[];
  readonly granularity: Granularity;
  readonly subscriberId: string | undefined;
}

const HOUR_IN_MS = 3_600_000;
const DAY_IN_MS = 24 * HOUR_IN_MS;

/**
 * Judges what is asked for, and divides a long range by days.
 *
 * The parts of usage that fall into several windows are to be added: a Hub sums what was reported within the asked one.
 *
 * @throws ProviderError `CSP_HUB_QUERY` with everything that is wrong.
 */
export function judgeUsageRequest({ from, to, granularity = "daily", subscriberId }: UsageRequest): AskedUsage {
  const problems: string[] = [];
  const kind = (["hourly", "daily"] as const).find((each) => each === String(granularity).toLowerCase());
  if (kind === undefined) problems.push(`granularity is ${show(granularity)}, and takes hourly or daily`);
  const stepInMs = kind === "daily" ? DAY_IN_MS : HOUR_IN_MS;
  const edge = kind === "daily" ? "at midnight of UTC, as daily usage needs it" : "on the hour in UTC";
  const [start, end] = (
    [
      ["from", from],
      ["to", to],
    ] as const
  ).map(([name, value]) => {
    const time = instantOf(value);
    if (time === undefined) problems.push(`${name} is ${show(value)}, and no time such as 2026-10-01T18:00:00Z`);
    else if (kind !== undefined && time % stepInMs !== 0) problems.push(`${name} is ${show(value)}, and not ${edge}`);
    return time;
  });
  if (start !== undefined && end !== undefined && start >= end) problems.push("it ends before it begins, or at once");
  if (subscriberId !== undefined && (typeof subscriberId !== "string" || subscriberId.trim() === "")) {
    problems.push("subscriberId is empty");
  }
  if (problems.length > 0 || kind === undefined || start === undefined || end === undefined) {
    throw new ProviderError("CSP_HUB_QUERY", { problems: problems.join("; ") });
  }
  return { windows: byDay(start, end), granularity: kind, subscriberId };
}

function byDay(start: number, end: number): readonly ReportedWindow[] {
  const windows: ReportedWindow[] = [];
  for (let from = start; from < end; ) {
    const to = Math.min(end, (Math.floor(from / DAY_IN_MS) + 1) * DAY_IN_MS);
    windows.push({ start: format(from), end: format(to) });
    from = to;
  }
  return windows;
}

/** Milliseconds since 1970. */
function instantOf(value: unknown): number | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
  if (typeof value !== "string") return undefined;
  const text = readUsageTime(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : value);
  return text === undefined ? undefined : Date.parse(text);
}

function format(instant: number): string {
  return new Date(instant).toISOString().replace(".000Z", "Z");
}

function show(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
  return typeof value === "string" ? `"${escapeUnprintable(value.slice(0, 60))}"` : `a ${typeof value}`;
}
