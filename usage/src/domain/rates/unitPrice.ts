import { type Issue, issue, type Place } from "@azurestack-csp/provider";
import { type Decimal, formatDecimal, multiply, placesNeeded, roundDecimal } from "./decimal.ts";
import { rateErrors } from "./rateErrors.ts";

/** Places of a price that is not rounded; with the 20 of a quantity they are the 28 of an amount. */
const EXACT_PLACES = 8;

/** A price of the card, and what is said of it. */
export interface Priced {
  readonly price: Decimal;
  /** In per cent; absent where there is none. */
  readonly markup: Decimal | undefined;
  readonly meterName: string;
  readonly place: Place;
}

/** What a unit costs, and what is wrong with that. */
interface UnitPrice {
  readonly unitPrice: Decimal;
  /** That it has more places than are kept, or would be rounded to 0. */
  readonly problem?: Issue<string>;
}

/**
 * The price of one unit after its markup.
 *
 * It is exact with up to 8 places; where the card has `pricePlaces`, what a markup adds is rounded to these, half away from
 * zero.
 */
export function unitPriceOf(priced: Priced, pricePlaces: number | undefined): UnitPrice {
  const { price, markup, meterName: meter, place } = priced;
  const marked = markup ? multiply(price, factorOf(markup)) : price;
  const most = pricePlaces ?? EXACT_PLACES;
  // Digits that somebody wrote are never rounded away.
  const judged = pricePlaces === undefined ? marked : price;
  const places = placesNeeded(judged);
  if (places > most) {
    const after = judged === price ? "" : ` after a markup of ${formatDecimal(markup ?? price)}%`;
    const shown = { price: formatDecimal(judged), meter, places: String(places), after, most: String(most) };
    const problem = issue(place.path, rateErrors.CSP_RATES_PLACES, { ...shown, hint: binaryHint(judged) });
    return { unitPrice: marked, problem };
  }
  const unitPrice = roundDecimal(marked, most);
  if (unitPrice.units !== 0n || marked.units === 0n) return { unitPrice };
  const details = { price: formatDecimal(marked), meter, places: String(most) };
  return { unitPrice, problem: issue(place.path, rateErrors.CSP_RATES_ROUNDED_AWAY, details) };
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
