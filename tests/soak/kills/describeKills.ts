import assert from "node:assert/strict";
import type { Verdict } from "./judge.ts";
import { runKill } from "./runKill.ts";
import { type Situation, titleOf } from "./situation.ts";

/** A kill, and what it has to come to. */
export interface KillCase {
  readonly situation: Situation;
  readonly outcome: Exclude<Verdict["outcome"], "broken">;
}

/** A test for each kill. */
export function describeKills(name: string, cases: readonly KillCase[]): void {
  describe(`${name}, killed`, () => {
    for (const { situation, outcome } of cases) {
      it(`is ${outcome}: ${titleOf(situation)}`, async () => {
        const report = await runKill(situation);

        assert.ok(report, "The run came to its end before it could be killed.");
        const { output, ...verdict } = report;
        assert.deepEqual(verdict, { outcome, problems: [] }, `${JSON.stringify(verdict)}\n${output}`);
      });
    }
  });
}
