/** Digits behind the point; a Hub writes at most 17 of a number, and small numbers with an exponent. */
const PLACES = 40;

/** A quantity in units of 10^-40, without losing a digit. */
function toUnits(quantity: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(quantity);
  if (!match) throw new Error(`${quantity} is no number.`);
  const [, sign = "", integer = "", fraction = "", exponent = "0"] = match;
  const places = PLACES - fraction.length + Number(exponent);
  if (places < 0) throw new Error(`${quantity} has more than ${PLACES} places.`);
  const units = BigInt(`${integer}${fraction}`) * 10n ** BigInt(places);
  return sign === "" ? units : -units;
}

/** The sum of two quantities, to the last digit. */
export function add(left: string, right: string): string {
  const sum = toUnits(left) + toUnits(right);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  return `${sum < 0n ? "-" : ""}${digits.slice(0, -PLACES)}${fraction && `.${fraction}`}`;
}
