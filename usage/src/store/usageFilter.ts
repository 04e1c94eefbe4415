/** Which usage is meant; what is left out is not narrowed. */
export interface UsageFilter {
  /** Cloud ids of Hubs. */
  readonly hubs?: readonly string[];
  /** The first and the last usage day, both inside: `2026-10-01`. */
  readonly from?: string;
  readonly to?: string;
}

/** What narrows a query over the table `hub` and another with a `usage_date`; each condition begins with AND. */
export function conditionsOf({ hubs, from, to }: UsageFilter): string {
  const terms = [
    hubs ? `cloud_id IN (${hubs.map(() => "?").join(", ")})` : "",
    from === undefined ? "" : "usage_date >= ?",
    to === undefined ? "" : "usage_date <= ?",
  ];
  return terms.map((term) => (term ? `AND ${term}` : "")).join(" ");
}

/** The values of those conditions, in their order. */
export function valuesOf({ hubs = [], from, to }: UsageFilter): readonly string[] {
  return [...hubs, ...(from === undefined ? [] : [from]), ...(to === undefined ? [] : [to])];
}
