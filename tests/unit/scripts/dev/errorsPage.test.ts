import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { errorCatalogue } from "../../../../provider/src/domain/errors/catalogue.ts";
import { errorsPage, errorsPageFile } from "../../../../scripts/dev/errorsPage.ts";

describe("errorsPage", () => {
  it("is what docs/errors.md holds; write it anew with scripts/dev/errorsPage.ts", () => {
    assert.equal(readFileSync(errorsPageFile, "utf8").replaceAll("\r\n", "\n"), errorsPage());
  });

  it("has every code of the catalogue once", () => {
    const headings = [...errorsPage().matchAll(/^### (\w+)$/gm)].map(([, code]) => code);

    assert.deepEqual(headings.toSorted(), Object.keys(errorCatalogue).toSorted());
  });
});
