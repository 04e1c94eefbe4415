import assert from "node:assert/strict";
import fc from "fast-check";
import { byFirstDay, common, holdsOn, type Period, remaining } from "../../../../../usage/src/domain/rates/period.ts";

const day = (number: number) => `2026-10-${String(number).padStart(2, "0")}`;
const DAYS = Array.from({ length: 31 }, (_, index) => day(index + 1));
const ends = fc.option(fc.integer({ min: 1, max: 31 }).map(day), { nil: undefined });
const periods = fc.record({ from: ends, to: ends }).filter(({ from = "", to = "9999" }) => from < to);

describe("periods", () => {
  it("have their first day, and not their last", () => {
    assert.deepEqual(
      DAYS.filter((one) => holdsOn({ from: day(3), to: day(5) }, one)),
      [day(3), day(4)],
    );
  });

  it("have in common the days that are in both", () => {
    fc.assert(
      fc.property(periods, periods, (left, right) => {
        const both = common(left, right);
        for (const one of DAYS)
          assert.equal(both !== undefined && holdsOn(both, one), holdsOn(left, one) && holdsOn(right, one));
      }),
    );
  });

  it("leave of a whole the days that no part has", () => {
    fc.assert(
      fc.property(periods, fc.array(periods, { maxLength: 4 }), (whole, drawn) => {
        const parts: Period[] = [];
        for (const part of drawn.toSorted(byFirstDay))
          if (!parts.some((other) => common(other, part))) parts.push(part);
        const rest = remaining(whole, parts);
        for (const one of DAYS) {
          const isLeft = holdsOn(whole, one) && !parts.some((part) => holdsOn(part, one));
          assert.equal(rest.filter((period) => holdsOn(period, one)).length, isLeft ? 1 : 0);
        }
      }),
    );
  });
});
