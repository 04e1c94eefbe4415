import assert from "node:assert/strict";
import { suspendStacks } from "../../../../sdk/nodejs/src/resources/suspendStacks.ts";

describe("suspendStacks", () => {
  it("keeps errors without a stack, also from code that raises the limit itself", () => {
    const restore = suspendStacks();
    try {
      Error.stackTraceLimit = Number.POSITIVE_INFINITY;

      assert.doesNotMatch(new Error("quiet").stack ?? "", /\n\s+at /);
    } finally {
      restore();
    }
  });

  it("gives errors their stacks back, at the limit that was set before", () => {
    const before = Error.stackTraceLimit;

    suspendStacks()();

    assert.equal(Error.stackTraceLimit, before);
    assert.match(new Error("loud").stack ?? "", /\n\s+at /);
  });

  it("can be nested", () => {
    const before = Error.stackTraceLimit;
    const outer = suspendStacks();
    suspendStacks()();

    assert.doesNotMatch(new Error("quiet").stack ?? "", /\n\s+at /);
    outer();
    assert.equal(Error.stackTraceLimit, before);
  });
});
