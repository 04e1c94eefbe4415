/** How a Hub sums usage up; its API takes either in any letter case. */
export type Granularity = "hourly" | "daily";

/** A stretch of reported time, in UTC: `2026-10-01T18:00:00Z`; the start is inside, the end is not. */
export interface ReportedWindow {
  readonly start: string;
  readonly end: string;
}

/** What a Hub is asked for: the usage that was reported to it within a window. */
export interface UsageQuery {
  readonly window: ReportedWindow;
  readonly granularity: Granularity;
  /** One local subscription; absent: all that the caller may see. */
  readonly subscriberId?: string;
}

/** One page of an answer. */
export interface UsagePage<Row> {
  readonly rows: readonly Row[];
  /** Where the next page is, as the Hub wrote it; absent on the last one. */
  readonly nextLink: string | undefined;
}
