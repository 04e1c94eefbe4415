import type { Place, SourceNode } from "@azurestack-csp/provider";
import type { CardReader } from "./cardReader.ts";
import { type Decimal, parseDecimal, placesNeeded } from "./decimal.ts";
import { rateErrors } from "./rateErrors.ts";

/** How long a number may be. */
interface Room {
  /** Digits before the point. */
  readonly digits: number;
  /** Digits behind it; zeros at the end do not count. */
  readonly places: number;
}

/** What prices are stored with is DECIMAL(18,8); how many places they have is judged once their markup is on them. */
const PRICE: Room = { digits: 10, places: 90 };

/** Quantities are DECIMAL(38,20). */
const QUANTITY: Room = { digits: 18, places: 20 };

/** Per cent: no markup that anybody means has more. */
const PER_CENT: Room = { digits: 6, places: 20 };

/** A double keeps this many digits of any number. */
const DIGITS_OF_A_DOUBLE = 15;

/** A price of one unit: 0 or more. */
export function readPrice(node: SourceNode | undefined, card: CardReader): Decimal | undefined {
  return readNumber(node, card, PRICE);
}

/** A quantity in the meter's unit: 0 or more. */
export function readQuantity(node: SourceNode | undefined, card: CardReader): Decimal | undefined {
  return readNumber(node, card, QUANTITY);
}

/** A markup with its sign, such as `2.5%`; more than -100. */
export function readMarkup(node: SourceNode | undefined, { reader, issues }: CardReader): Decimal | undefined {
  const text = reader.text(node);
  if (node === undefined || text === undefined) return undefined;
  const refuse = (hint: string) => {
    issues.error(node.place, rateErrors.CSP_RATES_MARKUP, { property: node.place.path, value: text, hint });
    return undefined;
  };
  if (!text.endsWith("%")) return refuse(parseDecimal(text) ? " (the sign % is missing)" : "");
  const number = text.slice(0, -1).trim();
  const markup = parseDecimal(number);
  const problem = markup ? problemOf(number, markup, PER_CENT) : hintOf(number);
  if (!markup || problem !== "") return refuse(problem);
  // What is left of the price would be nothing, or less.
  return markup.units <= -100n * 10n ** BigInt(markup.places)
    ? refuse(" (nothing would be left of the price)")
    : markup;
}

function readNumber(node: SourceNode | undefined, card: CardReader, room: Room): Decimal | undefined {
  const text = card.reader.text(node);
  if (node === undefined || text === undefined) return undefined;
  const { issues } = card;
  const { place } = node;
  const property = place.path;
  const value = parseDecimal(text);
  const hint = value ? problemOf(text, value, room) : hintOf(text);
  if (!value || hint !== "") {
    issues.error(place, rateErrors.CSP_RATES_NUMBER, { property, value: text, hint });
    return undefined;
  }
  if (value.units < 0n) {
    issues.error(place, rateErrors.CSP_RATES_NEGATIVE, { property, value: text });
    return undefined;
  }
  if (isBareAndLong(text, place, card)) {
    const most = String(DIGITS_OF_A_DOUBLE);
    issues.error(place, rateErrors.CSP_RATES_DIGITS, { property, value: text, most });
    return undefined;
  }
  return value;
}

function isBareAndLong(text: string, place: Place, { isBare }: CardReader): boolean {
  const digits = (text.includes(".") ? text.replace(/0+$/, "") : text).replace(/\D/g, "").replace(/^0+/, "");
  return digits.length > DIGITS_OF_A_DOUBLE && isBare(place);
}

function problemOf(text: string, value: Decimal, { digits, places }: Room): string {
  if (value.units === 0n && text.startsWith("-")) return " (zero has no sign, so digits may be missing)";
  const magnitude = value.units < 0n ? -value.units : value.units;
  if (magnitude >= 10n ** BigInt(digits + value.places)) return ` (it has more than ${digits} digits before the point)`;
  return placesNeeded(value) > places ? ` (it has more than ${places} places)` : "";
}

/** What the text is more likely than a number, in words. */
function hintOf(text: string): string {
  if (/^-?\d*\.?\d+[eE][+-]?\d+$/.test(text)) return " (it has an exponent, which spreadsheets make of small numbers)";
  if (/^[-+]?[\d.\s']*,\d*$/.test(text)) return " (it has a comma)";
  if (/^[-+]?\d+\.\d+(?:\.\d+)+$/.test(text)) return " (it has more than one point)";
  if (/^\+/.test(text)) return " (it begins with +)";
  if (/^-?0\d/.test(text)) return " (it begins with a zero too many)";
  if (/[\p{Sc}]|[A-Z]{3}/u.test(text)) return " (the currency stands in `currency` alone)";
  if (text.endsWith("%")) return " (per cent are for `markup` alone)";
  return "";
}
