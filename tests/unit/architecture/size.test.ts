import assert from "node:assert/strict";
import { sources } from "./sources.ts";

const MOST_LINES = 300;

const all = sources([
  "provider/src",
  "sdk/nodejs/src",
  "emulator/src",
  "usage/src",
  "scripts",
  "benchmarks",
  "examples",
]);

describe("sources", () => {
  it(`have at most ${MOST_LINES} lines`, () => {
    assert.deepEqual(
      all.filter(({ lines }) => lines > MOST_LINES).map(({ file, lines }) => `${file}: ${lines}`),
      [],
    );
  });
});
