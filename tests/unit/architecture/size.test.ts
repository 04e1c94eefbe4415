import assert from "node:assert/strict";
import { dirname } from "node:path";
import { sources } from "./sources.ts";

const MOST_LINES = 300;
const MOST_FILES = 12;

const all = sources(["provider/src", "sdk/nodejs/src", "emulator/src", "scripts", "benchmarks", "examples"]);

describe("sources", () => {
  it(`have at most ${MOST_LINES} lines`, () => {
    assert.deepEqual(
      all.filter(({ lines }) => lines > MOST_LINES).map(({ file, lines }) => `${file}: ${lines}`),
      [],
    );
  });

  it(`stand at most ${MOST_FILES} in a folder`, () => {
    const folders = Map.groupBy(all, ({ file }) => dirname(file));

    assert.deepEqual(
      [...folders]
        .filter(([, files]) => files.length > MOST_FILES)
        .map(([folder, files]) => `${folder}: ${files.length}`),
      [],
    );
  });
});
