import assert from "node:assert/strict";
import { sentences, text } from "../../../../../provider/src/clients/wire/foreignText.ts";
import { longestMatched } from "../../../../support/longestMatched.ts";

describe("text", () => {
  it("has what cannot be printed escaped", () => {
    assert.equal(text("a\u001b]0;b\u0007\n::error::\u202e"), "a\\u001B]0;b\\u0007\\n::error::\\u202E");
  });

  it("is cut where it is too long", () => {
    assert.equal(text("m".repeat(1e6))?.length, 1_001);
  });

  it("keeps no token", () => {
    const token = `eyJ0eXAiOiJKV1Qi.${"x".repeat(30)}.${"y".repeat(30)}`;
    const message = `Bad ${token}, bad Bearer ${"z".repeat(30)}; the bearer token is bad`;

    assert.equal(text(message), "Bad ***, bad Bearer ***; the bearer token is bad");
  });

  it("is none where the value is none, or empty", () => {
    assert.deepEqual([text(""), text(7), text(undefined)], [undefined, undefined, undefined]);
  });
});

describe("sentences", () => {
  it("stand on one line", () => {
    assert.equal(sentences("  First.\r\n  Then.\n"), "First. Then.");
  });

  it("are cut before any pattern sees them", () => {
    let told: string | undefined;

    const longest = longestMatched(() => {
      told = sentences(`a${" ".repeat(200_000)}b`);
    });

    assert.ok(longest > 0 && longest <= 1_001, `a pattern saw ${longest} characters`);
    assert.equal(told, `a${" ".repeat(999)}…`);
  });
});
