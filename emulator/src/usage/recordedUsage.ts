import { dayOf } from "./hours.ts";
import type { HourRange, SubscriptionUsage, UsageSeries, UsageSource } from "./usageSource.ts";

/** A row of a file of usage: one part of what a resource used in an hour. */
export interface RecordedRow extends UsageSeries {
  readonly subscriptionId: string;
  readonly usageHour: number;
  readonly reportedHour: number;
  /** As it was written. */
  readonly quantity: string;
}

interface Part {
  readonly reportedHour: number;
  readonly quantity: string;
}

interface RecordedSeries extends UsageSeries {
  readonly parts: Map<number, Part[]>;
}

/** Usage that was written down, all of it in memory. */
export function createRecordedUsage(rows: readonly RecordedRow[]): UsageSource {
  const bySubscription = Map.groupBy(rows, ({ subscriptionId }) => subscriptionId.toLowerCase());
  const reported = rows.map(({ reportedHour }) => reportedHour);
  const least = (numbers: readonly number[]) => numbers.reduce((left, right) => Math.min(left, right));
  const most = (numbers: readonly number[]) => numbers.reduce((left, right) => Math.max(left, right));
  return {
    first: dayOf(least(reported)),
    end: most(reported) + 1,
    longestDelay: most(rows.map(({ reportedHour, usageHour }) => reportedHour - usageHour)),
    subscriptions: [...bySubscription]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, own]) => usageOf(own)),
  };
}

function usageOf(rows: readonly RecordedRow[]): SubscriptionUsage {
  const byResource = new Map<string, RecordedSeries>();
  const hours = new Set<number>();
  for (const { meterId, instanceData, usageHour, reportedHour, quantity } of rows) {
    const key = JSON.stringify([meterId, instanceData]);
    const series = byResource.get(key) ?? { meterId, instanceData, parts: new Map() };
    const parts = series.parts.get(usageHour) ?? [];
    parts.push({ reportedHour, quantity });
    byResource.set(key, series);
    series.parts.set(usageHour, parts);
    hours.add(usageHour);
  }
  const series = [...byResource].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
  return {
    subscriptionId: rows[0]?.subscriptionId ?? "",
    series,
    isQuiet: (usageHour) => !hours.has(usageHour),
    addParts(sum, index, usageHour, { from, to }: HourRange) {
      for (const { reportedHour, quantity } of series[index]?.parts.get(usageHour) ?? []) {
        if (reportedHour >= from && reportedHour < to) sum.add(quantity);
      }
    },
  };
}
