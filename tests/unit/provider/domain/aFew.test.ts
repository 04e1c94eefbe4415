import assert from "node:assert/strict";
import { aFew } from "@azurestack-csp/provider";

describe("aFew", () => {
  for (const [title, words, text] of [
    ["names nothing where there is nothing", [], ""],
    ["names all of five", ["a", "b", "c", "d", "e"], "a, b, c, d, e"],
    ["counts what comes after the fifth", ["a", "b", "c", "d", "e", "f", "g"], "a, b, c, d, e, and 2 more"],
  ] as const) {
    it(title, () => {
      assert.equal(aFew(words), text);
    });
  }

  it("names as many as it is told, and counts the rest in the words of its message", () => {
    assert.equal(aFew(["a", "b", "c"], { most: 1, and: " and" }), "a and 2 more");
  });
});
