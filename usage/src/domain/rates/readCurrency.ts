import { didYouMean, formatPlace, nearWords, type Place, type SourceNode } from "@azurestack-csp/provider";
import type { CardReader } from "./cardReader.ts";
import { CURRENCIES, currencyPlaces } from "./currencies.ts";
import { rateErrors } from "./rateErrors.ts";
import type { ReadRate } from "./readRate.ts";

interface CurrencyReader extends CardReader {
  /** Where the card begins. */
  readonly root: Place;
}

/**
 * The one currency of a card, or `undefined` with issues; each text that is wrong is reported once.
 *
 * @param ofCard the `currency` of the whole card; without it every row names one.
 */
export function readCurrency(
  ofCard: SourceNode | undefined,
  rows: readonly ReadRate[],
  { reader, issues, root, hasUnknownKeys }: CurrencyReader,
): string | undefined {
  const nodes = [ofCard, ...rows.map(({ currency }) => currency)].filter((node) => node !== undefined);
  const without = ofCard ? undefined : rows.find(({ currency }) => currency === undefined);
  if (without && !hasUnknownKeys()) {
    const at = nodes.length === 0 ? root : without.place;
    issues.error({ ...at, path: "currency" }, rateErrors.CSP_RATES_CURRENCY_MISSING, {});
  }
  const named = nodes.flatMap((node) => {
    const text = reader.text(node);
    return text === undefined ? [] : [{ text, place: node.place }];
  });
  const [first] = named;
  const told = new Set<string>();
  for (const { text, place } of named) {
    if (told.has(text)) continue;
    told.add(text);
    if (currencyPlaces(text) === undefined) {
      const nearest = didYouMean(nearWords(text, CURRENCIES).slice(0, 1));
      issues.error(place, rateErrors.CSP_RATES_CURRENCY_UNKNOWN, { value: text, nearest });
    } else if (first && text !== first.text && currencyPlaces(first.text) !== undefined) {
      const details = { currency: text, first: first.text, firstPlace: formatPlace(first.place) };
      issues.error(place, rateErrors.CSP_RATES_CURRENCY_MIXED, details);
    }
  }
  return without ? undefined : first?.text;
}
