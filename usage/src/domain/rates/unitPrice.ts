import type { IssueCollector, Place } from "@azurestack-csp/provider";
import { type Decimal, formatDecimal, multiply, placesNeeded, roundDecimal } from "./decimal.ts";
import { rateErrors } from "./rateErrors.ts";

/** Places of a price that is not rounded; with the 20 of a quantity they are the 28 of an amount. */
const EXACT_PLACES = 8;

/** How prices come to their places. */
export interface Pricing {
  readonly pricePlaces: number | undefined;
  readonly issues: IssueCollector;
}

/** A price of the card, and what is said of it. */
export interface Priced {
  readonly price: Decimal;
  /** In per cent; absent where there is none. */
  readonly markup: Decimal | undefined;
  readonly meterName: string;
  readonly place: Place;
}

/**
 * The price of one unit after its markup.
 *
 * It is exact with up to 8 places; where the card has `pricePlaces`, what a markup adds is rounded to these, half away from
 * zero. Reports a price that is longer, and one that would be rounded to 0.
 */
export function unitPriceOf(priced: Priced, { pricePlaces, issues }: Pricing): Decimal {
  const { price, markup, meterName: meter, place } = priced;
  const marked = markup ? multiply(price, factorOf(markup)) : price;
  const most = pricePlaces ?? EXACT_PLACES;
  // Digits that somebody wrote are never rounded away.
  const judged = pricePlaces === undefined ? marked : price;
  const places = placesNeeded(judged);
  if (places > most) {
    const after = judged === price ? "" : ` after a markup of ${formatDecimal(markup ?? price)}%`;
    const details = { price: formatDecimal(judged), meter, places: String(places), after, most: String(most) };
    issues.error(place, rateErrors.CSP_RATES_PLACES, { ...details, hint: binaryHint(judged) });
    return marked;
  }
  const rounded = roundDecimal(marked, most);
  if (rounded.units === 0n && marked.units !== 0n) {
    const details = { price: formatDecimal(marked), meter, places: String(most) };
    issues.error(place, rateErrors.CSP_RATES_ROUNDED_AWAY, details);
  }
  return rounded;
}

/** 1 and the markup. */
function factorOf({ units, places }: Decimal): Decimal {
  return { units: 100n * 10n ** BigInt(places) + units, places: places + 2 };
}

/** A program that computes with binary numbers leaves 0.30000000000000004 of 0.3: told from the text alone. */
function binaryHint(price: Decimal): string {
  const text = formatDecimal(price);
  const isLeft = /\.\d*?(?:0{6,}\d{1,4}|9{6,}\d{0,4})$/.test(text);
  return isLeft ? " (its end looks like what a program left that computes with binary numbers)" : "";
}
