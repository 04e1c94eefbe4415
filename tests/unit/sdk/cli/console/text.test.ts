import assert from "node:assert/strict";
import { wrap } from "../../../../../sdk/nodejs/src/cli/console/text.ts";

describe("wrap", () => {
  it("breaks between words and indents each line", () => {
    assert.equal(wrap("one two three four", { width: 12, indent: "  " }), "  one two\n  three four");
  });

  it("counts columns, of which a Chinese character takes two", () => {
    assert.equal(wrap("云计算 云计算 云计算", { width: 15, indent: "  " }), "  云计算 云计算\n  云计算");
  });

  it("keeps a word whole that is longer than a line", () => {
    assert.equal(
      wrap("see https://example.com/a/b now", { width: 10, indent: "" }),
      "see\nhttps://example.com/a/b\nnow",
    );
  });
});
