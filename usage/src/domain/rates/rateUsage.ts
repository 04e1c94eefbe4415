import type { RateCard } from "./card.ts";
import { type Decimal, formatDecimal, multiply, parseDecimal, roundDecimal } from "./decimal.ts";
import { createTariffFinder } from "./findTariff.ts";
import type { Slot, Tariff } from "./tariff.ts";

/** What was used of a meter on one day, as it is to be charged. */
export interface DailyQuantity {
  /** Lowered; empty where no tenant is known, which counts as one of its own. */
  readonly tenantId: string;
  /** As the store keeps it. */
  readonly meterId: string;
  /** The day of usage in UTC, `YYYY-MM-DD`. */
  readonly day: string;
  readonly hub: string;
  /** The local subscription. */
  readonly subscriptionId: string;
  /** The subscription that Microsoft bills. */
  readonly billedTo: string;
  /** Written out, with at most 20 places; below 0 for a correction. */
  readonly quantity: string;
}

/** A part of a daily quantity that has one price, or a whole one that has none. */
export type ChargeLine = DailyQuantity &
  (
    | {
        readonly status: "rated";
        /** 0 for the free quantity, then the tiers from 1. */
        readonly tier: number;
        readonly unitPrice: string;
        /** Quantity × unit price, exact. */
        readonly cost: string;
        readonly currency: string;
      }
    | { readonly status: "unrated" }
  );

/** A tenant's quantities of a meter in a month, which fill free quantity and tiers together. */
export interface MonthOfMeter {
  readonly tenantId: string;
  readonly meterId: string;
  /** `YYYY-MM` of UTC. */
  readonly month: string;
}

/** What is rated, and by what. */
export interface RatingRequest {
  readonly card: RateCard;
  /** In the order of {@link compareQuantities}; read once, and one at a time. */
  readonly quantities: Iterable<DailyQuantity>;
  /**
   * The sum of the quantities of the month that were rated before, for an issued month is not rated again: those that
   * come later fill on from there. @default none were
   */
  readonly filled?: (month: MonthOfMeter) => string | undefined;
}

/** Quantities are counted in units of 10^-20. */
const PLACES = 20;

/** The order in which quantities fill tiers: day by day, within a day by hub, subscription and billed subscription. */
const ORDER = ["tenantId", "meterId", "day", "hub", "subscriptionId", "billedTo"] as const;

/** Sorts quantities for {@link rateUsage}, texts by their code units. */
export function compareQuantities(left: DailyQuantity, right: DailyQuantity): number {
  for (const key of ORDER) {
    if (left[key] < right[key]) return -1;
    if (left[key] > right[key]) return 1;
  }
  return 0;
}

/**
 * Rates quantities by the price of their day, exactly: free quantity first, then tier after tier, at the tenant's price with
 * its markup.
 *
 * A month's quantities of a tenant and meter, over all Hubs, lie one behind another. A negative one goes back the way that
 * the others came, at the prices of its own day; below 0 the first slot goes on. What a day without tariff has is passed
 * over as unrated, and fills all the same.
 *
 * @throws RangeError where quantities are out of order, or no numbers of at most 20 places.
 */
export function* rateUsage({ card, quantities, filled }: RatingRequest): Generator<ChargeLine, void> {
  const findTariff = createTariffFinder(card.tariffs);
  let last: DailyQuantity | undefined;
  let position = 0n;
  for (const row of quantities) {
    if (last && compareQuantities(last, row) > 0) throw new RangeError(`Usage of ${row.day} is out of order.`);
    if (!last || !isSameMonth(last, row)) {
      const { tenantId, meterId } = row;
      position = unitsOf(filled?.({ tenantId, meterId, month: monthOf(row) }) ?? "0");
    }
    const quantity = unitsOf(row.quantity);
    const tariff = findTariff(row.meterId, row.tenantId, row.day);
    if (tariff) yield* charge(row, { card, tariff, position, quantity });
    else yield { ...row, status: "unrated" };
    position += quantity;
    last = row;
  }
}

function isSameMonth(left: DailyQuantity, right: DailyQuantity): boolean {
  return left.tenantId === right.tenantId && left.meterId === right.meterId && monthOf(left) === monthOf(right);
}

function monthOf({ day }: DailyQuantity): string {
  return day.slice(0, "YYYY-MM".length);
}

function unitsOf(text: string): bigint {
  const value = parseDecimal(text);
  if (!value || value.places > PLACES) throw new RangeError(`"${text}" is no quantity of at most ${PLACES} places.`);
  return roundDecimal(value, PLACES).units;
}

interface Charged {
  readonly card: RateCard;
  readonly tariff: Tariff;
  /** Where the month stands, in units. */
  readonly position: bigint;
  readonly quantity: bigint;
}

function* charge(row: DailyQuantity, { card, tariff, position, quantity }: Charged): Generator<ChargeLine, void> {
  const slots = slotsOf(tariff);
  let at = position;
  let left = quantity;
  do {
    const { tier, unitPrice, priceText, from, to } = slotAt(slots, at, left < 0n);
    const part = left < 0n ? partBelow(at, left, from) : partAbove(at, left, to);
    const used: Decimal = { units: part, places: PLACES };
    yield {
      ...row,
      quantity: formatDecimal(used),
      status: "rated",
      tier,
      unitPrice: priceText,
      cost: formatDecimal(multiply(used, unitPrice)),
      currency: card.currency,
    };
    at += part;
    left -= part;
  } while (left !== 0n);
}

/** A slot with its ends in units; the first one goes on below 0, and the last one without end. */
interface Stretch {
  readonly tier: number;
  readonly unitPrice: Decimal;
  readonly priceText: string;
  readonly from: bigint | undefined;
  readonly to: bigint | undefined;
}

const stretches = new WeakMap<Tariff, readonly Stretch[]>();

function slotsOf(tariff: Tariff): readonly Stretch[] {
  const known = stretches.get(tariff);
  if (known) return known;
  const made = tariff.slots.map(({ tier, unitPrice, from, to }: Slot, index) => ({
    tier,
    unitPrice,
    priceText: formatDecimal(unitPrice),
    from: index === 0 ? undefined : roundDecimal(from, PLACES).units,
    to: to ? roundDecimal(to, PLACES).units : undefined,
  }));
  stretches.set(tariff, made);
  return made;
}

/** The slot of the next unit above, or of the one below where the quantity goes back. */
function slotAt(slots: readonly Stretch[], at: bigint, isBack: boolean): Stretch {
  const found = slots.find(({ to }) => to === undefined || (isBack ? at <= to : at < to));
  if (!found) throw new RangeError("The last slot of a tariff has no end.");
  return found;
}

function partAbove(at: bigint, left: bigint, to: bigint | undefined): bigint {
  return to === undefined || left <= to - at ? left : to - at;
}

function partBelow(at: bigint, left: bigint, from: bigint | undefined): bigint {
  return from === undefined || left >= from - at ? left : from - at;
}
