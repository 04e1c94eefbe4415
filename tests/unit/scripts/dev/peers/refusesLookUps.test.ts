import assert from "node:assert/strict";
import { refusesLookUps } from "../../../../../scripts/dev/peers/refusesLookUps.ts";

describe("refusesLookUps", () => {
  const table: readonly (readonly [sdk: string, cli: string, expected: boolean])[] = [
    ["3.216.0", "3.259.0", false],
    ["3.259.0", "3.267.0", false],
    ["3.259.0", "3.268.0", true],
    ["3.267.0", "v3.274.0", true],
    ["3.259.0", "3.274.1", false],
    ["3.216.0", "3.276.0", false],
    ["3.268.0", "3.274.0", false],
    ["3.276.0", "3.274.0", false],
  ];

  for (const [sdk, cli, expected] of table) {
    it(`is ${expected} for SDK ${sdk} and CLI ${cli}`, () => {
      assert.equal(refusesLookUps({ sdk, cli }), expected);
    });
  }
});
