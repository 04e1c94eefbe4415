import type { Fields, SourceNode } from "@azurestack-csp/provider";
import type { RateTier } from "./card.ts";
import { type CardReader, openMap } from "./cardReader.ts";
import { compare, formatDecimal, ZERO } from "./decimal.ts";
import { rateErrors } from "./rateErrors.ts";
import { readPrice, readQuantity } from "./readNumber.ts";

/** The keys of a tier. */
export const TIER_KEYS = ["from", "to", "price"] as const;

/** The tiers of a rate: those of `tiers`, or its `price` as the only one; `undefined` with issues, or where it has neither. */
export function readTiers(fields: Fields, card: CardReader): readonly RateTier[] | undefined {
  const single = fields.get("price");
  const tiers = fields.get("tiers");
  if (single && tiers) {
    card.issues.error(tiers.place, rateErrors.CSP_RATES_PRICE_TWICE, {});
    return undefined;
  }
  if (tiers) return readList(tiers, card);
  const price = readPrice(single, card);
  return single && price ? [{ from: ZERO, price, place: single.place }] : undefined;
}

function readList(node: SourceNode, card: CardReader): readonly RateTier[] | undefined {
  const { reader } = card;
  if (node.kind !== "list" || node.items.length === 0) {
    reader.unexpected(node, "a list of tiers");
    return undefined;
  }
  const tiers = node.items.map((item) => readTier(item, card));
  const read = tiers.filter((tier) => tier !== undefined);
  // Between tiers one of which could not be read, gaps are no news.
  if (read.length < tiers.length) return undefined;
  const sorted = read.toSorted(byStart);
  checkSeams(sorted, card);
  return sorted;
}

function readTier(node: SourceNode, all: CardReader): RateTier | undefined {
  const map = openMap(node, { known: TIER_KEYS, of: "a tier" }, all);
  if (!map) return undefined;
  const { fields, card } = map;
  const { reader, issues } = card;
  const priceNode = fields.get("price");
  if (!priceNode) reader.missing(node.place, "price");
  const price = readPrice(priceNode, card);
  const from = fields.has("from") ? readQuantity(fields.get("from"), card) : ZERO;
  const to = readQuantity(fields.get("to"), card);
  if (!(priceNode && price && from) || (fields.has("to") && !to)) return undefined;
  if (to && compare(from, to) >= 0) {
    const details = { from: formatDecimal(from), to: formatDecimal(to) };
    issues.error(node.place, rateErrors.CSP_RATES_TIER_EMPTY, details);
    return undefined;
  }
  return { from, ...(to ? { to } : {}), price, place: priceNode.place };
}

function byStart(left: RateTier, right: RateTier): number {
  return compare(left.from, right.from);
}

/** Reports quantities from 0 on that no tier holds, or that two do. */
function checkSeams(tiers: readonly RateTier[], { issues }: CardReader): void {
  let end: RateTier["to"] = ZERO;
  let before: RateTier | undefined;
  for (const tier of tiers) {
    const order = end ? compare(tier.from, end) : -1;
    const from = formatDecimal(tier.from);
    if (order > 0 && end) {
      const details = { from: formatDecimal(end), to: from };
      issues.error(tier.place, rateErrors.CSP_RATES_TIERS_GAP, details);
    } else if (order < 0 && before) {
      const details = { from, before: formatDecimal(before.from), end: end ? formatDecimal(end) : "no quantity" };
      issues.error(tier.place, rateErrors.CSP_RATES_TIERS_OVERLAP, details);
    }
    if (end && (!tier.to || compare(tier.to, end) > 0)) end = tier.to;
    before = tier;
  }
  if (!end || !before) return;
  const details = { from: formatDecimal(end), to: "no end" };
  issues.error(before.place, rateErrors.CSP_RATES_TIERS_GAP, details);
}
