import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./runProgram.ts";

describe("docs/what-stops-what.md", () => {
  const text = readFileSync(join(ROOT, "docs/what-stops-what.md"), "utf8");

  it("names tests that are there", () => {
    const files = [...text.matchAll(/`(tests\/[^`]+)`/g)].map(([, file = ""]) => file);

    assert.ok(files.length > 0);
    assert.deepEqual(
      files.filter((file) => !existsSync(join(ROOT, file))),
      [],
    );
  });
});
