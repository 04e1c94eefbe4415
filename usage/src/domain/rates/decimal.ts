/**
 * A decimal number, exact: `units` × 10^-`places`.
 *
 * Sums, differences and products of these are exact, for a BigInt has as many digits as it takes; nothing here is ever a
 * double, and only {@link roundDecimal} rounds.
 */
export interface Decimal {
  readonly units: bigint;
  /** Digits behind the point, 0 or more; zeros at the end count. */
  readonly places: number;
}

export const ZERO: Decimal = { units: 0n, places: 0 };

/** A number written out: no exponent, no sign but a minus, digits on both sides of a point. */
const PLAIN = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/;

/** Longer is no number that anybody meant, and BigInt takes its time with it. */
const MOST_CHARACTERS = 100;

/** Reads a number that is written out, such as `-0.10`; `undefined` for any other text. */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const match = PLAIN.exec(text);
  if (!match) return undefined;
  const [, sign = "", integer = "", fraction = ""] = match;
  const units = BigInt(integer + fraction);
  return { units: sign === "-" ? -units : units, places: fraction.length };
}

/** The number written out, without zeros at the end: `0.1`; never `-0`. */
export function formatDecimal({ units, places }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const integer = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${integer}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The sum, exact. */
export function add(left: Decimal, right: Decimal): Decimal {
  const places = Math.max(left.places, right.places);
  return { units: unitsAt(left, places) + unitsAt(right, places), places };
}

/** The difference, exact. */
export function subtract(left: Decimal, right: Decimal): Decimal {
  return add(left, { ...right, units: -right.units });
}

/** The product, exact; its places are those of both. */
export function multiply(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, places: left.places + right.places };
}

/** Below 0 where the left one is less, 0 where they are equal, above 0 where it is more. */
export function compare(left: Decimal, right: Decimal): number {
  const places = Math.max(left.places, right.places);
  const difference = unitsAt(left, places) - unitsAt(right, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** How many places it takes to write the number: zeros at the end do not count. */
export function placesNeeded({ units, places }: Decimal): number {
  let needed = places;
  for (let rest = units; needed > 0 && rest % 10n === 0n; rest /= 10n) needed -= 1;
  return needed;
}

/** The number with so many places, halves rounded away from zero: 2.665 is 2.67 with two, -2.665 is -2.67. */
export function roundDecimal(value: Decimal, places: number): Decimal {
  if (value.places <= places) return { units: unitsAt(value, places), places };
  const divisor = 10n ** BigInt(value.places - places);
  const half = divisor / 2n;
  return { units: (value.units + (value.units < 0n ? -half : half)) / divisor, places };
}

/** The units of the number with as many places as it has, or more. */
function unitsAt({ units, places }: Decimal, more: number): bigint {
  return more === places ? units : units * 10n ** BigInt(more - places);
}
