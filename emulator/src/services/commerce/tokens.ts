import { createHash } from "node:crypto";
import type { RowPosition, UsageQuery } from "../../usage/usageRows.ts";

/** A continuation token: opaque to callers, of letters that have to be escaped in a query. */
export function writeToken(query: UsageQuery, { start, subscription, series }: RowPosition): string {
  return Buffer.from(`${checkOf(query)}?>${start}.${subscription}.${series}~~~>`).toString("base64");
}

/**
 * Where a token leads; `undefined` for what is none, or one of another query.
 *
 * A plus that arrived unescaped is a blank by now.
 */
export function readToken(query: UsageQuery, token: string): RowPosition | undefined {
  const text = Buffer.from(token.replaceAll(" ", "+"), "base64").toString();
  const [, check, start, subscription, series] = /^([0-9a-f]{12})\?>(-?\d+)\.(\d+)\.(\d+)~~~>$/.exec(text) ?? [];
  if (check !== checkOf(query)) return undefined;
  return { start: Number(start), subscription: Number(subscription), series: Number(series) };
}

function checkOf({ reported, granularity, subscriptionId = "" }: UsageQuery): string {
  const text = [reported.from, reported.to, granularity, subscriptionId.toLowerCase()].join();
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
