import assert from "node:assert/strict";
import { shortestName } from "../../../../../sdk/nodejs/src/cli/stacks/nameStack.ts";

const implied = { project: "shop", organization: "acme" };

describe("shortestName", () => {
  for (const spelling of ["test", "acme/test", "acme/shop/test"]) {
    it(`is one for every spelling of a stack: ${spelling}`, () => {
      assert.equal(shortestName(spelling, implied), "test");
    });
  }

  it("keeps what is not implied", () => {
    assert.equal(shortestName("other/test", implied), "other/test");
    assert.equal(shortestName("other/shop/test", implied), "other/test");
    assert.equal(shortestName("acme/elsewhere/test", implied), "acme/elsewhere/test");
  });
});
