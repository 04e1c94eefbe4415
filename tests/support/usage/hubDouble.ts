import type { Granularity, UsageQuery, UsageRow } from "@azurestack-csp/provider";
import type { Asker, Noted, PageAnswer, UsageSource } from "@azurestack-csp/usage";

/** A part of a resource's usage in an hour, and when it was reported; as a Hub learns of it. */
export interface Report {
  readonly reported: string;
  readonly usageStart: string;
  readonly subscription: string;
  readonly meter: string;
  readonly resource: string;
  /** Without an exponent, with at most 20 places. */
  readonly quantity: string;
}

/** What a request was for. */
export interface AskedPage {
  readonly start: string;
  readonly subscriber: string | undefined;
  readonly link: string | undefined;
}

/** What a Hub is made of. */
export interface HubDoubleOptions {
  readonly key?: string;
  readonly cloudId?: string;
  readonly reports?: readonly Report[];
  readonly pageSize?: number;
  /** Answers in the place of the Hub, or throws. */
  readonly instead?: (asked: AskedPage, count: number) => PageAnswer | undefined;
  /** Rows of a window in the place of what its reports add up to. */
  readonly rows?: (query: UsageQuery) => readonly UsageRow[];
  /** Every how many rows of a window come once more at its end, as where pages move while they are read. @default none */
  readonly repeatsEvery?: number;
  /** Waits before an answer. */
  readonly pause?: () => Promise<unknown>;
  readonly subscriptions?: () => readonly Noted[];
  readonly mappings?: () => readonly Noted[];
  /** @default an operator */
  readonly asker?: () => Asker;
}

/** The only subscription of the reports below. */
export const SUBSCRIPTION = "0a11f9c1-5b0e-4f3a-9a11-000000000001";
const METER = "6dab500f-a4fd-49c4-956d-229bb9c8c793";

/** A report of the one subscription and meter. */
export function report(
  reported: string,
  usageStart: string,
  quantity: string,
  resource = "/subscriptions/s/VM1",
): Report {
  return { reported, usageStart, quantity, resource, subscription: SUBSCRIPTION, meter: METER };
}

/** Usage that is reported hours and days after it, some of it corrected. */
export const LATE: readonly Report[] = [
  report("2026-10-01T19:10:00Z", "2026-10-01T17:00:00Z", "1.25"),
  report("2026-10-01T19:20:00Z", "2026-10-01T18:00:00Z", "0.00134408602150537621"),
  report("2026-10-01T20:05:00Z", "2026-10-01T18:00:00Z", "2"),
  report("2026-10-01T23:59:59Z", "2026-10-01T23:00:00Z", "0.5", "/subscriptions/s/VM2"),
  report("2026-10-02T00:00:00Z", "2026-10-01T23:00:00Z", "0.25", "/subscriptions/s/VM2"),
  report("2026-10-03T01:00:00Z", "2026-10-01T18:00:00Z", "-0.5"),
];

/** The Hub's id, unless a test has several. */
export const CLOUD_ID = "4f0a1c52-0000-4000-8000-00000000000a";

/** A Hub that sums up what was reported to it within the asked window, as a real one does. */
export function hubDouble(options: HubDoubleOptions = {}): UsageSource & { readonly asked: AskedPage[] } {
  const {
    key = "paris",
    cloudId = CLOUD_ID,
    reports = [],
    pageSize = 3,
    instead,
    asker = () => ({ kind: "admin", subscription: undefined }),
  } = options;
  const asked: AskedPage[] = [];
  const rowsOf = options.rows ?? ((query: UsageQuery) => sumUp(reports, query));
  return {
    key,
    asked,
    cloudId: async () => cloudId,
    asker: async () => asker(),
    async usagePage(query, link) {
      const request = { start: query.window.start, subscriber: query.subscriberId, link };
      asked.push(request);
      const other = instead?.(request, asked.length);
      if (other) return other;
      await options.pause?.();
      const { repeatsEvery } = options;
      const once = rowsOf(query);
      const rows =
        repeatsEvery === undefined ? once : [...once, ...once.filter((_, index) => index % repeatsEvery === 0)];
      const from = link === undefined ? 0 : Number(new URL(link).searchParams.get("from"));
      const to = from + pageSize;
      const nextLink = to < rows.length ? `https://hub.example/usage?from=${to}` : undefined;
      const body = JSON.stringify({ page: from, rows: rows.length });
      return { kind: "page", rows: rows.slice(from, to), nextLink, body };
    },
    subscriptions: async () =>
      options.subscriptions?.() ??
      unique(reports.map((each) => each.subscription)).map((name) => ({ name, facts: {} })),
    mappings: async () => options.mappings?.() ?? [],
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}

function sumUp(reports: readonly Report[], { window, granularity, subscriberId }: UsageQuery): readonly UsageRow[] {
  const sums = new Map<string, { row: UsageRow; unit: bigint }>();
  for (const report of reports) {
    if (report.reported < window.start || report.reported >= window.end) continue;
    if (subscriberId !== undefined && report.subscription !== subscriberId) continue;
    const row = rowOf(report, granularity);
    const key = JSON.stringify([row.subscriptionId, row.meterId, row.usageStart, row.resourceId]);
    sums.set(key, { row, unit: (sums.get(key)?.unit ?? 0n) + toUnit(report.quantity) });
  }
  return [...sums.values()].map(({ row, unit }) => ({ ...row, quantity: fromUnit(unit) }));
}

/** A row as a reader of pages gives it. */
export function rowOf(report: Report, granularity: Granularity): UsageRow {
  const { subscription, meter, resource, quantity } = report;
  const length = granularity === "hourly" ? 3_600_000 : 86_400_000;
  const start = Math.floor(Date.parse(report.usageStart) / length) * length;
  return {
    subscriptionId: subscription,
    meterId: meter,
    usageStart: instant(start),
    usageEnd: instant(start + length),
    quantity,
    resourceId: resource.toLowerCase(),
    resourceUri: resource,
    location: "paris",
    tags: undefined,
    additionalInfo: undefined,
  };
}

/** As a Hub writes times. */
export function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function toUnit(quantity: string): bigint {
  const [whole = "0", places = ""] = quantity.replace("-", "").split(".");
  const unit = BigInt(whole + places.padEnd(20, "0"));
  return quantity.startsWith("-") ? -unit : unit;
}

function fromUnit(unit: bigint): string {
  const digits = (unit < 0n ? -unit : unit).toString().padStart(21, "0");
  return `${unit < 0n ? "-" : ""}${digits.slice(0, -20)}.${digits.slice(-20)}`;
}
