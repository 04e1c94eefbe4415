import assert from "node:assert/strict";
import { parseInstant } from "../../../../emulator/src/usage/instants.ts";

describe("parseInstant", () => {
  it("reads every spelling that clients were seen to use", () => {
    for (const text of [
      "2019-12-10T19:00:00Z",
      "2019-12-10T19:00:00+00:00",
      "2019-12-10T19:00:00 00:00",
      "2019-12-10T19:00:00.0000000+00:00",
      "2019-12-10T19:00:00.0000000 00:00",
      "2019-12-10T19:00:00+00:00Z",
      "2019-12-10T19:00:00.00Z",
      "2019-12-10T19:00:00.000Z",
      "2019-12-10T19:00:00",
      "2019-12-10T19:00",
      "2019-12-10T20:00:00+01:00",
      "2019-12-10T13:30:00-05:30",
      "2019-12-10t19:00:00z",
    ])
      assert.equal(parseInstant(text)?.toISOString(), "2019-12-10T19:00:00.000Z", text);
    assert.equal(parseInstant("2017-09-06")?.toISOString(), "2017-09-06T00:00:00.000Z");
  });

  it("keeps whatever stands behind the hour", () => {
    assert.equal(parseInstant("2015-06-16T18:53:11+00:00Z")?.toISOString(), "2015-06-16T18:53:11.000Z");
    assert.notEqual(Number(parseInstant("2015-06-16T18:00:00.0000001Z")) % 3_600_000, 0);
  });

  it("refuses days and hours that there are not, and what is no time", () => {
    for (const text of [
      "",
      "2026-02-30T00:00:00Z",
      "2027-02-29T00:00:00Z",
      "2026-13-01T00:00:00Z",
      "2026-01-01T24:00:00Z",
      "2026-01-01T00:60:00Z",
      "2026-01-01T00:00:00+99:00",
      "10/12/2019",
      "now",
      "1575997200",
    ])
      assert.equal(parseInstant(text), undefined, text);
  });
});
