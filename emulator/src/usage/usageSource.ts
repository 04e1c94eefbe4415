import type { ExactSum } from "./exactSum.ts";

/** All usage of one Hub, to be asked for by the hour: nothing of it is made before it is asked for. */
export interface UsageSource {
  /** The first hour that anything was reported in. */
  readonly first: number;
  /** The hour from which on nothing is reported; infinite where usage goes on with the clock. */
  readonly end: number;
  /** Hours from the use to the report, at most. */
  readonly longestDelay: number;
  /** By their ids. */
  readonly subscriptions: readonly SubscriptionUsage[];
}

/** What a local subscription used. */
export interface SubscriptionUsage {
  readonly subscriptionId: string;
  readonly series: readonly UsageSeries[];
  /** Whether nothing was used in this hour, or nothing of it reported in a range of hours; `false` where that is not known. */
  isQuiet(usageHour: number, reported: HourRange): boolean;
  /** Adds what of a series was used in an hour that is not quiet and reported in a range of hours, part by part. */
  addParts(sum: ExactSum, series: number, usageHour: number, reported: HourRange): void;
}

/** One meter of one resource. */
export interface UsageSeries {
  /** As the resource provider spells it. */
  readonly meterId: string;
  /** JSON in a text, as rows have it. */
  readonly instanceData: string;
}

/** Hours from `from` up to but without `to`. */
export interface HourRange {
  readonly from: number;
  readonly to: number;
}
