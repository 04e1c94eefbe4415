import { ExactSum } from "./exactSum.ts";
import { DAY, dayOf } from "./hours.ts";
import type { HourRange, SubscriptionUsage, UsageSeries, UsageSource } from "./usageSource.ts";

/** How long the usage is that a row tells of. */
export type Granularity = "daily" | "hourly";

/**
 * How usage that was reported in several windows is told in each: every window its own part, or every window all that
 * was reported up to its end.
 */
type WindowCut = "parts" | "totals";

/** Which rows are asked for. */
export interface UsageQuery {
  /** The hours in which it was reported, whenever it was used. */
  readonly reported: HourRange;
  readonly granularity: Granularity;
  /** @default all of them */
  readonly subscriptionId?: string | undefined;
  /** @default "parts" */
  readonly cut?: WindowCut;
}

/** Where a row stands among the rows of a query: what it takes to go on from there. */
export interface RowPosition {
  /** The hour at which its usage began. */
  readonly start: number;
  /** Places among the subscriptions of the Hub and the series of the subscription. */
  readonly subscription: number;
  readonly series: number;
}

/** One row: the sum of what a resource used of a meter in an hour or a day. */
export interface UsageRow extends RowPosition {
  readonly end: number;
  readonly subscriptionId: string;
  readonly of: UsageSeries;
  /** The exact number, as the Hub writes it. */
  readonly quantity: string;
}

/**
 * Rows of a query in their order: by the hour of use, subscription and meter.
 *
 * What lies before `position` is not made, so a page costs the same wherever it is.
 */
export function* usageRows(source: UsageSource, query: UsageQuery, position?: RowPosition): Generator<UsageRow> {
  const { granularity, subscriptionId, cut = "parts" } = query;
  const reported = within(query.reported, { from: source.first, to: source.end });
  if (reported.from >= reported.to) return;
  const length = granularity === "daily" ? DAY : 1;
  const earliest = reported.from - source.longestDelay;
  const shown = { length, reported, summed: cut === "parts" ? reported : { ...reported, from: source.first } };
  const subscriptions = source.subscriptions;
  const all = subscriptions.map((usage, subscription) => ({ usage, subscription }));
  const asked = subscriptionId === undefined ? all : all.filter(({ usage }) => isOf(usage, subscriptionId));
  let start = position?.start ?? (granularity === "daily" ? dayOf(earliest) : earliest);
  let from = position;
  for (; start < reported.to; start += length) {
    for (const { usage, subscription } of asked) {
      if (from && subscription < from.subscription) continue;
      const series = from?.subscription === subscription ? from.series : 0;
      yield* rowsOf(usage, { start, subscription, series }, shown);
    }
    from = undefined;
  }
}

interface Shown {
  readonly length: number;
  /** A row is there for what was reported in these hours, … */
  readonly reported: HourRange;
  /** … and tells of what was reported in these. */
  readonly summed: HourRange;
}

function* rowsOf(
  usage: SubscriptionUsage,
  { start, subscription, series }: RowPosition,
  { length, reported, summed }: Shown,
): Generator<UsageRow> {
  const end = start + length;
  const hours = hoursOf(usage, { from: start, to: end }, reported);
  if (hours.length === 0) return;
  const allHours = summed === reported ? hours : hoursOf(usage, { from: start, to: end }, summed);
  const sum = new ExactSum();
  for (let index = series; index < usage.series.length; index += 1) {
    const of = usage.series[index];
    sum.clear();
    for (const hour of hours) usage.addParts(sum, index, hour, reported);
    if (sum.count === 0 || of === undefined) continue;
    if (summed !== reported) {
      sum.clear();
      for (const hour of allHours) usage.addParts(sum, index, hour, summed);
    }
    const { subscriptionId } = usage;
    yield { start, end, subscription, series: index, subscriptionId, of, quantity: sum.text() };
  }
}

/** The hours of which something may have been reported. */
function hoursOf(usage: SubscriptionUsage, { from, to }: HourRange, reported: HourRange): readonly number[] {
  const hours: number[] = [];
  for (let hour = from; hour < to; hour += 1) if (!usage.isQuiet(hour, reported)) hours.push(hour);
  return hours;
}

function isOf({ subscriptionId }: SubscriptionUsage, asked: string): boolean {
  return subscriptionId.toLowerCase() === asked.toLowerCase();
}

function within(range: HourRange, bounds: HourRange): HourRange {
  return { from: Math.max(range.from, bounds.from), to: Math.min(range.to, bounds.to) };
}
