import assert from "node:assert/strict";
import { elapsed } from "../../../../scripts/setup/progress.mjs";

describe("elapsed", () => {
  for (const [durationInMs, text] of [
    [0, "0:00"],
    [9_400, "0:09"],
    [59_600, "1:00"],
    [601_000, "10:01"],
  ] as const) {
    it(`writes ${durationInMs} ms as ${text}`, () => {
      assert.equal(elapsed(durationInMs), text);
    });
  }
});
