import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { errorsPage, errorsPageFile } from "../../../../scripts/dev/errorsPage.ts";
import { errorFamilies } from "../../../../sdk/nodejs/src/cli/errors/errorFamilies.ts";

describe("errorsPage", () => {
  it("is what docs/errors.md holds; write it anew with scripts/dev/errorsPage.ts", () => {
    assert.equal(readFileSync(errorsPageFile, "utf8").replaceAll("\r\n", "\n"), errorsPage());
  });

  it("has every code of every family, in their order", () => {
    const headings = [...errorsPage().matchAll(/^### (\w+)$/gm)].map(([, code]) => code);

    assert.deepEqual(
      headings,
      errorFamilies.flatMap(({ errors }) => Object.keys(errors)),
    );
  });
});
