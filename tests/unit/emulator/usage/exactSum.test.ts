import assert from "node:assert/strict";
import fc from "fast-check";
import { ExactSum, isQuantity } from "../../../../emulator/src/usage/exactSum.ts";
import { unitsOf } from "./support.ts";

function sum(...quantities: readonly (number | string)[]): string {
  const exact = new ExactSum();
  for (const quantity of quantities) exact.add(quantity);
  return exact.text();
}

const quantity = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((value) => (Math.abs(value) < 1e-30 ? 0 : value));

describe("ExactSum", () => {
  it("spells doubles as the recorded answers do", () => {
    const recorded = [
      [2, "2.0"],
      [16.461425899527967, "16.461425899527967"],
      [0.000186920166015625, "0.000186920166015625"],
      [1.52587890625e-5, "1.52587890625e-05"],
      [6.36465847492218e-6, "6.36465847492218e-06"],
      [8.381903171539307e-8, "8.381903171539307e-08"],
      [1 / 744, "0.0013440860215053765"],
      [8.6e-5, "8.6e-05"],
      [-0.25, "-0.25"],
      [0, "0.0"],
      [-0, "0.0"],
      [1e15, "1000000000000000.0"],
      [1e21, "1e+21"],
      [1e-7, "1e-07"],
    ] as const;

    for (const [value, text] of recorded) assert.equal(sum(value), text);
  });

  it("keeps every digit that doubles would lose", () => {
    assert.equal(sum(0.1, 0.2), "0.3");
    assert.equal(sum(1, 1e-20), "1.00000000000000000001");
    assert.equal(sum("9007199254740993", 1), "9007199254740994.0");
    assert.equal(sum(8.6e-5, 1.4e-5), "0.0001");
    assert.equal(sum(0.5, -0.5), "0.0");
  });

  it("gives a number that was written down back as it was written", () => {
    assert.equal(sum("1.10"), "1.10");
    assert.equal(sum("12345678901234567890.123456789"), "12345678901234567890.123456789");
  });

  it("is the sum to the last digit, in whatever order", () => {
    fc.assert(
      fc.property(fc.array(quantity, { minLength: 1 }), (quantities) => {
        const expected = quantities.reduce((total, value) => total + unitsOf(String(value)), 0n);
        assert.equal(unitsOf(sum(...quantities)), expected);
        assert.equal(sum(...quantities), sum(...quantities.toReversed()));
      }),
    );
  });

  it("spells any double so that it reads as the same double", () => {
    fc.assert(fc.property(quantity, (value) => assert.equal(Number(sum(value)), value + 0)));
  });

  it("begins anew", () => {
    const exact = new ExactSum();
    exact.add(0.1);
    exact.add(0.2);
    exact.clear();
    assert.equal(exact.count, 0);
    exact.add(3);
    assert.equal(exact.text(), "3.0");
  });

  it("tells numbers from other texts, and from such as no memory holds", () => {
    for (const text of ["1", "-0.5", "8.6e-05", "1E+30"]) assert.ok(isQuantity(text), text);
    for (const text of ["", "NaN", "1,5", ".5", "5.", "0x10", "1e999999999", "1".repeat(401)])
      assert.ok(!isQuantity(text), text);
  });
});
