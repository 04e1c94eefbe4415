import assert from "node:assert/strict";
import { createColours } from "../../../../../sdk/nodejs/src/cli/console/terminal.ts";
import { planText } from "../../../../../sdk/nodejs/src/cli/plan/planText.ts";
import { planOf, upTo } from "./plans.ts";

const plain = createColours(false);

describe("planText", () => {
  for (const width of [80, 120, 200]) {
    it(`fits ${width} columns`, () => {
      const text = planText(planOf({ declared: [1, 2], live: [1, 3, 4], managed: [1, 3] }), { width, colours: plain });

      const widest = Math.max(...text.split("\n").map((line) => [...line].length));
      assert.ok(widest <= width, text);
      assert.match(text, /- offboard/);
    });
  }

  it("lists removals where it sums up what is harmless", () => {
    const plan = planOf({ declared: upTo(300), live: upTo(400).slice(300), managed: upTo(400).slice(300) });

    const text = planText(plan, { width: 200, colours: plain });

    assert.equal(text.match(/- offboard/g)?.length, 100);
    assert.equal(text.match(/\+ onboard/g)?.length, 20);
    assert.match(text, /… and 280 more to onboard/);
    assert.match(text, /100 to offboard, 300 to onboard; 0 unchanged, 0 extra\.$/);
  });

  it("says first why the guard would stop a run", () => {
    const plan = planOf({ declared: [1], live: [1], managed: [1] });

    const text = planText(
      plan,
      { width: 80, colours: plain },
      { stops: [`[CSP_GUARD_REMOVALS] ${"so many ".repeat(20)}`] },
    );

    assert.match(text, /^The guard would stop this run\n {2}\[CSP_GUARD_REMOVALS\] so many /);
    assert.ok(text.split("\n").every((line) => line.length <= 80));
  });

  it("has colours only where they are asked for", () => {
    const plan = planOf({ declared: [1], live: [], managed: [] });
    const colour = "\u001b";

    assert.ok(planText(plan, { width: 80, colours: createColours(true) }).includes(colour));
    assert.ok(!planText(plan, { width: 80, colours: plain }).includes(colour));
  });
});
