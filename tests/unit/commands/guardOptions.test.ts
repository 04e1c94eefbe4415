import assert from "node:assert/strict";
import { Command } from "commander";
import { addGuardOptions } from "../../../sdk/nodejs/src/commands/shared/guardOptions.ts";

function parse(text: string) {
  const command = addGuardOptions(new Command())
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  return command.parse(["--max-removals", text], { from: "user" }).opts();
}

describe("addGuardOptions", () => {
  it("reads a number, a share, or both", () => {
    const limits = ["5", "10%", "5,10%", "0"].map((text) => parse(text).maxRemovals);

    assert.deepEqual(limits, [{ count: 5 }, { share: 0.1 }, { count: 5, share: 0.1 }, { count: 0 }]);
  });

  for (const text of ["0,0", "150%", "5,200%", "abc", "-1", "1.5", "5,10%,1", ""]) {
    it(`refuses "${text}", which would otherwise stand for another limit`, () => {
      assert.throws(() => parse(text), { code: "commander.invalidArgument" });
    });
  }
});
