import { formatHour } from "./hours.ts";
import { type RowPosition, type UsageQuery, type UsageRow, usageRows } from "./usageRows.ts";
import type { UsageSeries, UsageSource } from "./usageSource.ts";

/** Rows that a Hub puts on a page. */
const USAGE_PAGE_SIZE = 1_000;

/** What pages are made of. */
export interface UsagePagerOptions {
  readonly source: UsageSource;
  /** The subscription that the caller asked under, which rows are named by. */
  readonly callerSubscriptionId: string;
}

/** Which page, and how it ends. */
interface UsagePageOptions {
  /** Where the page begins. @default with the first row */
  readonly position?: RowPosition | undefined;
  /** @default 1000 */
  readonly pageSize?: number;
  /** Link to the page that begins there. */
  readonly linkTo: (next: RowPosition) => string;
  /** What the last page says in place of a link, a comma in front. @default nothing */
  readonly ending?: string;
}

/** One page of rows as a text, in exactly the Hub's form. */
interface UsagePage {
  readonly body: string;
  readonly rows: number;
  /** Where the next page begins; absent on the last one. */
  readonly next?: RowPosition;
}

/** Writes pages; what the rows of a series have in common is written once for all of them. */
export interface UsagePager {
  page(query: UsageQuery, options: UsagePageOptions): UsagePage;
  /** All pages from the position on; a page costs no more than its rows, wherever it is. */
  pages(query: UsageQuery, options: UsagePageOptions): Generator<UsagePage>;
}

/** Writes the pages of one caller of a Hub. */
export function createUsagePager({ source, callerSubscriptionId }: UsagePagerOptions): UsagePager {
  const write = createRowWriter(callerSubscriptionId);

  function* pages(query: UsageQuery, options: UsagePageOptions): Generator<UsagePage> {
    const { position, pageSize = USAGE_PAGE_SIZE, linkTo, ending = "" } = options;
    let values = "";
    let rows = 0;
    for (const row of usageRows(source, query, position)) {
      if (rows === pageSize) {
        const next = { start: row.start, subscription: row.subscription, series: row.series };
        yield { body: `{"value":[${values}],"nextLink":${JSON.stringify(linkTo(next))}}`, rows, next };
        values = "";
        rows = 0;
      }
      values += rows === 0 ? write(row) : `,${write(row)}`;
      rows += 1;
    }
    yield { body: `{"value":[${values}]${ending}}`, rows };
  }

  return {
    pages,
    page(query, options) {
      for (const page of pages(query, options)) return page;
      return { body: `{"value":[]}`, rows: 0 };
    },
  };
}

/** Writes rows as a Hub does: the recorded members in the recorded order. */
function createRowWriter(callerSubscriptionId: string): (row: UsageRow) => string {
  const parts = new Map<UsageSeries, RowParts>();
  let hours = { start: Number.NaN, end: Number.NaN, text: "" };
  return ({ start, end, of, subscriptionId, quantity }) => {
    let fixed = parts.get(of);
    if (fixed === undefined) {
      fixed = partsOf(of, subscriptionId, callerSubscriptionId);
      parts.set(of, fixed);
    }
    if (hours.start !== start || hours.end !== end) {
      hours = { start, end, text: `${formatHour(start)}","usageEndTime":"${formatHour(end)}` };
    }
    return fixed.before + hours.text + fixed.between + quantity + fixed.after;
  };
}

interface RowParts {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

function partsOf({ meterId, instanceData }: UsageSeries, subscriptionId: string, caller: string): RowParts {
  const name = JSON.stringify(`${subscriptionId}-${meterId}`).slice(1, -1);
  const type = "Microsoft.Commerce/UsageAggregate";
  return {
    before: `{"id":"/subscriptions/${caller}/providers/${type}/${name}","name":"${name}","type":"${type}","properties":{"subscriptionId":"${subscriptionId}","usageStartTime":"`,
    between: `","instanceData":${JSON.stringify(instanceData)},"quantity":`,
    after: `,"meterId":${JSON.stringify(meterId)},"name":"${name}"}}`,
  };
}
