import type { Exchange, Operation } from "../pipeline/exchange.ts";
import { json } from "../pipeline/http.ts";
import type { BilledRow } from "../store/usage.ts";
import { ExactSum } from "../usage/exactSum.ts";
import { formatUtc, hourOf } from "../usage/hours.ts";
import { parseInstant } from "../usage/instants.ts";

const MOST_ROWS = 1_000;

/** What people and tests can see of usage from outside: who is billed for it. */
export function usageOperations(root: string): readonly Operation[] {
  return [
    {
      name: "BilledUsage_Get",
      method: "GET",
      path: `${root}/usage/billed`,
      handle: (exchange) => json(200, billedUsage(exchange)),
    },
  ];
}

/** One local subscription's use of a meter, and who was billed for it. */
interface Billed {
  readonly subscriptionId: string;
  readonly tenantId: string | null;
  readonly meterId: string;
  readonly billedSubscriptionId: string | null;
  rows: number;
  readonly quantity: ExactSum;
}

/**
 * The sums of what was processed in a time; with `rows=true` the first thousand rows as well.
 *
 * @throws TypeError naming the parameter that is missing or wrong.
 */
function billedUsage({ request, context }: Exchange) {
  const { query } = request.address;
  const hub = query.get("hub") ?? "";
  if (context.store.usage.of(hub) === undefined) throw new TypeError(`There is no Hub "${hub}". Give one as hub=NAME.`);
  const range = {
    from: timeIn(query, "from"),
    to: timeIn(query, "to"),
    subscriptionId: query.get("subscriberid"),
  };
  const sums = new Map<string, Billed>();
  const rows: object[] = [];
  let count = 0;
  for (const row of context.store.usage.billed(hub, range)) {
    const { subscriptionId, tenantId = null, billedSubscriptionId } = row;
    const { meterId } = row.of;
    const key = [subscriptionId, meterId, billedSubscriptionId].join();
    const sum = sums.get(key) ?? {
      subscriptionId,
      tenantId,
      meterId,
      billedSubscriptionId,
      rows: 0,
      quantity: new ExactSum(),
    };
    sums.set(key, sum);
    sum.rows += 1;
    sum.quantity.add(row.quantity);
    count += 1;
    if (query.get("rows") === "true" && rows.length < MOST_ROWS) rows.push(shape(row));
  }
  return {
    hub,
    rowCount: count,
    billed: [...sums.values()].map(({ quantity, ...sum }) => ({ ...sum, quantity: quantity.text() })),
    ...(query.get("rows") === "true" ? { rows } : {}),
  };
}

function shape({ subscriptionId, tenantId, of, start, end, quantity, ...row }: BilledRow) {
  return {
    subscriptionId,
    tenantId: tenantId ?? null,
    meterId: of.meterId,
    instanceData: of.instanceData,
    usageStartTime: formatUtc(start),
    usageEndTime: formatUtc(end),
    reportedTime: formatUtc(hourOf(row.reportedTime)),
    processedTime: formatUtc(hourOf(row.processedTime)),
    quantity,
    billedSubscriptionId: row.billedSubscriptionId,
  };
}

function timeIn(query: ReadonlyMap<string, string>, name: string): Date {
  const text = query.get(name) ?? "";
  const time = parseInstant(text);
  if (time === undefined)
    throw new TypeError(`The parameter ${name} is no time: "${text}". Write it as 2026-11-01T00:00Z.`);
  return time;
}
