/** A decimal number: `units` divided by ten to the power of `places`. */
interface Decimal {
  readonly units: bigint;
  readonly places: number;
}

/** A number as JSON writes it. */
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Digits that a number may have in front of its point, and behind it. */
const MOST_DIGITS = 400;

/** A sum of quantities to the last digit, whatever their order and however they were split. */
export class ExactSum {
  /** What was added so far. */
  count = 0;
  #only: number | string = 0;
  #sum: Decimal | undefined;

  /** Adds a double by its shortest digits, or a number that was written down by its own. */
  add(quantity: number | string): void {
    this.count += 1;
    if (this.count === 1) {
      this.#only = quantity;
      this.#sum = undefined;
    } else if (this.#sum === undefined && bothWhole(this.#only, quantity)) {
      this.#only = Number(this.#only) + Number(quantity);
    } else {
      this.#sum = plus(this.#sum ?? parseDecimal(this.#only), parseDecimal(quantity));
    }
  }

  /** Begins anew. */
  clear(): void {
    this.count = 0;
    this.#only = 0;
    this.#sum = undefined;
  }

  /** The sum as the Hub writes a number; a single number that was written down comes back as it was written. */
  text(): string {
    if (this.#sum !== undefined) return formatDecimal(this.#sum);
    return typeof this.#only === "string" ? this.#only : formatDouble(this.#only);
  }
}

/** Whether a text is a number that can be added. */
export function isQuantity(text: string): boolean {
  const [, , whole = "", fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  return whole !== "" && whole.length + fraction.length <= MOST_DIGITS && Math.abs(Number(exponent)) <= MOST_DIGITS;
}

function bothWhole(left: number | string, right: number | string): boolean {
  return isSmallWhole(left) && isSmallWhole(right);
}

/** Small enough that a month of them adds up without rounding. */
function isSmallWhole(value: number | string): boolean {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 1e12;
}

function parseDecimal(quantity: number | string): Decimal {
  const [, sign = "", whole = "0", fraction = "", exponent = "0"] = NUMBER.exec(String(quantity)) ?? [];
  const units = BigInt(`${sign}${whole}${fraction}`);
  const places = fraction.length - Number(exponent);
  return places < 0 ? { units: units * 10n ** BigInt(-places), places: 0 } : { units, places };
}

function plus(left: Decimal, right: Decimal): Decimal {
  const places = Math.max(left.places, right.places);
  return { units: scaled(left, places) + scaled(right, places), places };
}

function scaled({ units, places }: Decimal, to: number): bigint {
  return places === to ? units : units * 10n ** BigInt(to - places);
}

/**
 * A double as the recorded answers have it: its shortest digits, never without a point, an exponent of at least two
 * digits below 0.0001 and from 1e16 on: `2.0`, `16.461425899527967`, `8.6e-05`.
 */
function formatDouble(value: number): string {
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e16) return `${value}.0`;
  if (size >= 1e-4 && size < 1e16) return String(value);
  return formatDecimal(parseDecimal(value));
}

function formatDecimal({ units, places }: Decimal): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString();
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0.0";
  const exponent = digits.length - places - 1;
  if (exponent < -4 || exponent >= 16) {
    const fraction = significant.slice(1);
    const size = String(Math.abs(exponent)).padStart(2, "0");
    return `${sign}${significant[0]}${fraction === "" ? "" : `.${fraction}`}e${exponent < 0 ? "-" : "+"}${size}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${significant}`;
  const whole = significant.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${significant.slice(exponent + 1) || "0"}`;
}
