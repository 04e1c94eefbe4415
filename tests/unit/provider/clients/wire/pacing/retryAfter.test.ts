import assert from "node:assert/strict";
import { parseRetryAfter } from "../../../../../../provider/src/clients/wire/pacing/retryAfter.ts";

const now = Date.parse("2026-03-01T12:00:00Z");

describe("parseRetryAfter", () => {
  for (const [what, retryAfter, date, expected] of [
    ["whole seconds", "17", undefined, 17_000],
    ["fractional seconds", "0.25", undefined, 250],
    ["seconds in spaces", " 3 ", undefined, 3000],
    ["a date", "Sun, 01 Mar 2026 12:00:20 GMT", undefined, 20_000],
    ["a date, measured from the answer's own", "Sun, 01 Mar 2026 13:00:20 GMT", "Sun, 01 Mar 2026 13:00:15 GMT", 5000],
    ["a date beside an unreadable one", "Sun, 01 Mar 2026 12:00:20 GMT", "today", 20_000],
    ["more seconds than there is time for", "9".repeat(30), undefined, 31_622_400_000],
    ["zero", "0", undefined, undefined],
    ["a date in the past", "Sun, 01 Mar 2026 11:00:00 GMT", undefined, undefined],
    ["words", "soon", undefined, undefined],
    ["a negative number", "-5", undefined, undefined],
    ["nothing", undefined, undefined, undefined],
    ["an empty text", "", undefined, undefined],
  ] as const) {
    it(`reads ${what}`, () => assert.equal(parseRetryAfter({ retryAfter, date, now }), expected));
  }
});
