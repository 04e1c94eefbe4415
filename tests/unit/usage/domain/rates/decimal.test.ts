import assert from "node:assert/strict";
import fc from "fast-check";
import {
  add,
  compare,
  type Decimal,
  formatDecimal,
  multiply,
  parseDecimal,
  placesNeeded,
  roundDecimal,
  subtract,
} from "../../../../../usage/src/domain/rates/decimal.ts";

const decimals = fc.record({ units: fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), places: fc.nat(28) });

function read(text: string): Decimal {
  const value = parseDecimal(text);
  assert.ok(value, text);
  return value;
}

describe("decimals", () => {
  it("are read digit by digit", () => {
    assert.deepEqual(read("0.10"), { units: 10n, places: 2 });
    assert.deepEqual(read("-12345678901234567.89012345678901234567"), {
      units: -1234567890123456789012345678901234567n,
      places: 20,
    });
  });

  for (const text of ["", "1e3", "1.", ".5", "+1", "01", "1,5", "0x10", "1_000", " 1", "1 ", "١", "NaN", "--1"]) {
    it(`are not read from "${text}"`, () => {
      assert.equal(parseDecimal(text), undefined);
    });
  }

  it("are not read from what nobody meant as a number", () => {
    assert.equal(parseDecimal("9".repeat(101)), undefined);
  });

  it("are written as they are read, without zeros at the end and without -0", () => {
    for (const [text, written] of [
      ["0.10", "0.1"],
      ["-0.00", "0"],
      ["-0.05", "-0.05"],
      ["100", "100"],
      ["0.00000000000000000001", "0.00000000000000000001"],
    ] as const)
      assert.equal(formatDecimal(read(text)), written);
    fc.assert(fc.property(decimals, (value) => compare(read(formatDecimal(value)), value) === 0));
  });

  it("are added, taken away and multiplied without rounding", () => {
    fc.assert(
      fc.property(decimals, decimals, (left, right) => {
        assert.equal(compare(subtract(add(left, right), right), left), 0);
        const product = multiply(left, right);
        assert.equal(product.units, left.units * right.units);
        assert.equal(product.places, left.places + right.places);
      }),
    );
    assert.equal(formatDecimal(add(read("0.1"), read("0.2"))), "0.3");
    assert.equal(
      formatDecimal(multiply(read("123456789012345678.12345678901234567891"), read("0.12345679"))),
      "15241578875171467.7914951988751714678885992989",
    );
  });

  it("are compared by what they are worth", () => {
    assert.equal(compare(read("0.10"), read("0.1")), 0);
    assert.ok(compare(read("-0.2"), read("-0.1")) < 0);
    assert.ok(compare(read("2"), read("1.99999999999999999999")) > 0);
  });

  it("need the places that zeros at the end do not fill", () => {
    assert.deepEqual(
      ["0.10", "100", "0.00", "1.0203"].map((text) => placesNeeded(read(text))),
      [1, 0, 0, 4],
    );
  });

  for (const [text, places, rounded] of [
    ["2.665", 2, "2.67"],
    ["-2.665", 2, "-2.67"],
    ["2.6649999999999999999999999999", 2, "2.66"],
    ["0.5", 0, "1"],
    ["-0.5", 0, "-1"],
    ["-0.49", 0, "0"],
    ["1.005", 2, "1.01"],
    ["12.3456", 3, "12.346"],
    ["7", 3, "7"],
  ] as const) {
    it(`round ${text} to ${rounded} with ${places} places`, () => {
      const value = roundDecimal(read(text), places);

      assert.equal(formatDecimal(value), rounded);
      assert.equal(value.places, places);
    });
  }

  it("round by half a unit at most, and halves away from zero", () => {
    fc.assert(
      fc.property(decimals, fc.nat(28), (value, places) => {
        const rounded = roundDecimal(value, places);
        const off = subtract(value, rounded);
        const twice = { units: (off.units < 0n ? -off.units : off.units) * 2n, places: off.places };
        const unit = { units: 1n, places };
        assert.ok(compare(twice, unit) <= 0);
        if (compare(twice, unit) === 0) assert.ok(off.units < 0n === value.units > 0n);
      }),
    );
  });
});
