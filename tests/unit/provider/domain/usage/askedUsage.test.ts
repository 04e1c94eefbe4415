import assert from "node:assert/strict";
import { hasCode } from "../../../../../provider/src/domain/errors/providerError.ts";
import { judgeUsageRequest, type UsageRequest } from "../../../../../provider/src/domain/usage/askedUsage.ts";

describe("judgeUsageRequest", () => {
  it("divides a long range by the days of UTC, month ends and leap day included", () => {
    const { windows, granularity } = judgeUsageRequest({
      from: "2028-02-28T22:00:00Z",
      to: new Date("2028-03-01T01:00:00Z"),
      granularity: "Hourly",
    });

    assert.equal(granularity, "hourly");
    assert.deepEqual(windows, [
      { start: "2028-02-28T22:00:00Z", end: "2028-02-29T00:00:00Z" },
      { start: "2028-02-29T00:00:00Z", end: "2028-03-01T00:00:00Z" },
      { start: "2028-03-01T00:00:00Z", end: "2028-03-01T01:00:00Z" },
    ]);
  });

  it("takes days and offsets, and sums by day unless it is told otherwise", () => {
    const { windows, granularity } = judgeUsageRequest({ from: "2026-10-25", to: "2026-10-26T02:00:00+02:00" });

    assert.equal(granularity, "daily");
    assert.deepEqual(windows, [{ start: "2026-10-25T00:00:00Z", end: "2026-10-26T00:00:00Z" }]);
  });

  for (const [what, request, expected] of [
    ["no time", { from: "yesterday", to: "2026-10-02" }, /from is "yesterday"/],
    ["a day that is none", { from: "2026-02-30", to: "2026-10-02" }, /from is "2026-02-30"/],
    ["an invalid Date", { from: new Date(Number.NaN), to: "2026-10-02" }, /from is an invalid Date/],
    ["half an hour", { from: "2026-10-01T00:30:00Z", to: "2026-10-02", granularity: "hourly" }, /from .* on the hour/],
    ["a day that begins at another hour", { from: "2026-10-01T01:00:00Z", to: "2026-10-02" }, /from .* at midnight/],
    ["nothing between them", { from: "2026-10-02", to: "2026-10-02" }, /ends before it begins/],
    ["an empty subscriber", { from: "2026-10-01", to: "2026-10-02", subscriberId: " " }, /subscriberId is empty/],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => judgeUsageRequest(request),
        (error) => hasCode(error, "CSP_HUB_QUERY") && expected.test(error.message),
      );
    });
  }

  it("says all that is wrong at once", () => {
    const request = { from: 1, to: "tomorrow", granularity: "weekly" } as unknown as UsageRequest;

    assert.throws(
      () => judgeUsageRequest(request),
      (error) =>
        hasCode(error, "CSP_HUB_QUERY") && /granularity.*from is a number.*to is "tomorrow"/.test(error.message),
    );
  });
});
