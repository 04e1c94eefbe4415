import assert from "node:assert/strict";
import fc from "fast-check";
import { isQuantity, isSameQuantity, toStorable } from "../../../../../provider/src/domain/usage/quantity.ts";

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength, maxLength });

const integers = fc.oneof(
  fc.constant("0"),
  fc.tuple(fc.constantFrom(..."123456789"), digits(0, 25)).map((parts) => parts.join("")),
);

const numbers = fc
  .tuple(
    fc.constantFrom("", "-"),
    integers,
    fc.oneof(
      fc.constant(""),
      digits(1, 30).map((text) => `.${text}`),
    ),
    fc.oneof(
      fc.constant(""),
      fc.tuple(fc.constantFrom("e", "E", "e+", "e-", "E-"), fc.nat(45)).map((parts) => parts.join("")),
    ),
  )
  .map((parts) => parts.join(""));

const ONE = 10n ** 100n;

/** The number times 10^100, by another way than the one tested: a fraction of two integers. */
function scaled(text: string): bigint {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [integer = "", fraction = ""] = mantissa.split(".");
  const places = fraction.length - Number(exponent);
  const unit = BigInt(`${integer}${fraction}`);
  return places > 0 ? (unit * ONE) / 10n ** BigInt(places) : unit * ONE * 10n ** BigInt(-places);
}

/** Half away from zero, to 20 places. */
function rounded(text: string): bigint {
  const value = scaled(text);
  const step = 10n ** 80n;
  const magnitude = ((value < 0n ? -value : value) + step / 2n) / step;
  return (value < 0n ? -magnitude : magnitude) * step;
}

describe("toStorable", () => {
  for (const [text, decimal] of [
    ["1.0", "1.0"],
    ["-2.5", "-2.5"],
    ["0", "0"],
    ["-0.0", "-0.0"],
    ["0e999999999", "0"],
    ["8.6e-05", "0.000086"],
    ["8.381903171539307e-08", "0.00000008381903171539"],
    ["1.2E+3", "1200"],
    ["1234567890123456789e-18", "1.234567890123456789"],
    ["999999999999999999.99999999999999999999", "999999999999999999.99999999999999999999"],
    ["0.000000000000000000005", "0.00000000000000000001"],
    ["-0.000000000000000000005", "-0.00000000000000000001"],
    ["0.123456789012345678904999", "0.1234567890123456789"],
    ["0.00134408602150537620001234", "0.00134408602150537620"],
  ] as const) {
    it(`writes ${text} out`, () => {
      const result = toStorable(text);

      assert.ok("decimal" in result);
      assert.equal(scaled(result.decimal), scaled(decimal));
      assert.doesNotMatch(result.decimal, /e/i);
    });
  }

  for (const [text, unstorable] of [
    ["1E+30", "overflow"],
    ["1e999999999", "overflow"],
    ["1000000000000000000", "overflow"],
    ["12345678901234567890.5", "overflow"],
    ["999999999999999999.999999999999999999995", "overflow"],
    ["1E-40", "underflow"],
    ["1e-999999999", "underflow"],
    ["0.000000000000000000004999", "underflow"],
  ] as const) {
    it(`has no room for ${text}`, () => {
      assert.deepEqual(toStorable(text), { unstorable });
    });
  }

  it("rounds every number as an exact calculation does, or says why it cannot be stored", () => {
    fc.assert(
      fc.property(numbers, (text) => {
        const result = toStorable(text);
        const expected = rounded(text);
        if ("unstorable" in result) {
          assert.ok(
            result.unstorable === "overflow"
              ? expected >= 10n ** 118n || -expected >= 10n ** 118n
              : expected === 0n && scaled(text.replace(/e.*/i, "")) !== 0n,
          );
        } else {
          assert.match(result.decimal, /^-?\d{1,18}(\.\d{1,20})?$/);
          assert.equal(scaled(result.decimal), expected);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("refuses what is no number", () => {
    for (const text of ["", "1.", ".5", "01", "+1", "0x10", "NaN", "1_000", " 1"]) {
      assert.ok(!isQuantity(text), text);
      assert.throws(() => toStorable(text), RangeError);
    }
  });
});

describe("isSameQuantity", () => {
  it("compares by value, beyond what can be stored", () => {
    for (const [one, other] of [
      ["1.0", "1"],
      ["1.50e1", "15.0"],
      ["0.0", "-0e9"],
      ["8.6e-05", "0.000086"],
      ["1e999999999", "10e999999998"],
    ] as const) {
      assert.ok(isSameQuantity(one, other), `${one} ${other}`);
    }
    for (const [one, other] of [
      ["1.0", "-1.0"],
      ["1", "10"],
      ["0.000000000000000000001", "0.000000000000000000002"],
      ["1e30", "1e31"],
    ] as const) {
      assert.ok(!isSameQuantity(one, other), `${one} ${other}`);
    }
  });

  it("is as equal as exact numbers are", () => {
    fc.assert(
      fc.property(numbers, numbers, (one, other) => isSameQuantity(one, other) === (scaled(one) === scaled(other))),
    );
  });
});
