import assert from "node:assert/strict";
import type { Verdict } from "../../../soak/kills/judge.ts";
import { type KillResult, killTables, withTables } from "../../../soak/kills/killTable.ts";
import type { Situation } from "../../../soak/kills/situation.ts";

const situation: Situation = {
  action: "up",
  victim: "host",
  change: "adds",
  moment: { by: "writes", method: "PUT", count: 1, when: "before" },
  hasCheckpoints: false,
  next: "kept",
};

describe("killTables", () => {
  it("counts the outcomes of what was killed, and of when", () => {
    const results = [
      result("healed", {}),
      result("broken", {}),
      result("clean", { action: "adopt", victim: "all", moment: { by: "time", part: 0.5 }, next: "changed" }),
    ];

    assert.equal(
      killTables(results),
      `| killed | kills | clean | healed | known | refused | broken |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| adopt: all | 1 | 1 | 0 | 0 | 0 | 0 |
| up: host | 2 | 0 | 1 | 0 | 0 | 1 |
| all | 3 | 1 | 1 | 0 | 0 | 1 |

| moment, next list | kills | clean | healed | known | refused | broken |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| any time, changed | 1 | 1 | 0 | 0 | 0 | 0 |
| before a write, kept | 2 | 0 | 1 | 0 | 0 | 1 |
| all | 3 | 1 | 1 | 0 | 0 | 1 |`,
    );
  });
});

describe("withTables", () => {
  it("replaces what stands between the marks, and nothing else", () => {
    const page = "# Kills\n\n<!-- kills: begin -->\nold\n<!-- kills: end -->\n\nMore.\n";

    assert.equal(
      withTables(page, "| new |"),
      "# Kills\n\n<!-- kills: begin -->\n\n| new |\n\n<!-- kills: end -->\n\nMore.\n",
    );
  });

  it("refuses a page without marks", () => {
    assert.throws(() => withTables("# Kills\n", "| new |"), /kills: begin/);
  });
});

function result(outcome: Verdict["outcome"], changes: Partial<Situation>): KillResult {
  return { seed: 0, outcome, problems: [], situation: { ...situation, ...changes } };
}
