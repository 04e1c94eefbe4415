import assert from "node:assert/strict";
import { toLimit } from "../../../../../sdk/nodejs/src/cli/commands/guardOptions.ts";

describe("toLimit", () => {
  it("reads a number, a share, or both", () => {
    const limits = ["5", "10%", "5,10%", "0"].map(toLimit);

    assert.deepEqual(limits, [{ count: 5 }, { share: 0.1 }, { count: 5, share: 0.1 }, { count: 0 }]);
  });

  for (const text of ["0,0", "150%", "5,200%", "abc", "-1", "1.5", "5,10%,1", ""]) {
    it(`refuses "${text}", which would otherwise stand for another limit`, () => {
      assert.throws(() => toLimit(text), { code: "commander.invalidArgument" });
    });
  }
});
