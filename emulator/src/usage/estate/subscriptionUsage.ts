import type { HourRange, SubscriptionUsage } from "../usageSource.ts";
import { correctionOf, LONGEST_DELAY, lateness, USUAL_DELAY, usualReports } from "./delays.ts";
import type { MeteredSeries } from "./resource.ts";

/** What the usage of a local subscription is made of. */
export interface SubscriptionUsageOptions {
  readonly subscriptionId: string;
  readonly seed: number;
  readonly series: readonly MeteredSeries[];
  /** Whether nothing was used in an hour. */
  readonly isOff: (hour: number) => boolean;
}

/** The usage of a local subscription, each part of it made when it is asked for, and the same each time. */
export function createSubscriptionUsage(options: SubscriptionUsageOptions): SubscriptionUsage {
  const { subscriptionId, seed, series, isOff } = options;
  const correctionIn = (usageHour: number, reported: HourRange) => {
    const correction = correctionOf(seed, usageHour, series.length);
    return correction && isWithin(usageHour + correction.delay, reported) ? correction : undefined;
  };
  return {
    subscriptionId,
    series,
    isQuiet(usageHour, reported) {
      if (isOff(usageHour) || reported.from > usageHour + LONGEST_DELAY) return true;
      if (reported.from <= usageHour + USUAL_DELAY) return false;
      if (isWithin(usageHour + lateness(seed, usageHour), reported)) return false;
      return correctionIn(usageHour, reported) === undefined;
    },
    addParts(sum, index, usageHour, reported) {
      const one = series[index];
      if (one === undefined) return;
      const late = lateness(seed, usageHour);
      const { delay, restDelay } = late > 0 ? { delay: late } : usualReports(one.seed, usageHour);
      const isMain = isWithin(usageHour + delay, reported);
      const isRest = restDelay !== undefined && isWithin(usageHour + restDelay, reported);
      const correction = correctionIn(usageHour, reported);
      const isCorrected = correction?.series === index;
      if (!isMain && !isRest && !isCorrected) return;
      const quantity = one.quantity(usageHour);
      if (quantity === undefined) return;
      if (isMain) sum.add(restDelay === undefined ? quantity : quantity * 0.25);
      if (isRest) sum.add(quantity * 0.75);
      if (isCorrected) sum.add(-quantity * correction.share);
    },
  };
}

function isWithin(hour: number, { from, to }: HourRange): boolean {
  return hour >= from && hour < to;
}
