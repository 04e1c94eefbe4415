import assert from "node:assert/strict";
import { dueText } from "../../../../../sdk/nodejs/src/cli/usage/dueText.ts";

const at = (text: string) => Date.parse(text);

describe("dueText", () => {
  const known = { delayHours: 6, now: at("2026-11-30T20:45Z") };

  it("tells what is not due yet, hour by hour", () => {
    assert.match(
      dueText({ ...known, stretch: { from: at("2026-11-01"), to: at("2026-12-03") } }) ?? "",
      /from 2026-11-30T14:00Z to 2026-12-03T00:00Z is not due yet.* 6 hours after its end/,
    );
    assert.match(dueText({ ...known, stretch: { from: at("2026-11-30T14:00Z") } }) ?? "", /^Nothing .* due yet/);
  });

  it("is silent where all of it is due, or no end was named", () => {
    assert.equal(dueText({ ...known, stretch: { to: at("2026-11-30T14:00Z") } }), undefined);
    assert.equal(dueText({ ...known, stretch: { from: at("2026-11-30T13:00Z") } }), undefined);
    assert.equal(dueText({ ...known, stretch: {} }), undefined);
  });
});
