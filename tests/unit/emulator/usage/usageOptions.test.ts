import assert from "node:assert/strict";
import { formatUtc } from "../../../../emulator/src/usage/hours.ts";
import { parseUsageArgument, type UsageOptions, usageTimes } from "../../../../emulator/src/usage/usageOptions.ts";

const now = new Date("2026-11-30T18:54:50Z");

function times(options: UsageOptions, at = now) {
  const { first, last, end } = usageTimes(options, at);
  return [formatUtc(first), formatUtc(last), Number.isFinite(end) ? formatUtc(end) : end];
}

describe("usageTimes", () => {
  it("goes back two months from the last full hour, and on with the clock", () => {
    assert.deepEqual(times({}), ["2026-09-30T00:00:00Z", "2026-11-30T17:00:00Z", Number.POSITIVE_INFINITY]);
  });

  it("ends where it is told to", () => {
    const until = new Date("2026-11-01T00:00Z");

    assert.deepEqual(times({ until }), ["2026-09-01T00:00:00Z", "2026-10-31T23:00:00Z", "2026-11-01T00:00:00Z"]);
    assert.equal(times({ until, months: 12 })[0], "2025-11-01T00:00:00Z");
  });

  it("takes the last day of a month that is shorter, leap years included", () => {
    const first = (until: string, months: number) => times({ until: new Date(until), months })[0];

    assert.equal(first("2026-03-31T05:00Z", 1), "2026-02-28T00:00:00Z");
    assert.equal(first("2028-03-31T05:00Z", 1), "2028-02-29T00:00:00Z");
    assert.equal(first("2026-01-15T00:00Z", 2), "2025-11-15T00:00:00Z");
  });
});

describe("parseUsageArgument", () => {
  it("reads what is given, and leaves the rest to the defaults", () => {
    assert.deepEqual(parseUsageArgument("months=2,tenants=200,seed=7,until=2026-11-01T00:00Z"), {
      months: 2,
      tenants: 200,
      seed: 7,
      until: new Date("2026-11-01T00:00Z"),
    });
    assert.deepEqual(parseUsageArgument("seed=3"), { seed: 3 });
  });

  it("takes anything else for the name of a file", () => {
    assert.equal(parseUsageArgument("./usage/rows.jsonl"), "./usage/rows.jsonl");
  });

  it("names what is wrong", () => {
    for (const argument of [
      "months=0",
      "months=2.5",
      "tenants=-1",
      "seed=x",
      "seed=",
      "until=2026-11-01T00:30Z",
      "until=yesterday",
      "months=2,month=3",
      "months=2,",
    ])
      assert.throws(() => parseUsageArgument(argument), RangeError, argument);
  });
});
