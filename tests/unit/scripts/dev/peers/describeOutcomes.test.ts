import assert from "node:assert/strict";
import { describeOutcomes } from "../../../../../scripts/dev/peers/describeOutcomes.ts";

describe("describeOutcomes", () => {
  it("says of every cell what passed, what failed and how long it took", () => {
    const table = describeOutcomes([
      {
        cell: { sdk: "3.216.0", cli: "3.259.0", node: "22.18.0", parts: ["tests", "program"] },
        failed: ["tests"],
        durationInMs: 252_000,
      },
      {
        cell: { sdk: "3.216.0", cli: "3.274.0", node: "24.21.0", parts: ["lookUps"] },
        failed: [],
        durationInMs: 9_000,
      },
    ]);

    assert.deepEqual(table.split("\n"), [
      "SDK      CLI      Node     time",
      "3.216.0  3.259.0  22.18.0  4:12  tests failed, program passed",
      "3.216.0  3.274.0  24.21.0  0:09  lookUps passed",
    ]);
  });
});
