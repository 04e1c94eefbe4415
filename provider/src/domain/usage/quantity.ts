/** A JSON number, which is how a Hub writes a quantity. */
const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Such a number as it stands, where it fits into DECIMAL(38,20) without being rounded. */
const SHORT = /^-?(?:0|[1-9]\d{0,17})(?:\.\d{1,20})?$/;

/** What DECIMAL(38,20) has room for, in digits before and behind the point. */
const INTEGER_DIGITS = 18;
const PLACES = 20;

/** Why a quantity has no place in DECIMAL(38,20): too large for it, or too small to be told from zero. */
export type Unstorable = "overflow" | "underflow";

/** A quantity as DECIMAL(38,20): its text without an exponent, or why there is none. */
export type StorableQuantity = { readonly decimal: string } | { readonly unstorable: Unstorable };

/** Whether the text is a number as JSON has them; so are all quantities. */
export function isQuantity(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * The quantity as it is stored: at most 18 digits before the point and 20 behind it.
 *
 * The exponent is written out here, because databases count digits before they apply it; more than 20 places are rounded
 * half away from zero. What would be zero then without being zero is no quantity that sums may be made of.
 *
 * @param text a JSON number, such as `8.6e-05`.
 * @throws RangeError for a text that is no number.
 */
export function toStorable(text: string): StorableQuantity {
  if (SHORT.test(text)) return { decimal: text };
  const [, sign = "", integer = "", fraction = "", exponent = "0"] = NUMBER.exec(text) ?? noNumber(text);
  const digits = `${integer}${fraction}`.replace(/^0+/, "");
  if (digits === "") return { decimal: "0" };
  // The point stands before this digit; an exponent beyond all bounds is caught before it asks for memory.
  const point = digits.length - fraction.length + Number(exponent);
  if (point > INTEGER_DIGITS) return { unstorable: "overflow" };
  if (point < -PLACES) return { unstorable: "underflow" };
  return round(sign, digits, point);
}

/** The digits `0.DIGITS × 10^point`, rounded to 20 places. */
function round(sign: string, digits: string, point: number): StorableQuantity {
  const kept = point + PLACES;
  const unit = BigInt(digits.slice(0, kept).padEnd(kept, "0") || "0");
  const rounded = unit + ((digits[kept] ?? "0") >= "5" ? 1n : 0n);
  if (rounded === 0n) return { unstorable: "underflow" };
  const all = rounded.toString().padStart(PLACES + 1, "0");
  if (all.length > INTEGER_DIGITS + PLACES) return { unstorable: "overflow" };
  const fraction = all.slice(-PLACES).replace(/0+$/, "");
  return { decimal: `${sign}${all.slice(0, -PLACES)}${fraction && `.${fraction}`}` };
}

/** Whether two numbers are equal to their last digit, however they are spelled. */
export function isSameQuantity(one: string, other: string): boolean {
  return one === other || canonical(one) === canonical(other);
}

/** The one spelling of a number: its digits without zeros at either end, and what they are multiplied with. */
function canonical(text: string): string {
  const [, sign = "", integer = "", fraction = "", exponent = "0"] = NUMBER.exec(text) ?? noNumber(text);
  const digits = `${integer}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${power}`;
}

function noNumber(text: string): never {
  throw new RangeError(`"${text}" is no number.`);
}
