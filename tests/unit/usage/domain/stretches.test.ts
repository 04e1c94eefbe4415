import assert from "node:assert/strict";
import { hasCode } from "@azurestack-csp/provider";
import { readAgain, readStretch, requireBegun } from "../../../../usage/src/domain/stretches.ts";
import { windowsIn } from "../../../../usage/src/domain/windows.ts";
import { usageErrors } from "../../../../usage/src/errors.ts";

const texts = ({ from, to }: { from?: number; to?: number }) =>
  [from, to].map((time) => (time === undefined ? undefined : new Date(time).toISOString().slice(0, 16)));

function assertRefused(act: () => unknown): void {
  assert.throws(act, (error) => hasCode(error, usageErrors.CSP_SYNC_RANGE));
}

describe("readStretch", () => {
  it("takes the last day as inside, and an hour as where it ends", () => {
    assert.deepEqual(texts(readStretch({ from: "2026-10-01", to: "2026-10-31" }, 48)), [
      "2026-10-01T00:00",
      "2026-11-01T00:00",
    ]);
    assert.deepEqual(texts(readStretch({ from: "2026-10-01T18:00Z", to: "2026-10-01T20:00:00Z" }, 48)), [
      "2026-10-01T18:00",
      "2026-10-01T20:00",
    ]);
    assert.deepEqual(texts(readStretch({ to: "2028-02-29" }, 48)), [undefined, "2028-03-01T00:00"]);
  });

  it("takes a month with the time in which its last days are still reported", () => {
    assert.deepEqual(texts(readStretch({ month: "2026-12" }, 48)), ["2026-12-01T00:00", "2027-01-03T00:00"]);
    assert.deepEqual(texts(readStretch({ month: "2026-02" }, 0)), ["2026-02-01T00:00", "2026-03-01T00:00"]);
  });

  it("refuses what is no day, no full hour, no month, or ends before it begins", () => {
    for (const from of [
      "2026-02-29",
      "2026-10-01T18:30Z",
      "2026-10-01T24:00Z",
      "2026-10-01T18:00",
      "today",
      "2026-13-01",
    ])
      assertRefused(() => readStretch({ from }, 48));
    for (const month of ["2026-13", "2026-1", "october"]) assertRefused(() => readStretch({ month }, 48));
    assertRefused(() => readStretch({ month: "2026-10", from: "2026-10-01" }, 48));
    for (const other of [{ from: "2026-10-01" }, { to: "2026-10-01" }, { month: "2026-10" }])
      assertRefused(() => readStretch({ ...other, again: "2026-10-01..2026-10-02" }, 48));
    assertRefused(() => readStretch({ from: "2026-10-02", to: "2026-10-01" }, 48));
  });

  it("names what stands beside an option that says all, and nothing else", () => {
    const named = (reason: RegExp) => (error: unknown) =>
      hasCode(error, usageErrors.CSP_SYNC_RANGE) && reason.test(error.details.reason);

    assert.throws(() => readStretch({ month: "2026-10", from: "2026-10-01" }, 48), named(/stands --from 2026-10-01$/));
    assert.throws(
      () => readStretch({ again: "2026-10-01..2026-10-02", to: "2026-10-01", month: "2026-10" }, 48),
      named(/stands --to 2026-10-01 and --month 2026-10$/),
    );
  });
});

describe("requireBegun", () => {
  const now = Date.parse("2026-11-30T20:45Z");
  const judge = (asked: { month?: string; from?: string; to?: string }) =>
    requireBegun(asked, readStretch(asked, 48), now);

  it("refuses a time that begins in the future, by the option that says so", () => {
    for (const [asked, option] of [
      [{ month: "2027-05" }, "--month"],
      [{ from: "2026-12-01", to: "2026-12-02" }, "--from"],
    ] as const)
      assert.throws(
        () => judge(asked),
        (error) => hasCode(error, usageErrors.CSP_SYNC_RANGE) && error.details.option === option,
      );
    for (const asked of [{ month: "2026-11" }, { from: "2026-11-30" }, { to: "2027-01-01" }, {}]) judge(asked);
  });
});

describe("readAgain", () => {
  it("takes days and hours, and refuses the rest", () => {
    assert.deepEqual(texts(readAgain("2026-10-03..2026-10-03")), ["2026-10-03T00:00", "2026-10-04T00:00"]);
    assert.deepEqual(texts(readAgain("2026-10-03T05:00Z..2026-10-03T06:00Z")), [
      "2026-10-03T05:00",
      "2026-10-03T06:00",
    ]);
    for (const text of [
      "2026-10-03",
      "2026-10-03..",
      "a..b",
      "2026-10-03T05:00Z..2026-10-03T05:00Z",
      "2026-10-01..2026-10-02..2026-10-03",
    ])
      assertRefused(() => readAgain(text));
  });
});

describe("windowsIn", () => {
  it("cuts time in one way alone, and takes whole windows", () => {
    const stretch = { from: Date.parse("2026-10-01T10:30Z"), to: Date.parse("2026-10-03T12:15Z") };

    assert.deepEqual(windowsIn(stretch, "daily"), [{ start: "2026-10-02T00:00:00Z", end: "2026-10-03T00:00:00Z" }]);
    const hourly = windowsIn(stretch, "hourly");
    assert.deepEqual(
      [hourly.length, hourly[0]?.start, hourly.at(-1)?.end],
      [49, "2026-10-01T11:00:00Z", "2026-10-03T12:00:00Z"],
    );
    assert.deepEqual(windowsIn({ from: 1, to: 0 }, "hourly"), []);
  });
});
