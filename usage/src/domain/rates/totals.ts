import { currencyPlaces } from "./currencies.ts";
import { add, type Decimal, formatDecimal, parseDecimal, roundDecimal, ZERO } from "./decimal.ts";
import type { ChargeLine } from "./rateUsage.ts";

/** What lines come to in one currency. */
export interface Amount {
  readonly currency: string;
  /** The sum of the costs, to the last digit. */
  readonly exact: string;
  /** The same as it is billed: with the places of the currency, halves away from zero. */
  readonly rounded: string;
}

/** What lines come to; amounts of different currencies stay apart. */
export interface Totals {
  /** By currency. */
  readonly amounts: readonly Amount[];
  /** How many lines have no price, and so no part in the amounts. */
  readonly unrated: number;
}

/** Sums up lines; nothing is rounded before everything is added. */
export function totalsOf(lines: Iterable<ChargeLine>): Totals {
  const sums = new Map<string, Decimal>();
  let unrated = 0;
  for (const line of lines) {
    if (line.status === "rated") {
      const { currency } = line;
      sums.set(currency, add(sums.get(currency) ?? ZERO, parseDecimal(line.cost) ?? noNumber(line.cost)));
    } else unrated += 1;
  }
  const amounts = [...sums].map(([currency, sum]) => ({
    currency,
    exact: formatDecimal(sum),
    rounded: billedAmount(sum, currency),
  }));
  return { amounts: amounts.sort((left, right) => (left.currency < right.currency ? -1 : 1)), unrated };
}

/**
 * An amount as a statement has it: rounded once, halves away from zero, with all places of the currency: `2.50`.
 *
 * @throws RangeError for a currency that nothing can be billed in.
 */
export function billedAmount(sum: Decimal, currency: string): string {
  const places = currencyPlaces(currency);
  if (places === undefined) throw new RangeError(`"${currency}" is no currency that something can be billed in.`);
  const [integer, fraction = ""] = formatDecimal(roundDecimal(sum, places)).split(".");
  return places === 0 ? `${integer}` : `${integer}.${fraction.padEnd(places, "0")}`;
}

function noNumber(text: string): never {
  throw new RangeError(`"${text}" is no number.`);
}
